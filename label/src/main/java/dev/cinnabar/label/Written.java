package dev.cinnabar.label;

import java.util.List;

/** What came of a writing. */
public sealed interface Written {
    /**
     * The labelled file is at the target, and was read back by an independent reader before it got there (but for a stream, which cannot be taken back).
     *
     * @param format what the file is
     * @param place where the implicit label sits; empty where the format has no place for one
     * @param explicit the explicit labels made
     * @param bytes the size of the result
     * @param notes what the caller should know, e.g. that a palette became RGB
     */
    record Done(Format format, String place, List<ExplicitMark> explicit, long bytes, List<Finding> notes)
            implements Written {
        public Done {
            explicit = List.copyOf(explicit);
            notes = List.copyOf(notes);
        }
    }

    /**
     * The file cannot be labelled as asked; nothing was written.
     *
     * @param format what the file is
     * @param why the clause, the reason and the remedy
     */
    record Impossible(Format format, Finding why) implements Written {
        /** The clause that stands in the way, e.g. {@code GB 45438-2025 5.2 e)}. */
        public String clause() {
            return why.clause();
        }

        /** The reason in plain words. */
        public String reason(Lang lang) {
            return why.message(lang);
        }

        /** What the caller can do. */
        public String remedy(Lang lang) {
            return why.remedy(lang);
        }
    }
}
