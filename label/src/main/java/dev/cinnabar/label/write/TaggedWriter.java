package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sound whose frames stand alone, MP3 and AAC in ADTS: the label in a TXXX frame AIGC of the ID3v2 tag before it (TC260-PG-202510A), in place of every label the tags before and
 * behind it carry. A file without such a tag gets one. No byte of the sound changes.
 */
final class TaggedWriter implements FormatWriter {
    private final Format format;
    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();

    TaggedWriter(Format format) {
        this.format = format;
    }

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        String place = format.word() + ":ID3v2";
        boolean sealed = false;
        long at = 0;
        for (int tags = 0; file.latin(at, 3).equals("ID3"); tags++) {
            if (tags >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " tags");
            }
            Id3Tag tag = Id3Tag.at(file, at, job);
            sealed |= tag.isSealed();
            if (at == 0) {
                tag.relabel(edits, job.order().label());
            } else {
                tag.clean(edits);
            }
            at = tag.end();
        }
        if (at == 0) {
            edits.insert(0, Id3Tag.fresh(job.order().label()));
        }
        sealed |= new TailTags(file, job, edits).clean(at);
        if (sealed) {
            notes.add(job.seal(place + "/GEOB"));
        }
        job.withoutMark(format).ifPresent(notes::add);
        return new Draft(edits.plan(file.size()), place + "/TXXX", List.of(), notes);
    }
}
