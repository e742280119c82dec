package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import java.io.IOException;

/** Sound whose frames stand alone, MP3 and AAC in ADTS: ID3v2 before it (the audio guide's place), and the tags behind it. The sound itself is not read. */
final class TaggedReader implements FormatReader {
    private final String format;

    /** {@code format} begins the names of the places: {@code mp3} or {@code aac}. */
    TaggedReader(String format) {
        this.format = format;
    }

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        Id3Reader id3 = new Id3Reader(report, format + ":ID3v2", Place.Standing.NORMATIVE);
        long sound = id3.all(file, 0);
        new TailTags(report, format, id3).read(file, sound);
    }
}
