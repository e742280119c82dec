package dev.cinnabar.label.read;

import dev.cinnabar.label.Found;
import dev.cinnabar.label.Look;
import java.io.IOException;

/** Markdown: the key AIGC of the YAML front matter, and the explicit label of the prose behind it. */
final class MarkdownReader implements FormatReader {
    private static final Place PLACE = Place.main("markdown:front-matter/AIGC", Place.TEXT_GUIDE);

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        long start = file.has(0, "\u00EF\u00BB\u00BF") ? 3 : 0;
        FrontMatter matter = FrontMatter.read(file, start, report.limits());
        LabelText label = new LabelText(report);
        for (FrontMatter.Entry entry : matter.entries("AIGC")) {
            switch (entry) {
                case FrontMatter.Scalar scalar -> label.named(PLACE, scalar.text());
                case FrontMatter.Mapping mapping -> label.members(PLACE, mapping.members(), Found.Form.BARE);
            }
        }
        TextReader.explicit(file, matter.end(), report);
    }
}
