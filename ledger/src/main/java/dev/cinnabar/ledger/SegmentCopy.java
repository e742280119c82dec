package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Puts a fresh copy of a segment in the place of one that can no longer be trusted. */
final class SegmentCopy {
    private static final int CHUNK = 4 << 20;

    private SegmentCopy() {}

    /** Reads the entries of a segment again and writes them, durably, to a new file under the same name. */
    static Segment replace(Segment old, Layout layout, Origin origin, LedgerOptions options, long nonce)
            throws IOException, LedgerException.Damaged {
        Disk disk = options.disk();
        Path fresh = layout.segments().resolve(RealDisk.FRESH + "segment");
        disk.delete(fresh);
        SegmentHead head = new SegmentHead(old.first(), nonce);
        SegmentFile file = disk.create(fresh, options.segmentBytes());
        try {
            file.write(head.bytes(origin), 0);
            int[] offsets = copy(old, file, nonce);
            file.force();
            disk.rename(fresh, old.path());
            return new Segment(old.path(), head, file, offsets);
        } catch (IOException | RuntimeException | LedgerException.Damaged e) {
            file.close();
            throw e;
        }
    }

    private static int[] copy(Segment old, SegmentFile file, long nonce) throws IOException, LedgerException.Damaged {
        int[] offsets = new int[Math.toIntExact(old.end() - old.first()) + 1];
        offsets[0] = SegmentHead.BYTES;
        int done = 0;
        for (long from = old.first(); from < old.end(); ) {
            long to = old.within(from, old.end(), CHUNK);
            for (SegmentFrame frame : read(old, from, to)) {
                ByteBuffer out = ByteBuffer.allocate(frame.bytes());
                frame.put(out, nonce);
                file.write(out.flip(), offsets[done]);
                offsets[done + 1] = offsets[done] + frame.bytes();
                done++;
            }
            from = to;
        }
        return offsets;
    }

    private static List<SegmentFrame> read(Segment old, long from, long to)
            throws IOException, LedgerException.Damaged {
        return old.frames(from, to)
                .orElseThrow(() -> new LedgerException.Damaged(
                        old.path(),
                        OptionalLong.empty(),
                        "an entry between " + from + " and " + to + " that was durable cannot be read back",
                        "Stop writing, keep the disk for examination, restore the folder from a backup."));
    }
}
