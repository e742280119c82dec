package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The tags that stand behind a sound: ID3v1 (too small for a label), APE, and an ID3v2 tag with a footer. */
final class TailTags {
    private static final int APE_HEAD = 32;

    private final Report report;
    private final String format;
    private final Id3Reader id3;

    /** {@code format} begins the names of the places, e.g. {@code mp3}. */
    TailTags(Report report, String format, Id3Reader id3) {
        this.report = report;
        this.format = format;
        this.id3 = id3;
    }

    /** Walks back from the end of the file to where the tags before the sound end. */
    void read(Window file, long from) throws IOException, Damage {
        long end = file.size();
        for (int i = 0; i < 4; i++) {
            if (end - 128 >= from && file.has(end - 128, "TAG")) {
                end -= 128;
            } else if (end - APE_HEAD >= from && file.has(end - APE_HEAD, "APETAGEX")) {
                end = ape(file, from, end);
            } else if (end - Id3Reader.HEAD >= from && file.has(end - Id3Reader.HEAD, "3DI")) {
                long start = end - 2 * Id3Reader.HEAD - Id3Reader.syncSafe(file, end - 4);
                if (start < from || !file.has(start, "ID3")) {
                    return;
                }
                id3.one(file, start, end);
                end = start;
            } else {
                return;
            }
        }
    }

    private long ape(Window file, long from, long end) throws IOException, Damage {
        long foot = end - APE_HEAD;
        long start = end - file.u32le(foot + 12);
        long count = file.u32le(foot + 16);
        boolean headed = (file.u32le(foot + 20) & 0x80000000L) != 0;
        if (start < from || start > foot || count > report.limits().boxes()) {
            report.broken(Finding.of(
                    Fault.DAMAGED,
                    Long.toString(foot),
                    "the APE tag claims " + (end - start) + " bytes, " + count + " items"));
            return foot;
        }
        long at = start;
        for (long i = 0; i < count && at + 9 <= foot; i++) {
            at = item(file, at, foot);
        }
        return headed ? Math.max(from, start - APE_HEAD) : start;
    }

    private long item(Window file, long at, long end) throws IOException, Damage {
        long length = file.u32le(at);
        StringBuilder key = new StringBuilder();
        long i = at + 8;
        while (i < end && file.u8(i) != 0 && key.length() < 255) {
            key.append((char) file.u8(i++));
        }
        long value = i + 1;
        if (length > end - value) {
            throw Damage.at(at, "an item of the APE tag claims " + length + " bytes");
        }
        String name = key.toString();
        if (length <= report.limits().textBytes()) {
            Place place = Place.other(format + ":APE/" + LabelText.shortened(name), Place.AUDIO_GUIDE);
            if (name.equalsIgnoreCase("AIGC")) {
                new LabelText(report).named(place, text(file, value, length));
            } else if (length > 2 && file.u8(value) == '{') {
                new LabelText(report).unnamed(place, text(file, value, length));
            }
        }
        return value + length;
    }

    private static String text(Window file, long at, long length) throws IOException, Damage {
        return new String(file.copy(at, (int) length), StandardCharsets.UTF_8);
    }
}
