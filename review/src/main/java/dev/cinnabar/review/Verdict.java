package dev.cinnabar.review;

import java.util.List;

/** What the review says of a text. */
public sealed interface Verdict {
    /** The hits in the order of {@link Hit#compareTo}, at most {@link Library#MOST_HITS} for each action. */
    List<Hit> hits();

    /** The word used in answers: {@code pass}, {@code hold} or {@code block}. */
    String word();

    /** The text may go on; the notes ride along. */
    record Pass(List<Hit> notes) implements Verdict {
        public Pass {
            notes = List.copyOf(notes);
        }

        @Override
        public List<Hit> hits() {
            return notes;
        }

        @Override
        public String word() {
            return "pass";
        }
    }

    /** The text may not go on, now or ever. */
    sealed interface Stop extends Verdict {}

    /** The text waits for a person. */
    record Hold(List<Hit> hits) implements Stop {
        public Hold {
            hits = List.copyOf(hits);
        }

        @Override
        public String word() {
            return "hold";
        }
    }

    /** The text is refused. */
    record Block(List<Hit> hits) implements Stop {
        public Block {
            hits = List.copyOf(hits);
        }

        @Override
        public String word() {
            return "block";
        }
    }
}
