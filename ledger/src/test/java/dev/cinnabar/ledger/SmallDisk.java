package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The real disk with the room of a small one: what stands below a folder never grows beyond so many bytes. */
final class SmallDisk implements Disk {
    private final Disk real = Disk.real();
    private final Path root;
    private final long bytes;

    SmallDisk(Path root, long bytes) {
        this.root = root;
        this.bytes = bytes;
    }

    private synchronized void room(long needed) throws IOException {
        if (usable(root) < needed) {
            throw new IOException("No space left on device");
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // gone meanwhile
        }
    }

    @Override
    public synchronized SegmentFile create(Path file, long length) throws IOException {
        room(length);
        return real.create(file, length);
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        return real.open(file);
    }

    @Override
    public synchronized void put(Path file, ByteBuffer content, boolean durable) throws IOException {
        room(content.remaining());
        real.put(file, content, durable);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void sync(Path path) throws IOException {
        real.sync(path);
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public long usable(Path folder) throws IOException {
        while (true) {
            try (Stream<Path> all = Files.walk(root)) {
                return bytes
                        - all.filter(Files::isRegularFile)
                                .mapToLong(SmallDisk::size)
                                .sum();
            } catch (java.io.UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    throw e.getCause();
                }
            }
        }
    }
}
