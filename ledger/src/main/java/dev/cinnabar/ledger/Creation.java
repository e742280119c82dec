package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.List;
import java.util.OptionalLong;

/** Makes a ledger in a folder that has none: an empty first segment, a checkpoint over nothing, and last the file that says what the folder is. */
final class Creation {
    private Creation() {}

    static void run(Setting setting) throws IOException, SignatureException, LedgerException {
        Layout layout = setting.layout();
        Disk disk = setting.disk();
        clear(layout, disk);
        Files.createDirectories(layout.segments());
        disk.create(layout.spare(), setting.options().segmentBytes()).close();
        try (SegmentFile first = disk.open(layout.spare())) {
            first.write(new SegmentHead(0, setting.nonces().getAsLong()).bytes(setting.origin()), 0);
            first.force();
        }
        disk.rename(layout.spare(), layout.segment(0));
        Checkpoint nothing = Checkpoint.signed(setting.origin(), 0, Merkle.EMPTY, setting.signer());
        disk.put(layout.checkpoint(), ByteBuffer.wrap(nothing.bytes()), true);
        disk.put(layout.identity(), Identity.bytes(setting.origin()), true);
    }

    /** Removes what a creation left that was cut short; refuses where there is more than that. */
    private static void clear(Layout layout, Disk disk) throws IOException, LedgerException.Damaged {
        List<Path> segments = layout.listSegments();
        if (Files.exists(layout.tiles())
                || segments.size() > 1
                || !segments.stream().allMatch(Creation::isUnused)) {
            throw new LedgerException.Damaged(
                    layout.identity(),
                    OptionalLong.empty(),
                    "the folder holds entries, and the file that says of which log is missing",
                    "Restore the file from a backup, or name an empty folder.");
        }
        for (Path segment : segments) {
            disk.delete(segment);
        }
        disk.delete(layout.spare());
    }

    private static boolean isUnused(Path segment) {
        try {
            byte[] bytes = Files.readAllBytes(segment);
            return ByteBuffer.wrap(
                            bytes,
                            Math.min(SegmentHead.BYTES, bytes.length),
                            Math.max(0, bytes.length - SegmentHead.BYTES))
                    .equals(ByteBuffer.allocate(Math.max(0, bytes.length - SegmentHead.BYTES)));
        } catch (IOException e) {
            return false;
        }
    }
}
