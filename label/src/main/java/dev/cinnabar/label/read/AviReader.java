package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import dev.cinnabar.label.SignatureSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** AVI, with OpenDML's further parts: the entry AIGC of a list INFO (the guide's place), the same as a chunk of its own, XMP in _PMX, a C2PA chunk. The lists of media are passed over. */
final class AviReader implements FormatReader {
    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        Walk walk = new Walk(file, report);
        boolean media = false;
        for (long at = 0; file.has(at, "RIFF") && (file.has(at + 8, "AVI ") || file.has(at + 8, "AVIX")); ) {
            long length = file.u32le(at + 4);
            long end = at + 8 + length;
            if (end > file.size()) {
                report.broken(
                        Damage.at(at, "a part claims " + length + " bytes; the file has " + (file.size() - at - 8))
                                .finding());
                end = file.size();
            }
            media |= walk.part(at + 12, end);
            at = Math.max(at + 12, end + (length & 1));
        }
        if (!media) {
            throw Damage.at(file.size(), "no list holds media");
        }
    }

    /** One walk through a file. */
    private static final class Walk {
        private final Window file;
        private final Report report;
        private final LabelText label;
        private int walked;

        Walk(Window file, Report report) {
            this.file = file;
            this.report = report;
            this.label = new LabelText(report);
        }

        /** Walks the chunks of a part; says whether one of them holds media. */
        boolean part(long from, long end) throws IOException, Damage {
            boolean media = false;
            for (long at = from; at + 8 <= end; at = next(at)) {
                String id = file.fourCc(at);
                long length = length(at, end);
                if (!id.equals("LIST")) {
                    chunk(at, id, length);
                } else if (length >= 4 && file.has(at + 8, "INFO")) {
                    info(at + 12, at + 8 + length);
                } else {
                    media |= length >= 4 && file.has(at + 8, "movi");
                }
            }
            return media;
        }

        private long length(long at, long end) throws IOException, Damage {
            if (++walked > report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " chunks");
            }
            long length = file.u32le(at + 4);
            if (length > end - at - 8) {
                throw Damage.at(at, "a chunk claims " + length + " bytes; there are " + (end - at - 8));
            }
            return length;
        }

        private long next(long at) throws IOException, Damage {
            long length = file.u32le(at + 4);
            return at + 8 + length + (length & 1);
        }

        private void chunk(long at, String id, long length) throws IOException, Damage {
            if (id.equals("_PMX")) {
                new XmpReader(report).read(Place.other("avi:_PMX/xmp", Place.VIDEO_GUIDE), copy(at + 8, length));
            } else if (id.equals("C2PA")) {
                report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, "avi:C2PA"));
            } else if (id.equalsIgnoreCase("AIGC")) {
                label.named(Place.other("avi:" + id, Place.VIDEO_GUIDE), text(at + 8, length));
            }
        }

        private void info(long from, long end) throws IOException, Damage {
            for (long at = from; at + 8 <= end; at = next(at)) {
                String id = file.fourCc(at);
                long length = length(at, end);
                if (id.equals("AIGC")) {
                    label.named(Place.main("avi:LIST/INFO/AIGC", Place.VIDEO_GUIDE), text(at + 8, length));
                } else if (id.equalsIgnoreCase("AIGC")) {
                    label.named(Place.other("avi:LIST/INFO/" + id, Place.VIDEO_GUIDE), text(at + 8, length));
                } else if (file.has(at + 8, "{") && length <= report.limits().textBytes()) {
                    Place place = Place.other("avi:LIST/INFO/" + printable(id), Place.VIDEO_GUIDE);
                    label.unnamed(place, text(at + 8, length));
                }
            }
        }

        private static String printable(String id) {
            StringBuilder out = new StringBuilder();
            id.chars().forEach(c -> out.append(c > 0x20 && c < 0x7F ? (char) c : '?'));
            return out.toString();
        }

        private String text(long at, long length) throws IOException, Damage {
            return new String(copy(at, length), StandardCharsets.UTF_8);
        }

        private byte[] copy(long at, long length) throws IOException, Damage {
            if (length > report.limits().textBytes()) {
                throw Damage.limit("a chunk of text at " + at + " has " + length + " bytes");
            }
            return file.copy(at, (int) length);
        }
    }
}
