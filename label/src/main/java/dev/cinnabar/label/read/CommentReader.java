package dev.cinnabar.label.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds labels in a Vorbis comment header, as FLAC, Vorbis, Opus, Speex and Theora have it: {@code AIGC=} (the audio guide's place), the name in any case, and what vendors use instead. */
final class CommentReader {
    private static final int LONGEST_NAME = 80;

    private final Report report;
    private final String where;

    /** {@code where} begins the names of the places, e.g. {@code flac:VORBIS_COMMENT}. */
    CommentReader(Report report, String where) {
        this.report = report;
        this.where = where;
    }

    /** Reads the comments that begin with the name of the vendor at {@code from}. */
    void read(Window file, long from, long end) throws IOException, Damage {
        long at = from + 4 + length(file, from, end);
        long count = at + 4 > end ? 0 : file.u32le(at);
        at += 4;
        for (long i = 0; i < count; i++) {
            if (i >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " comments");
            }
            long length = length(file, at, end);
            comment(file, at + 4, length);
            at += 4 + length;
        }
    }

    private static long length(Window file, long at, long end) throws IOException, Damage {
        if (at + 4 > end) {
            throw Damage.at(at, "the comment header ends within its comments");
        }
        long length = file.u32le(at);
        if (length > end - at - 4) {
            throw Damage.at(at, "a comment claims " + length + " bytes; the header has " + (end - at - 4));
        }
        return length;
    }

    private void comment(Window file, long at, long length) throws IOException, Damage {
        String start = new String(file.copy(at, (int) Math.min(length, LONGEST_NAME)), StandardCharsets.ISO_8859_1);
        int sign = start.indexOf('=');
        if (sign < 0) {
            return;
        }
        String name = start.substring(0, sign);
        boolean named = name.toUpperCase(Locale.ROOT).contains("AIGC");
        boolean encoded = name.equalsIgnoreCase("XmpKvBase64");
        boolean object = start.substring(sign + 1).stripLeading().startsWith("{");
        if (!named && !encoded && !object) {
            return;
        }
        if (length > report.limits().textBytes()) {
            throw Damage.limit("a comment at " + at + " has " + length + " bytes");
        }
        String value = new String(file.copy(at + sign + 1, (int) length - sign - 1), StandardCharsets.UTF_8);
        LabelText label = new LabelText(report);
        Place other = Place.other(where + "/" + LabelText.shortened(name), Place.AUDIO_GUIDE);
        if (name.equalsIgnoreCase("AIGC")) {
            label.named(Place.main(where + "/AIGC", Place.AUDIO_GUIDE), value);
        } else if (named) {
            label.named(other, value);
        } else if (encoded) {
            label.encoded(other, value);
        } else {
            label.unnamed(other, value);
        }
    }
}
