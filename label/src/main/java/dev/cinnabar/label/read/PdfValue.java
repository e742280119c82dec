package dev.cinnabar.label.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a PDF file. */
sealed interface PdfValue {
    /** A dictionary, keys without their slash. */
    record Dict(Map<String, PdfValue> members) implements PdfValue {
        Optional<PdfValue> get(String key) {
            return Optional.ofNullable(members.get(key));
        }
    }

    /** An array. */
    record Arr(List<PdfValue> items) implements PdfValue {}

    /** A name without its slash. */
    record Name(String name) implements PdfValue {}

    /** A string; each character one byte of it. */
    record Str(String latin) implements PdfValue {}

    /** A whole number; fractions are cut off, for none matters here. */
    record Num(long value) implements PdfValue {}

    /** A reference to an object. */
    record Ref(long number) implements PdfValue {}

    /** Any other word, such as true, null, endobj. */
    record Word(String word) implements PdfValue {}
}
