package dev.cinnabar.server.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The index file of a sealed segment: names in order, each with the offset of the content's newest frame; searched on disk, so that memory does not grow with
 * what is kept. It can always be made again from the segment.
 *
 * <p>Form: magic (8), count (4), flags (4), first and last time (8 + 8), CRC-32C of the rows (4), CRC-32C of the head (4); rows of name (16) and offset (8).
 */
record SegmentIndex(Path path, int count, boolean damaged, long first, long last) {
    private static final long MAGIC = 0x43494E4944583031L;
    private static final int HEAD = 40;
    private static final int ROW = Name.BYTES + 8;

    /** Writes the index of these names durably, then gives it its name. */
    static SegmentIndex write(Path path, Map<Name, Long> newest, boolean damaged, long first, long last)
            throws IOException {
        ByteBuffer rows = ByteBuffer.allocate(newest.size() * ROW);
        List<Map.Entry<Name, Long>> sorted =
                newest.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        sorted.forEach(row ->
                rows.putLong(row.getKey().high()).putLong(row.getKey().low()).putLong(row.getValue()));
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        head.putLong(MAGIC)
                .putInt(sorted.size())
                .putInt(damaged ? 1 : 0)
                .putLong(first)
                .putLong(last);
        head.putInt(crc(rows.flip())).putInt(crc(head.duplicate().flip())).flip();
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer each : List.of(head, rows)) {
                while (each.hasRemaining()) {
                    out.write(each);
                }
            }
            out.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        return new SegmentIndex(path, sorted.size(), damaged, first, last);
    }

    /** Reads the head; fails where it is not whole: the segment is then read again. */
    static SegmentIndex read(Path path) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            if (!SegmentFile.fill(in, head, 0)
                    || head.getLong(0) != MAGIC
                    || head.getInt(36) != crc(head.slice(0, 36))
                    || in.size() != HEAD + (long) head.getInt(8) * ROW) {
                throw new IOException(path + " is damaged");
            }
        }
        return new SegmentIndex(path, head.getInt(8), head.getInt(12) == 1, head.getLong(16), head.getLong(24));
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** The offset of the newest frame of this name. */
    OptionalLong newest(Name name) throws IOException {
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer row = ByteBuffer.allocate(ROW);
            int low = 0;
            int high = count - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                SegmentFile.fill(in, row.clear(), HEAD + (long) middle * ROW);
                int order = new Name(row.getLong(0), row.getLong(8), 0).compareTo(name);
                if (order == 0) {
                    return OptionalLong.of(row.getLong(16));
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return OptionalLong.empty();
        }
    }

    /** Whether the rows are as they were written. */
    boolean whole() throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(path));
        return all.getInt(32) == crc(all.slice(HEAD, all.limit() - HEAD));
    }

    /** The offsets of the newest frames of all names. */
    long[] offsets() throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(path));
        long[] offsets = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = all.getLong(HEAD + i * ROW + Name.BYTES);
        }
        return offsets;
    }
}
