package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** What changes in a segment, and all that follows: positions, checksums, the segment's own size. */
final class MatroskaChanges {
    private static final long SEEK_HEAD = 0x114D9B74L;
    private static final long CUES = 0x1C53BB6BL;
    private static final long SIMPLE_BLOCK = 0xA3;
    private static final long BLOCK_GROUP = 0xA0;
    private static final long POSITION = 0xA7;
    private static final int BLOCK = 1 << 16;

    private record Change(long to, byte[] bytes) {}

    private final Input file;
    private final MatroskaLayout layout;
    private final Job job;
    private final Map<Long, Change> changes = new TreeMap<>();
    private final EditPlan.Edits edits = new EditPlan.Edits();

    MatroskaChanges(Input file, MatroskaLayout layout, Job job) {
        this.file = file;
        this.layout = layout;
        this.job = job;
    }

    /** The content of an element that is taken into memory. */
    byte[] content(EbmlElement element) throws IOException, Refusal {
        if (element.length() > job.limits().textBytes()) {
            throw new Refusal(
                    Fault.TOO_LARGE, "the element at byte " + element.at() + " has " + element.length() + " bytes");
        }
        return file.stretch(element.body(), element.length());
    }

    /** Puts bytes in the place of whole elements. */
    void replace(long from, long to, byte[] bytes) {
        changes.put(from, new Change(to, bytes));
    }

    /** The plan with everything put right. */
    EditPlan plan() throws IOException, Refusal {
        if (!shift().isNothing()) {
            follow();
        }
        checksumOfSegment();
        changes.forEach((from, change) -> edits.replace(from, change.to(), change.bytes()));
        size();
        return edits.plan(file.size());
    }

    private Shift shift() {
        List<Long> behind = new ArrayList<>();
        List<Long> growths = new ArrayList<>();
        changes.forEach((from, change) -> {
            behind.add(change.to());
            growths.add(change.bytes().length - (change.to() - from));
        });
        return new Shift(behind, growths);
    }

    /** Writes the tables of positions anew until none of them grows any more, then patches the clusters. */
    private void follow() throws IOException, Refusal {
        List<MatroskaTable> tables = new ArrayList<>();
        for (EbmlElement element : layout.children()) {
            if (element.id() == SEEK_HEAD || element.id() == CUES) {
                tables.add(new MatroskaTable(element, content(element)));
            }
        }
        boolean grew = true;
        while (grew) {
            grew = false;
            Shift shift = shift();
            for (MatroskaTable table : tables) {
                byte[] bytes = table.bytes(old -> moved(shift, old));
                grew |= table.hasGrown();
                replace(table.element().at(), table.element().end(), bytes);
            }
            grew |= lengthsDiffer(shift);
        }
        Shift last = shift();
        for (EbmlElement cluster : layout.all(MatroskaLayout.CLUSTER)) {
            cluster(cluster, last);
        }
    }

    /** Whether the last writing of the tables moved anything that they were written for. */
    private boolean lengthsDiffer(Shift before) {
        Shift after = shift();
        return layout.children().stream().anyMatch(element -> before.of(element.at()) != after.of(element.at()));
    }

    private long moved(Shift shift, long old) {
        return shift.distance(layout.segment().body(), layout.segment().body() + old);
    }

    /** A cluster may say where it stands, and have a checksum over all that is in it. */
    private void cluster(EbmlElement cluster, Shift shift) throws IOException, Refusal {
        long checksumAt = -1;
        for (long at = cluster.body(); at < cluster.end(); ) {
            EbmlElement part = EbmlElement.at(file, at, cluster.end());
            if (part.id() == SIMPLE_BLOCK || part.id() == BLOCK_GROUP) {
                return;
            }
            if (part.id() == EbmlBytes.CRC && part.length() == 4) {
                checksumAt = part.at();
            } else if (part.id() == POSITION && part.length() <= 8 && part.length() > 0) {
                byte[] patch = position(part, shift);
                edits.replace(part.at(), part.end(), patch);
                if (checksumAt >= 0) {
                    byte[] checksum = cluster.open()
                            ? EbmlBytes.padding(6)
                            : EbmlBytes.checksum(checksum(checksumAt + 6, part, patch, cluster.end()));
                    edits.replace(checksumAt, checksumAt + 6, checksum);
                }
                return;
            }
            at = part.end();
        }
    }

    /** The position in as many bytes as before; padding where it no longer fits, for it is only there to help with damaged files. */
    private byte[] position(EbmlElement part, Shift shift) throws IOException, Refusal {
        int width = (int) part.length();
        long old = file.big(part.body(), width);
        long value = old == 0 ? 0 : moved(shift, old);
        byte[] bytes = file.stretch(part.at(), part.end() - part.at());
        if (width < 8 && value >>> (8 * width) != 0) {
            bytes[0] = (byte) EbmlBytes.VOID;
            java.util.Arrays.fill(bytes, bytes.length - width, bytes.length, (byte) 0);
        } else {
            System.arraycopy(BmffTree.big(value, width), 0, bytes, bytes.length - width, width);
        }
        return bytes;
    }

    private CRC32 checksum(long from, EbmlElement part, byte[] patch, long end) throws IOException, Refusal {
        CRC32 crc = new CRC32();
        add(crc, from, part.at());
        crc.update(patch);
        add(crc, part.end(), end);
        return crc;
    }

    private void add(CRC32 crc, long from, long to) throws IOException, Refusal {
        for (long at = from; at < to; ) {
            byte[] block = file.stretch(at, Math.min(BLOCK, to - at));
            crc.update(block);
            at += block.length;
        }
    }

    /** A checksum over the whole segment would have to be made over all media; it is optional, and becomes padding. */
    private void checksumOfSegment() {
        if (!layout.children().isEmpty()) {
            EbmlElement first = layout.children().getFirst();
            if (first.id() == EbmlBytes.CRC && first.end() - first.at() >= 2) {
                edits.replace(first.at(), first.at() + 1, new byte[] {(byte) EbmlBytes.VOID});
            }
        }
    }

    private void size() {
        EbmlElement segment = layout.segment();
        if (!segment.open()) {
            long growth = 0;
            for (Map.Entry<Long, Change> change : changes.entrySet()) {
                growth += change.getValue().bytes().length - (change.getValue().to() - change.getKey());
            }
            edits.replace(
                    segment.sizeAt(), segment.body(), EbmlBytes.size(segment.length() + growth, segment.sizeWidth()));
        }
    }
}
