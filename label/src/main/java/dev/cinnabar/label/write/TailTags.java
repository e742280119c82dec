package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cleans the tags behind a sound of labels: APE items and an ID3v2 tag with a footer. Everything else in them stays. */
final class TailTags {
    private static final int APE_HEAD = 32;

    private record Item(long at, long end, String key, long valueAt) {}

    private final Input file;
    private final Job job;
    private final EditPlan.Edits edits;
    private boolean sealed;

    TailTags(Input file, Job job, EditPlan.Edits edits) {
        this.file = file;
        this.job = job;
        this.edits = edits;
    }

    /** Plans the labels out; says whether a C2PA manifest stands in one of the tags. */
    boolean clean(long from) throws IOException, Refusal {
        long end = file.size();
        for (int i = 0; i < 4; i++) {
            if (stands(end - 128, from, "TAG")) {
                end -= 128;
            } else if (stands(end - APE_HEAD, from, "APETAGEX")) {
                end = ape(from, end);
            } else if (stands(end - Id3Tag.HEAD, from, "3DI")) {
                long start = end - 2 * Id3Tag.HEAD - Id3Tag.syncSafe(file, end - 4);
                if (!stands(start, from, "ID3")) {
                    break;
                }
                Id3Tag tag = Id3Tag.at(file, start, job);
                sealed |= tag.isSealed();
                tag.clean(edits);
                end = start;
            } else {
                break;
            }
        }
        return sealed;
    }

    private boolean stands(long at, long from, String letters) throws IOException, Refusal {
        return at >= from && file.latin(at, letters.length()).equals(letters);
    }

    private long ape(long from, long end) throws IOException, Refusal {
        long foot = end - APE_HEAD;
        long start = end - file.little(foot + 12, 4);
        long count = file.little(foot + 16, 4);
        boolean headed = (file.little(foot + 20, 4) & 0x80000000L) != 0;
        if (start < from || start > foot || count > job.limits().boxes()) {
            throw Refusal.broken(foot, "the APE tag claims " + (end - start) + " bytes, " + count + " items");
        }
        List<Item> old = new ArrayList<>();
        long at = start;
        for (long i = 0; i < count && at + 9 <= foot; i++) {
            Item item = item(at, foot);
            if (isLabel(item)) {
                old.add(item);
            }
            at = item.end();
        }
        long head = start - APE_HEAD;
        headed &= stands(head, from, "APETAGEX");
        if (!old.isEmpty()) {
            drop(old, foot, end - start, count);
            if (headed) {
                counts(head, old, end - start, count);
            }
        }
        return headed ? head : start;
    }

    private void drop(List<Item> old, long foot, long size, long count) {
        old.forEach(item -> edits.drop(item.at(), item.end()));
        counts(foot, old, size, count);
    }

    private void counts(long at, List<Item> old, long size, long count) {
        long less = old.stream().mapToLong(item -> item.end() - item.at()).sum();
        edits.replace(
                at + 12, at + 20, Bytes.joined(Bytes.little(size - less, 4), Bytes.little(count - old.size(), 4)));
    }

    private Item item(long at, long end) throws IOException, Refusal {
        long length = file.little(at, 4);
        StringBuilder key = new StringBuilder();
        long i = at + 8;
        while (i < end && file.byteAt(i) != 0 && key.length() < 255) {
            key.append((char) file.byteAt(i++));
        }
        long value = i + 1;
        if (length > end - value) {
            throw Refusal.broken(at, "an item of the APE tag claims " + length + " bytes");
        }
        return new Item(at, value + length, key.toString(), value);
    }

    private boolean isLabel(Item item) throws IOException, Refusal {
        if (item.key().toLowerCase(Locale.ROOT).equals("aigc")) {
            return true;
        }
        long length = item.end() - item.valueAt();
        if (length < 3 || file.byteAt(item.valueAt()) != '{') {
            return false;
        }
        if (length > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "an item of its APE tag has " + length + " bytes");
        }
        return OldLabels.isLabel(
                new String(file.stretch(item.valueAt(), length), java.nio.charset.StandardCharsets.UTF_8));
    }
}
