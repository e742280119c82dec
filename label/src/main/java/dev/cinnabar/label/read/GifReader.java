package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import dev.cinnabar.label.SignatureSeen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** GIF: XMP in its application extension (the guide's place), written raw before its magic trailer or, as some programs do, in pieces; a comment that carries a label; a C2PA extension. */
final class GifReader implements FormatReader {
    /** A one, then all numbers from 255 down to 0, then a zero: whoever walks the packet as if it were pieces comes out at its end. */
    private static final int TRAILER = 258;

    private static final int HEAD = 13;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        long at = HEAD + table(file.u8(10));
        if (at > file.size()) {
            throw Damage.at(file.size(), "the file ends within its table of colours");
        }
        for (int blocks = 0; at < file.size(); blocks++) {
            if (blocks >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " blocks");
            }
            switch (file.u8(at)) {
                case 0x21 -> at = extension(file, at, report);
                case 0x2C -> at = end(file, at + 11 + table(file.u8(at + 9)));
                case 0x00 -> at++; // a stray terminator, which decoders skip
                case 0x3B -> {
                    return;
                }
                default -> throw Damage.at(at, "no block begins here");
            }
        }
    }

    /** The length of a table of colours, as the flags before it say. */
    private static long table(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    /** Behind the pieces that begin at a byte, and the zero that ends them. */
    private static long end(Window file, long from) throws IOException, Damage {
        long at = from;
        for (int length = file.u8(at); length > 0; length = file.u8(at)) {
            at += 1 + length;
        }
        return at + 1;
    }

    private static long extension(Window file, long at, Report report) throws IOException, Damage {
        int label = file.u8(at + 1);
        if (label == 0xFE) {
            long end = end(file, at + 2);
            comment(gathered(file, at + 2, end, report), report);
            return end;
        }
        boolean application = label == 0xFF && file.u8(at + 2) == 11;
        if (application && file.has(at + 3, "XMP Data")) {
            return xmp(file, at + 14, report);
        }
        long end = end(file, at + 2);
        if (application && file.has(at + 3, "C2PA_GIF")) {
            report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, "gif:C2PA_GIF"));
        } else if (application && (file.has(at + 3, "AIGC") || file.has(at + 3, "aigc"))) {
            String text = new String(gathered(file, at + 14, end, report), StandardCharsets.UTF_8);
            new LabelText(report).named(Place.other("gif:application/AIGC", Place.IMAGE_GUIDE), text);
        }
        return end;
    }

    /** Some vendors write the bare name and then the object. */
    private static void comment(byte[] content, Report report) {
        String text = new String(content, StandardCharsets.UTF_8).strip();
        int brace = text.indexOf('{');
        boolean named = brace > 0 && brace < 8 && text.toUpperCase(Locale.ROOT).startsWith("AIGC");
        new LabelText(report)
                .unnamed(Place.other("gif:comment", Place.IMAGE_GUIDE), named ? text.substring(brace) : text);
    }

    private static long xmp(Window file, long from, Report report) throws IOException, Damage {
        long end = end(file, from);
        boolean raw = isTrailer(file, end - TRAILER, from);
        if (!raw && file.u8(from) == '<') {
            // a zero within the packet, as in UTF-16, ends the walk too early
            long trailer = trailer(file, from, report);
            raw = trailer >= 0;
            end = raw ? trailer + TRAILER : end;
        }
        byte[] packet;
        if (raw) {
            packet = bounded(file, from, end - TRAILER - from, report);
        } else {
            packet = gathered(file, from, end, report);
        }
        new XmpReader(report).read(Place.main("gif:application/xmp", Place.IMAGE_GUIDE), packet);
        return end;
    }

    private static boolean isTrailer(Window file, long at, long from) throws IOException, Damage {
        return at >= from
                && at + TRAILER <= file.size()
                && file.u8(at) == 1
                && file.u8(at + 1) == 0xFF
                && file.u8(at + 2) == 0xFE
                && file.u8(at + TRAILER - 3) == 1
                && file.u8(at + TRAILER - 2) == 0
                && file.u8(at + TRAILER - 1) == 0;
    }

    private static long trailer(Window file, long from, Report report) throws IOException, Damage {
        long last = Math.min(file.size() - TRAILER, from + report.limits().textBytes());
        for (long at = from; at <= last; at++) {
            if (file.u8(at) == 1 && isTrailer(file, at, from)) {
                return at;
            }
        }
        return -1;
    }

    /** The content of pieces. */
    private static byte[] gathered(Window file, long from, long end, Report report) throws IOException, Damage {
        byte[] all = bounded(file, from, end - from, report);
        ByteArrayOutputStream out = new ByteArrayOutputStream(all.length);
        for (int at = 0; at < all.length; at += 1 + (all[at] & 0xFF)) {
            out.write(all, at + 1, Math.min(all[at] & 0xFF, all.length - at - 1));
        }
        return out.toByteArray();
    }

    private static byte[] bounded(Window file, long at, long length, Report report) throws IOException, Damage {
        if (length > report.limits().textBytes()) {
            throw Damage.limit("an extension at " + at + " has " + length + " bytes");
        }
        return file.copy(at, (int) length);
    }
}
