package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.law.Lang;

/** The explicit label of text (GB 45438-2025 5.1): both elements of 5.1 c), at the start. */
public final class TextLabel {
    /** Changes with the wording; stands in every entry. */
    public static final String VERSION = "text-1";

    private static final String ZH = "【AI生成】";
    private static final String TAIL = " AI-generated. ";

    /** How much white space before a label of the model's own is looked over. */
    private static final int BLANKS = 32;

    /** The words, in the language of the application; the English form begins with the Chinese one. */
    public String words(Lang lang) {
        return switch (lang) {
            case ZH -> ZH;
            case EN -> ZH + TAIL;
        };
    }

    /** The text without the labels at its start, in either language, however often one stands there. */
    public String strip(String text) {
        int at = 0;
        for (int end = bareEnd(text, at); end > 0; end = bareEnd(text, at)) {
            at = text.startsWith(TAIL, end) ? end + TAIL.length() : end;
        }
        return text.substring(at);
    }

    /** Begins to label one text that comes in pieces. */
    public Lead lead(Lang lang) {
        return new Lead(words(lang));
    }

    /** Where a bare label ends that stands here after some blanks, or -1. */
    private static int bareEnd(String text, int from) {
        int at = from + blanks(text, from);
        return text.startsWith(ZH, at) ? at + ZH.length() : -1;
    }

    private static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < BLANKS && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at - from;
    }

    /**
     * Puts the label before one text that comes in pieces. A label that the model wrote itself, whole or cut anywhere, is taken for ours and not doubled; while that
     * is undecided the few characters are kept back.
     */
    public static final class Lead {
        private final String words;
        private String rest = "";
        private boolean seen;
        private boolean decided;

        private Lead(String words) {
            this.words = words;
        }

        /** Takes the next piece and gives what may be sent. */
        public String feed(String piece) {
            if (decided || piece.isEmpty()) {
                return piece;
            }
            seen = true;
            rest += piece;
            while (true) {
                int end = bareEnd(rest, 0);
                if (end < 0) {
                    return mayBecome() ? "" : decide();
                }
                String after = rest.substring(end);
                if (after.startsWith(TAIL)) {
                    rest = after.substring(TAIL.length());
                } else if (TAIL.startsWith(after)) {
                    return "";
                } else {
                    rest = after;
                }
            }
        }

        /** Says that the text is complete, and gives what was kept back. */
        public String finish() {
            if (decided || !seen) {
                return "";
            }
            int end = bareEnd(rest, 0);
            rest = end < 0 ? rest : rest.substring(end);
            return decide();
        }

        /** Whether the label was given out. */
        public boolean labelled() {
            return decided;
        }

        private boolean mayBecome() {
            int blanks = blanks(rest, 0);
            return blanks < BLANKS && ZH.startsWith(rest.substring(blanks));
        }

        private String decide() {
            decided = true;
            String all = words + rest;
            rest = "";
            return all;
        }
    }
}
