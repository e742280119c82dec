package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** FLV: the label under the key AIGC of onMetaData (TC260-PG-20257A), in place of every label the script tags carry; the positions of key frames in them move with the media. */
final class FlvWriter implements FormatWriter {
    private static final int SCRIPT = 18;
    private static final int HEAD = 11;
    private static final int LONGEST = 0xFFFFFF;
    private static final long TAGS_PER_BOX = 100;

    /** A script tag and what becomes of its values. */
    private record Script(long at, long length, AmfEdit edit, byte[] values) {
        long end() {
            return at + HEAD + length + 4;
        }

        long growth() {
            return values.length - length;
        }
    }

    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();
    private boolean labelled;

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        long start = file.big(5, 4) + 4;
        if (start < 13 || start > file.size()) {
            throw Refusal.broken(5, "the tags begin at " + start + ", outside of the file");
        }
        List<Script> scripts = scripts(file, start, job);
        List<Long> behind = new ArrayList<>();
        List<Long> growths = new ArrayList<>();
        if (!labelled) {
            byte[] tag = tag(new byte[HEAD], AmfEdit.fresh(job.json()));
            edits.insert(start, tag);
            behind.add(start);
            growths.add((long) tag.length);
        }
        for (Script script : scripts) {
            behind.add(script.end());
            growths.add(script.growth());
        }
        Shift shift = new Shift(behind, growths);
        for (Script script : scripts) {
            rewrite(file, script, shift);
        }
        job.withoutMark(Format.FLV).ifPresent(notes::add);
        return new Draft(edits.plan(file.size()), "flv:onMetaData/AIGC", List.of(), notes);
    }

    private List<Script> scripts(Input file, long start, Job job) throws IOException, Refusal {
        List<Script> scripts = new ArrayList<>();
        long walked = 0;
        long texts = 0;
        for (long at = start; at + HEAD <= file.size(); ) {
            if (++walked > job.limits().boxes() * TAGS_PER_BOX) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + walked + " tags");
            }
            int kind = file.byteAt(at) & 0x3F;
            long length = file.big(at + 1, 3);
            if (length > file.size() - at - HEAD) {
                throw Refusal.broken(at, "a tag claims " + length + " bytes, more than the file has");
            }
            if (kind == SCRIPT) {
                texts += length;
                if (texts > job.limits().textBytes()) {
                    throw new Refusal(Fault.TOO_LARGE, "its script tags have " + texts + " bytes");
                }
                if (at + HEAD + length + 4 > file.size()) {
                    throw Refusal.broken(at, "the file ends within a script tag");
                }
                scripts.add(script(at, file.stretch(at + HEAD, length), job));
            } else if ((kind & 0x1F) != 8 && (kind & 0x1F) != 9 && (kind & 0x1F) != SCRIPT) {
                throw Refusal.broken(at, "no tag begins where one must");
            }
            at += HEAD + length + 4;
        }
        return scripts;
    }

    /** The first metadata get the label. */
    private Script script(long at, byte[] values, Job job) throws Refusal {
        AmfEdit plain = new AmfEdit(values, job.limits().depth(), new byte[0]);
        boolean here = !labelled && plain.isMetadata();
        AmfEdit edit = here ? new AmfEdit(values, job.limits().depth(), job.json()) : plain;
        labelled |= here;
        byte[] edited = edit.edited();
        if (edited.length > LONGEST) {
            throw new Refusal(Fault.NO_ROOM, "a tag ends at 16 MiB");
        }
        return new Script(at, values.length, edit, edited);
    }

    private void rewrite(Input file, Script script, Shift shift) throws IOException, Refusal {
        byte[] values = script.values();
        if (shift.isNothing() && !script.edit().isChanged()) {
            return;
        }
        for (AmfEdit.Figure figure : script.edit().figures()) {
            ByteBuffer number = ByteBuffer.wrap(values, figure.at(), 8).slice();
            double old = number.getDouble(0);
            if (old > 0 && old == Math.rint(old) && old < 1L << 53) {
                number.putDouble(0, (double) moved((long) old, figure.counts(), script, shift));
            }
        }
        edits.replace(script.at(), script.end(), tag(file.stretch(script.at(), HEAD), values));
    }

    private static long moved(long old, AmfEdit.Counts counts, Script script, Shift shift) {
        return switch (counts) {
            case POSITION -> shift.of(old);
            case FILE_SIZE -> old + shift.of(Long.MAX_VALUE / 2) - Long.MAX_VALUE / 2;
            case TAG_SIZE -> old + script.growth();
        };
    }

    /** A script tag with the time of another, and its length behind it. */
    private static byte[] tag(byte[] head, byte[] values) {
        byte[] fresh = head.clone();
        fresh[0] = SCRIPT;
        System.arraycopy(Bytes.big(values.length, 3), 0, fresh, 1, 3);
        return Bytes.joined(fresh, values, Bytes.big(HEAD + (long) values.length, 4));
    }
}
