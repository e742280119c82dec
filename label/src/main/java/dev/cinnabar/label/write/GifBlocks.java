package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The structure of a GIF file, as far as writers need it.
 *
 * @param extensions the extensions that could hold a label or a seal, in order
 * @param pictureAt where the first block begins that draws: everything about the whole file stands before it
 */
record GifBlocks(List<Extension> extensions, long pictureAt) {
    /** What an extension is for. */
    enum Kind {
        XMP,
        SEAL,
        AIGC,
        COMMENT
    }

    /**
     * One extension.
     *
     * @param at where it begins
     * @param dataAt where its pieces begin
     * @param end where it ends
     * @param raw whether it is XMP that stands as it is before its magic trailer
     */
    record Extension(Kind kind, long at, long dataAt, long end, boolean raw) {}

    /** A one, then all numbers from 255 down to 0, then a zero. */
    static final int TRAILER = 258;

    private static final int EXTENSION = 0x21;
    private static final int PICTURE = 0x2C;
    private static final int CONTROL = 0xF9;
    private static final int TEXT = 0x01;

    /** Walks the blocks; refuses a file whose structure does not hold. */
    static GifBlocks of(Input file, Job job) throws IOException, Refusal {
        List<Extension> extensions = new ArrayList<>();
        long pictureAt = -1;
        int blocks = 0;
        long at = 13 + table(file.byteAt(10));
        if (at > file.size()) {
            throw Refusal.broken(file.size(), "the file ends within its table of colours");
        }
        while (at < file.size() && file.byteAt(at) != 0x3B) {
            if (++blocks > job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " blocks");
            }
            int first = file.byteAt(at);
            int label = first == EXTENSION ? file.byteAt(at + 1) : 0;
            if (pictureAt < 0 && (first == PICTURE || label == CONTROL || label == TEXT)) {
                pictureAt = at;
            }
            if (first == EXTENSION) {
                at = extension(file, at, label, extensions, job);
            } else if (first == PICTURE) {
                at = end(file, at + 11 + table(file.byteAt(at + 9)));
            } else if (first == 0) {
                at++;
            } else {
                throw Refusal.broken(at, "no block begins where one should");
            }
        }
        return new GifBlocks(extensions, pictureAt < 0 ? at : pictureAt);
    }

    private static long table(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    private static long end(Input file, long from) throws IOException, Refusal {
        long at = from;
        for (int length = file.byteAt(at); length > 0; length = file.byteAt(at)) {
            at += 1 + length;
        }
        return at + 1;
    }

    private static long extension(Input file, long at, int label, List<Extension> extensions, Job job)
            throws IOException, Refusal {
        if (label == 0xFF && file.byteAt(at + 2) == 11) {
            String name = file.latin(at + 3, 8);
            if (name.equals("XMP Data")) {
                Extension xmp = xmp(file, at, job);
                extensions.add(xmp);
                return xmp.end();
            }
            long end = end(file, at + 14);
            if (name.equals("C2PA_GIF")) {
                extensions.add(new Extension(Kind.SEAL, at, at + 14, end, false));
            } else if (name.startsWith("AIGC") || name.startsWith("aigc")) {
                extensions.add(new Extension(Kind.AIGC, at, at + 14, end, false));
            }
            return end;
        }
        long end = end(file, at + 2);
        if (label == 0xFE) {
            extensions.add(new Extension(Kind.COMMENT, at, at + 2, end, false));
        }
        return end;
    }

    private static Extension xmp(Input file, long at, Job job) throws IOException, Refusal {
        long from = at + 14;
        long end = end(file, from);
        boolean raw = isTrailer(file, end - TRAILER, from);
        if (!raw && file.byteAt(from) == '<') {
            // a zero within the packet, as in UTF-16, ends the walk too early
            long last = Math.min(file.size() - TRAILER, from + job.limits().textBytes());
            for (long trailer = from; trailer <= last && !raw; trailer++) {
                raw = file.byteAt(trailer) == 1 && isTrailer(file, trailer, from);
                end = raw ? trailer + TRAILER : end;
            }
        }
        return new Extension(Kind.XMP, at, from, end, raw);
    }

    private static boolean isTrailer(Input file, long at, long from) throws IOException, Refusal {
        return at >= from && file.big(at, 3) == 0x01FFFE && file.big(at + TRAILER - 3, 3) == 0x010000;
    }
}
