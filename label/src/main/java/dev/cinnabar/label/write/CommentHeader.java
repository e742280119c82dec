package dev.cinnabar.label.write;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Vorbis comment header whose label is put in, replaced or taken out, while every other comment stays as it is and where it is. */
final class CommentHeader {
    private static final int LONGEST_NAME = 80;

    private record Old(long at, long end) {}

    private final Input file;
    private final Job job;
    private final List<Old> labels = new ArrayList<>();
    private final long countAt;
    private final long count;
    private final long commentsEnd;

    private CommentHeader(Input file, long from, long end, Job job) throws IOException, Refusal {
        this.file = file;
        this.job = job;
        this.countAt = from + 4 + length(from, end);
        if (countAt + 4 > end) {
            throw Refusal.broken(countAt, "the comment header ends within its comments");
        }
        this.count = file.little(countAt, 4);
        if (count > job.limits().boxes()) {
            throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " comments");
        }
        long at = countAt + 4;
        for (long i = 0; i < count; i++) {
            long next = at + 4 + length(at, end);
            if (isLabel(at + 4, next)) {
                labels.add(new Old(at, next));
            }
            at = next;
        }
        this.commentsEnd = at;
    }

    /** Reads the comments that begin with the name of the vendor at {@code from}. */
    static CommentHeader of(Input file, long from, long end, Job job) throws IOException, Refusal {
        return new CommentHeader(file, from, end, job);
    }

    /** The comments of a stream that had none. */
    static byte[] fresh(AigcLabel label) {
        byte[] vendor = Bytes.latin("Cinnabar");
        return Bytes.joined(Bytes.little(vendor.length, 4), vendor, Bytes.little(1, 4), comment(label));
    }

    private long length(long at, long end) throws IOException, Refusal {
        if (at + 4 > end) {
            throw Refusal.broken(at, "the comment header ends within its comments");
        }
        long length = file.little(at, 4);
        if (length > end - at - 4) {
            throw Refusal.broken(at, "a comment claims " + length + " bytes, more than its header has");
        }
        return length;
    }

    private boolean isLabel(long at, long end) throws IOException, Refusal {
        String start = file.latin(at, (int) Math.min(LONGEST_NAME, end - at));
        int sign = start.indexOf('=');
        String name = start.substring(0, Math.max(0, sign)).toLowerCase(Locale.ROOT);
        if (name.contains("aigc")) {
            return true;
        }
        String rest = start.substring(sign + 1).stripLeading();
        if (sign < 0 || !(rest.startsWith("{") || name.equals("xmpkvbase64"))) {
            return false;
        }
        if (end - at > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "a comment has " + (end - at) + " bytes");
        }
        byte[] value = file.stretch(at + sign + 1, end - at - sign - 1);
        return OldLabels.isLabel(new String(value, StandardCharsets.UTF_8));
    }

    /** Plans the label in, in place of every label there is; gives by how many bytes the header grows. */
    long relabel(EditPlan.Edits edits, AigcLabel label) {
        return change(edits, comment(label), 1);
    }

    /** Plans every label out; gives by how many bytes the header grows (0 or less). */
    long clean(EditPlan.Edits edits) {
        return labels.isEmpty() ? 0 : change(edits, new byte[0], 0);
    }

    private long change(EditPlan.Edits edits, byte[] fresh, int more) {
        long growth = fresh.length;
        for (Old old : labels) {
            edits.drop(old.at(), old.end());
            growth -= old.end() - old.at();
        }
        edits.insert(commentsEnd, fresh);
        edits.replace(countAt, countAt + 4, Bytes.little(count - labels.size() + more, 4));
        return growth;
    }

    private static byte[] comment(AigcLabel label) {
        byte[] text = Bytes.latin("AIGC=" + label.toJson());
        return Bytes.joined(Bytes.little(text.length, 4), text);
    }
}
