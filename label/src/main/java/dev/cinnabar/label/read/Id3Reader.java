package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds labels in ID3v2 tags of every version: a TXXX frame under the description AIGC (the audio guide's place in MP3), and what vendors use instead; and a C2PA manifest in
 * a GEOB frame. Sees through extended headers, unsynchronisation, compressed frames, and the plain sizes that some programs write into version 2.4.
 */
final class Id3Reader {
    static final int HEAD = 10;
    private static final int UNSYNCHRONISED = 0x80;
    private static final int EXTENDED = 0x40;
    private static final int FOOTER = 0x10;

    private final Report report;
    private final String where;
    private final Place.Standing standing;

    /** {@code where} begins the names of the places, e.g. {@code mp3:ID3v2}; {@code standing} is what a TXXX frame AIGC is worth in that format. */
    Id3Reader(Report report, String where, Place.Standing standing) {
        this.report = report;
        this.where = where;
        this.standing = standing;
    }

    /** Reads the tags that stand one behind the other from a position; gives where the last one ends. */
    long all(Window file, long from) throws IOException, Damage {
        long at = from;
        for (int tags = 0; file.has(at, "ID3"); tags++) {
            if (tags >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " tags");
            }
            at = one(file, at, file.size());
        }
        return at;
    }

    /** Reads the tag at a position; gives where it ends. */
    long one(Window file, long at, long limit) throws IOException, Damage {
        int version = file.u8(at + 3);
        int flags = file.u8(at + 5);
        long body = at + HEAD;
        long bodyEnd = body + syncSafe(file, at + 6);
        long end = bodyEnd + (version == 4 && (flags & FOOTER) != 0 ? HEAD : 0);
        if (end > limit) {
            throw Damage.at(at, "the ID3v2 tag claims " + (end - at) + " bytes; there are " + (limit - at));
        }
        if (version < 2 || version > 4 || (version == 2 && (flags & EXTENDED) != 0)) {
            report.broken(Finding.of(
                    Fault.DAMAGED,
                    Long.toString(at),
                    "the ID3v2 tag has the version 2." + version + " or flags that nobody defined"));
            return end;
        }
        try {
            body(file, body, bodyEnd, version, flags);
        } catch (Damage e) {
            report.broken(e.finding()); // what stands behind the tag can still be read
        }
        return end;
    }

    private void body(Window file, long from, long end, int version, int flags) throws IOException, Damage {
        if (version == 4 || (flags & UNSYNCHRONISED) == 0) {
            frames(file, from, end, version, flags);
            return;
        }
        byte[] plain = synchronised(copy(file, from, end - from));
        try (Source.Bytes held = Source.of("", plain).open()) {
            frames(new Window(held), 0, plain.length, version, flags);
        }
    }

    private void frames(Window tag, long from, long end, int version, int flags) throws IOException, Damage {
        long at = from;
        if (version > 2 && (flags & EXTENDED) != 0) {
            at += version == 3 ? 4 + tag.u32be(at) : syncSafe(tag, at);
        }
        if (at > end) {
            throw Damage.at(from, "the extended header of the ID3v2 tag is longer than the tag");
        }
        int head = version == 2 ? 6 : 10;
        int count = 0;
        while (at + head <= end && tag.u8(at) != 0) {
            if (++count > report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " frames");
            }
            Id3Frame frame = Id3Frame.at(tag, at, end, version, flags);
            frame(tag, frame);
            at = frame.end();
        }
    }

    private void frame(Window tag, Id3Frame frame) throws IOException, Damage {
        switch (frame.id()) {
            case "TXXX", "TXX" -> userText(content(tag, frame));
            case "COMM", "COM" -> comment(content(tag, frame));
            case "PRIV" -> {
                if (tag.has(frame.dataAt(), "XMP\0")) {
                    byte[] content = content(tag, frame);
                    byte[] packet = java.util.Arrays.copyOfRange(content, Math.min(4, content.length), content.length);
                    new XmpReader(report).read(Place.other(where + "/PRIV/xmp", Place.AUDIO_GUIDE), packet);
                }
            }
            case "GEOB", "GEO" -> {
                long length = Math.min(64, frame.end() - frame.dataAt());
                String start = new String(tag.copy(frame.dataAt(), (int) length), StandardCharsets.ISO_8859_1);
                if (start.contains("/c2pa") || start.contains("x-c2pa")) {
                    ManifestReader.read(report, where + "/GEOB", tag, frame.dataAt(), frame.end() - frame.dataAt());
                }
            }
            default -> {}
        }
    }

    private byte[] content(Window tag, Id3Frame frame) throws IOException, Damage {
        return frame.content(copy(tag, frame.dataAt(), frame.end() - frame.dataAt()), report.limits());
    }

    private void userText(byte[] content) {
        String[] parts = Id3Text.parts(content, 1);
        String description = parts[0];
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty() || (parts.length == 2 && description.equalsIgnoreCase("AIGC"))) {
                userText(description, parts[i]);
            }
        }
    }

    private void userText(String description, String value) {
        LabelText label = new LabelText(report);
        String name = where + "/TXXX";
        if (description.equalsIgnoreCase("AIGC")) {
            Place place = standing == Place.Standing.NORMATIVE
                    ? Place.main(name, Place.AUDIO_GUIDE)
                    : Place.other(name, Place.AUDIO_GUIDE);
            if (!description.equals("AIGC")) {
                report.add(Fault.CAMEL_CASE, LabelText.shortened(description), name);
            }
            label.named(place, value);
            return;
        }
        Place place = Place.other(name + ":" + LabelText.shortened(description), Place.AUDIO_GUIDE);
        if (description.equals("XmpKvBase64")) {
            label.encoded(place, value);
        } else if (description.toUpperCase(Locale.ROOT).contains("AIGC")) {
            label.named(place, value);
        } else {
            label.unnamed(place, value);
        }
    }

    private void comment(byte[] content) {
        String[] parts = Id3Text.parts(content, 4);
        for (int i = 1; i < parts.length; i++) {
            new LabelText(report).unnamed(Place.other(where + "/COMM", Place.AUDIO_GUIDE), parts[i]);
        }
    }

    private byte[] copy(Window file, long at, long length) throws IOException, Damage {
        if (length > report.limits().textBytes()) {
            throw Damage.limit("a part of the ID3v2 tag at " + at + " has " + length + " bytes");
        }
        return file.copy(at, (int) length);
    }

    /** Four bytes of seven bits each; a byte with its eighth bit set is no such number. */
    static long syncSafe(Window file, long at) throws IOException, Damage {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            int part = file.u8(at + i);
            if (part > 0x7F) {
                throw Damage.at(at, "a size of the ID3v2 tag is not sync-safe");
            }
            value = value << 7 | part;
        }
        return value;
    }

    /** Takes out the zero bytes that keep players from taking a tag for sound. */
    static byte[] synchronised(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        int n = 0;
        for (int i = 0; i < bytes.length; i++) {
            out[n++] = bytes[i];
            if (bytes[i] == (byte) 0xFF && i + 1 < bytes.length && bytes[i + 1] == 0) {
                i++;
            }
        }
        return java.util.Arrays.copyOf(out, n);
    }
}
