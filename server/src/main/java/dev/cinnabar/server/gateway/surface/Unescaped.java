package dev.cinnabar.server.gateway.surface;

/**
 * Undoes JSON's escapes in a text that comes in pieces, cut anywhere, and knows for each character of the result how much of the original it stands for. The arguments
 * of a tool call are JSON inside a string: reviewed as they were written, {@code \}{@code u82f9} would hide a word.
 */
public final class Unescaped {
    private final StringBuilder escape = new StringBuilder(6);
    // Ends, in the original, of the characters that were given out and not yet taken; a ring that grows to what the
    // reviewer holds back.
    private long[] ends = new long[64];
    private int first;
    private int count;
    private long read;
    private long taken;

    /** The whole text without escapes. */
    public static String whole(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        Unescaped all = new Unescaped();
        return all.feed(text) + all.finish();
    }

    /** Takes the next piece of the original and gives what it means; a cut escape waits for its rest. */
    public String feed(String piece) {
        StringBuilder out = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            read++;
            take(piece.charAt(i), out);
        }
        return out.toString();
    }

    /** What a cut escape at the very end stands for: itself. */
    public String finish() {
        StringBuilder out = new StringBuilder();
        plain(out);
        return out.toString();
    }

    /** How many characters of the original belong to the next {@code characters} of the result, counted from the last call. */
    public int originals(int characters) {
        if (characters == 0) {
            return 0;
        }
        long end = ends[(first + characters - 1) % ends.length];
        first = (first + characters) % ends.length;
        count -= characters;
        int length = (int) (end - taken);
        taken = end;
        return length;
    }

    private void take(char c, StringBuilder out) {
        if (escape.isEmpty()) {
            if (c == '\\') {
                escape.append(c);
            } else {
                give(c, out);
            }
            return;
        }
        if (escape.length() > 1 && Character.digit(c, 16) < 0) {
            // Broken off: what was held stands for itself, and this character may begin anew.
            read--;
            plain(out);
            read++;
            take(c, out);
            return;
        }
        escape.append(c);
        if (escape.length() == 2 && c != 'u') {
            shortForm(c, out);
        } else if (escape.length() == 6) {
            char meant = (char) Integer.parseInt(escape, 2, 6, 16);
            escape.setLength(0);
            give(meant, out);
        }
    }

    private void shortForm(char c, StringBuilder out) {
        char meant = "\"\\/bfnrt".indexOf(c) < 0 ? 0 : "\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(c));
        if (meant == 0) {
            plain(out);
        } else {
            escape.setLength(0);
            give(meant, out);
        }
    }

    /** Not an escape after all: every character stands for itself. */
    private void plain(StringBuilder out) {
        long after = read;
        read -= escape.length();
        for (int i = 0; i < escape.length(); i++) {
            read++;
            give(escape.charAt(i), out);
        }
        read = after;
        escape.setLength(0);
    }

    private void give(char c, StringBuilder out) {
        out.append(c);
        if (count == ends.length) {
            long[] larger = new long[ends.length * 2];
            for (int i = 0; i < count; i++) {
                larger[i] = ends[(first + i) % ends.length];
            }
            ends = larger;
            first = 0;
        }
        ends[(first + count++) % ends.length] = read;
    }
}
