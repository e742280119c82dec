package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import java.io.IOException;

/** FLAC: the comment block (the audio guide's place), and the tags that some programs put before and behind the file, with a C2PA manifest in the one before it. */
final class FlacReader implements FormatReader {
    private static final int COMMENTS = 4;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        Id3Reader id3 = new Id3Reader(report, "flac:ID3v2", Place.Standing.OTHER);
        long at = id3.all(file, 0);
        if (!file.has(at, "fLaC")) {
            throw Damage.at(at, "the letters fLaC are missing");
        }
        at += 4;
        boolean last = false;
        for (int blocks = 0; !last; blocks++) {
            if (blocks >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " blocks");
            }
            long head = file.u32be(at);
            long length = head & 0xFFFFFF;
            if (length > file.size() - at - 4) {
                throw Damage.at(at, "a block claims " + length + " bytes; the file has " + (file.size() - at - 4));
            }
            if ((head >> 24 & 0x7F) == COMMENTS) {
                comments(file, at + 4, length, report);
            }
            last = head >> 31 == 1;
            at += 4 + length;
        }
        new TailTags(report, "flac", id3).read(file, at);
    }

    private static void comments(Window file, long at, long length, Report report) throws IOException {
        try {
            new CommentReader(report, "flac:VORBIS_COMMENT").read(file, at, at + length);
        } catch (Damage e) {
            report.broken(e.finding());
        }
    }
}
