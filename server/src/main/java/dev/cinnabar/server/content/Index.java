package dev.cinnabar.server.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a finished segment holds, as a file of its own beside it: magic, count, first and last time, then (hash of the content id, hash of the part, place) sorted
 * by the first, then CRC-32C. It is searched on disk, so that memory does not grow with what is kept, and made anew where it is missing or damaged.
 */
record Index(int number, Instant first, Instant last, int count) {
    private static final int MAGIC = 0x43_4E_42_49;
    private static final int HEAD = 24;
    private static final int ROW = 24;

    /** Where one part stands. */
    record Entry(long content, long part, long at, Instant time) {
        static Entry of(Sealed record, long at) {
            return new Entry(hash(record.contentId()), hash(record.part()), at, record.at());
        }
    }

    static Path path(Path folder, int number) {
        return folder.resolve("%08d.idx".formatted(number));
    }

    /** FNV-1a, 64 bits: finds candidates; the record's own header decides. */
    static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Writes the index of a segment: a new file, forced, then renamed. */
    static Index write(Path folder, int number, List<Entry> entries) throws IOException {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::content).thenComparingLong(Entry::at));
        Instant first =
                entries.stream().map(Entry::time).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        Instant last =
                entries.stream().map(Entry::time).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        ByteBuffer out = ByteBuffer.allocate(HEAD + sorted.size() * ROW + 4);
        out.putInt(MAGIC).putInt(sorted.size()).putLong(first.toEpochMilli()).putLong(last.toEpochMilli());
        sorted.forEach(
                entry -> out.putLong(entry.content()).putLong(entry.part()).putLong(entry.at()));
        out.putInt(checksum(out)).flip();
        Path fresh = folder.resolve("%08d.idx.new".formatted(number));
        try (FileChannel file = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (out.hasRemaining()) {
                file.write(out);
            }
            file.force(true);
        }
        Files.move(fresh, path(folder, number), StandardCopyOption.ATOMIC_MOVE);
        return new Index(number, first, last, sorted.size());
    }

    private static int checksum(ByteBuffer written) {
        CRC32C crc = new CRC32C();
        crc.update(written.duplicate().flip());
        return (int) crc.getValue();
    }

    /** Reads and checks the index of a segment; empty where it must be made anew. */
    static Optional<Index> read(Path folder, int number) throws IOException {
        Path path = path(folder, number);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path));
        boolean whole =
                in.limit() >= HEAD + 4 && in.getInt(0) == MAGIC && in.limit() == HEAD + (long) in.getInt(4) * ROW + 4;
        if (!whole || in.getInt(in.limit() - 4) != checksum(in.duplicate().position(in.limit() - 4))) {
            return Optional.empty();
        }
        return Optional.of(new Index(
                number, Instant.ofEpochMilli(in.getLong(8)), Instant.ofEpochMilli(in.getLong(16)), in.getInt(4)));
    }

    /** Every entry of a content, oldest first. */
    List<Entry> find(Path folder, long content) throws IOException {
        List<Entry> found = new ArrayList<>();
        try (FileChannel file = FileChannel.open(path(folder, number), StandardOpenOption.READ)) {
            for (int row = firstRow(file, content); row < count; row++) {
                ByteBuffer bytes = row(file, row);
                if (bytes.getLong(0) != content) {
                    break;
                }
                found.add(new Entry(content, bytes.getLong(8), bytes.getLong(16), last));
            }
        }
        return found;
    }

    private int firstRow(FileChannel file, long content) throws IOException {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (row(file, middle).getLong(0) < content) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static ByteBuffer row(FileChannel file, int row) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(ROW);
        file.read(bytes, HEAD + (long) row * ROW);
        return bytes;
    }
}
