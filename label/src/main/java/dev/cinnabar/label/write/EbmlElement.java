package dev.cinnabar.label.write;

import java.io.IOException;

/**
 * One element of an EBML file (RFC 8794).
 *
 * @param id its number, with its marker
 * @param at where it begins
 * @param sizeAt where its size begins
 * @param body where its content begins
 * @param end where it ends
 * @param open whether it says no size
 */
record EbmlElement(long id, long at, long sizeAt, long body, long end, boolean open) {
    /** The element at a place; refuses one that does not fit into what it stands in. */
    static EbmlElement at(Input file, long at, long end) throws IOException, Refusal {
        long sizeAt = at + width(file, at, 4);
        int sizeWidth = width(file, sizeAt, 8);
        long id = file.big(at, (int) (sizeAt - at));
        long mark = 1L << (7 * sizeWidth);
        long size = file.big(sizeAt, sizeWidth) & (mark - 1);
        long body = sizeAt + sizeWidth;
        boolean open = size == mark - 1;
        if (body > end || (!open && size > end - body)) {
            throw Refusal.broken(at, "an element claims " + size + " bytes; there are " + Math.max(0, end - body));
        }
        return new EbmlElement(id, at, sizeAt, body, open ? end : body + size, open);
    }

    private static int width(Input file, long at, int most) throws IOException, Refusal {
        int width = Integer.numberOfLeadingZeros(file.byteAt(at)) - 23;
        if (width > most) {
            throw Refusal.broken(at, "no element begins here");
        }
        return width;
    }

    /** How many bytes its size takes. */
    int sizeWidth() {
        return (int) (body - sizeAt);
    }

    long length() {
        return end - body;
    }

    /** This element with another end: of an open one, found by walking. */
    EbmlElement endingAt(long other) {
        return new EbmlElement(id, at, sizeAt, body, other, open);
    }
}
