package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import java.io.IOException;

/** MP4, MOV and M4A, whole or in fragments: the metadata of the movie and of its tracks, XMP, QuickTime's user data, and a C2PA manifest. No sample is looked at. */
final class MovieReader implements FormatReader {
    private final String word;
    private final String guide;

    MovieReader(String word, String guide) {
        this.word = word;
        this.guide = guide;
    }

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        Boxes boxes = new Boxes(file, report);
        MovieTags tags = new MovieTags(file, report, boxes, new MovieTags.Naming(word, guide, true));
        for (Boxes.Box box : boxes.top()) {
            tags.top(box);
        }
    }
}
