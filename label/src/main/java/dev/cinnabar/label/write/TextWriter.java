package dev.cinnabar.label.write;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Wordings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Plain text: no place for an implicit label; the explicit one at the start (GB 45438-2025 5.1). */
final class TextWriter implements FormatWriter {
    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        Optional<String> wording = job.wording(Wordings.Medium.TEXT);
        EditPlan.Edits edits = new EditPlan.Edits();
        if (wording.isEmpty()) {
            return new Draft(edits.plan(file.size()), "", List.of(), List.of());
        }
        edits.insert(Utf8.start(file), notice(wording.get()).getBytes(StandardCharsets.UTF_8));
        return new Draft(
                edits.plan(file.size()), "", List.of(new ExplicitMark(ExplicitMark.Kind.TEXT, "start")), List.of());
    }

    /** An own wording that stands in no brackets is given some, so that it is told from the text itself. */
    static String notice(String wording) {
        return Wordings.standard().opens(wording) ? wording : "【" + wording + "】";
    }
}
