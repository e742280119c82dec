package dev.cinnabar.label.read;

import java.io.IOException;

/**
 * One page of an Ogg file.
 *
 * @param at where it begins
 * @param flags 1 goes on with a packet, 2 begins a stream, 4 ends it
 * @param serial the stream it belongs to
 * @param laces how many pieces its body has; their lengths stand in its head
 * @param bodyLength the sum of them
 */
record OggPage(long at, int flags, long serial, int laces, int bodyLength) {
    static final int HEAD = 27;

    static OggPage at(Window file, long at) throws IOException, Damage {
        if (!file.has(at, "OggS") || file.u8(at + 4) != 0) {
            throw Damage.at(at, "no page begins where one should");
        }
        int laces = file.u8(at + 26);
        int length = 0;
        for (int i = 0; i < laces; i++) {
            length += file.u8(at + HEAD + i);
        }
        if (at + HEAD + laces + length > file.size()) {
            throw Damage.at(at, "a page claims " + length + " bytes, more than the file has");
        }
        return new OggPage(at, file.u8(at + 5), file.u32le(at + 14), laces, length);
    }

    boolean isFirst() {
        return (flags & 2) != 0;
    }

    long bodyAt() {
        return at + HEAD + laces;
    }

    long end() {
        return bodyAt() + bodyLength;
    }
}
