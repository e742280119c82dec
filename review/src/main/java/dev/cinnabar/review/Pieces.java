package dev.cinnabar.review;

/** Hands a text out in pieces that fit a small buffer and never cut a surrogate pair. */
final class Pieces {
    private static final int SIZE = 8_192;

    private final CharSequence text;
    private final int end;
    private final char[] buffer;
    private int offset;
    private int length;

    Pieces(CharSequence text) {
        this(text, 0, text.length());
    }

    /**
     * @param from the first unit to hand out
     * @param end one past the last
     */
    Pieces(CharSequence text, int from, int end) {
        this.text = text;
        this.end = end;
        offset = from;
        buffer = new char[Math.min(SIZE, end - from)];
    }

    /** Goes to the next piece; false when there is none. */
    boolean next() {
        offset += length;
        length = Math.min(SIZE, end - offset);
        if (length <= 0) {
            return false;
        }
        if (offset + length < end && Character.isHighSurrogate(text.charAt(offset + length - 1))) {
            length--;
        }
        copy();
        return true;
    }

    char[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Where the piece begins in the text. */
    int offset() {
        return offset;
    }

    private void copy() {
        switch (text) {
            case String string -> string.getChars(offset, offset + length, buffer, 0);
            case StringBuilder builder -> builder.getChars(offset, offset + length, buffer, 0);
            case CharSequence other -> {
                for (int i = 0; i < length; i++) {
                    buffer[i] = other.charAt(offset + i);
                }
            }
        }
    }
}
