package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** WAV in all its coats (RIFF, RF64, BW64): the top-level chunk AIGC (the guide's place), the same in LIST/INFO, XMP in _PMX, a C2PA chunk, and the rhythm in the sound. */
final class WavReader implements FormatReader {
    private static final long UNKNOWN = 0xFFFFFFFFL;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        if (!file.has(8, "WAVE")) {
            throw Damage.at(8, "the form is not WAVE");
        }
        boolean big = !file.has(0, "RIFF");
        long dataSize = -1;
        Sound.Coding coding = null;
        long dataAt = -1;
        int chunks = 0;
        for (long at = 12; at + 8 <= file.size(); chunks++) {
            if (chunks >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " chunks");
            }
            String id = file.fourCc(at);
            long length = file.u32le(at + 4);
            if (id.equals("data") && length == UNKNOWN) {
                // RF64 says the size in ds64; a plain RIFF of this size was streamed and goes to the end of the file
                length = big && dataSize >= 0 ? dataSize : file.size() - at - 8;
            }
            if (length > file.size() - at - 8) {
                damagedEnd(file, at, id, length, report);
                length = file.size() - at - 8;
            }
            switch (id) {
                case "ds64" -> dataSize = length >= 24 ? file.u64le(at + 16) : -1;
                case "fmt " -> coding = Sound.Coding.read(file, at + 8, length).orElse(coding);
                case "data" -> dataAt = dataAt < 0 ? at : dataAt;
                default -> chunk(file, at + 8, length, id, report);
            }
            if (dataAt == at) {
                dataSize = length;
            }
            at += 8 + length + (length & 1);
        }
        if (look == Look.CONTENT) {
            listen(file, Optional.ofNullable(coding), dataAt + 8, dataSize, report);
        }
    }

    private static void damagedEnd(Window file, long at, String id, long length, Report report) {
        report.broken(Finding.of(
                Fault.DAMAGED,
                Long.toString(at),
                "the chunk " + id.replace('\0', ' ').strip() + " claims " + length + " bytes; the file has "
                        + (file.size() - at - 8)));
    }

    private static void chunk(Window file, long at, long length, String id, Report report) throws IOException, Damage {
        switch (id) {
            case "AIGC" ->
                new LabelText(report).named(Place.main("wav:AIGC", Place.AUDIO_GUIDE), utf8(file, at, length, report));
            case "_PMX" ->
                new XmpReader(report)
                        .read(Place.other("wav:_PMX/xmp", Place.AUDIO_GUIDE), copy(file, at, length, report));
            case "C2PA" -> ManifestReader.read(report, "wav:C2PA", file, at, length);
            case "LIST" -> {
                if (length >= 4 && file.has(at, "INFO")) {
                    info(file, at + 4, at + length, report);
                }
            }
            default -> {
                if (id.equalsIgnoreCase("AIGC")) {
                    new LabelText(report)
                            .named(Place.other("wav:" + id, Place.AUDIO_GUIDE), utf8(file, at, length, report));
                }
            }
        }
    }

    private static void info(Window file, long from, long end, Report report) throws IOException, Damage {
        int entries = 0;
        for (long at = from; at + 8 <= end; ) {
            if (++entries > report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " entries in LIST/INFO");
            }
            long length = file.u32le(at + 4);
            if (length > end - at - 8) {
                throw Damage.at(at, "an entry of LIST/INFO claims " + length + " bytes");
            }
            if (file.fourCc(at).equalsIgnoreCase("AIGC")) {
                new LabelText(report)
                        .named(
                                Place.other("wav:LIST/INFO/AIGC", Place.AUDIO_GUIDE),
                                utf8(file, at + 8, length, report));
            }
            at += 8 + length + (length & 1);
        }
    }

    private static void listen(Window file, Optional<Sound.Coding> coding, long at, long length, Report report)
            throws IOException, Damage {
        if (coding.isEmpty() || length < 0) {
            report.add(Fault.CONTENT_UNREAD, "the sound's coding is not one of PCM, float, A-law, mu-law");
            return;
        }
        new RhythmEar(report, new Sound(file, coding.get(), at, length)).listen();
    }

    private static String utf8(Window file, long at, long length, Report report) throws IOException, Damage {
        return new String(copy(file, at, length, report), StandardCharsets.UTF_8);
    }

    private static byte[] copy(Window file, long at, long length, Report report) throws IOException, Damage {
        if (length > report.limits().textBytes()) {
            throw Damage.limit("a chunk of text at " + at + " has " + length + " bytes");
        }
        return file.copy(at, (int) length);
    }
}
