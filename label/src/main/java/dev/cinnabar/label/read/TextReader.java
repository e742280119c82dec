package dev.cinnabar.label.read;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Look;
import dev.cinnabar.label.Wordings;
import java.io.IOException;

/** Plain text: no place for an implicit label; the explicit one at the start or the end. */
final class TextReader implements FormatReader {
    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        explicit(file, 0, report);
    }

    /** Looks for an explicit label in the prose that begins at a byte. */
    static void explicit(Window file, long from, Report report) throws IOException, Damage {
        Prose prose = new Prose(file);
        String head = prose.head(from).stripLeading();
        boolean opens = Wordings.standard().opens(head)
                || report.ownWordings().stream()
                        .anyMatch(own -> head.startsWith(own) || head.startsWith("【" + own + "】"));
        if (opens) {
            report.add(new ExplicitMark(ExplicitMark.Kind.TEXT, "start"));
        }
        String tail = prose.tail(from);
        boolean same = opens && tail.strip().length() <= 60;
        if (!same && Wordings.standard().closes(tail)) {
            report.add(new ExplicitMark(ExplicitMark.Kind.TEXT, "end"));
        }
    }
}
