package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file operations of the machine. */
final class RealDisk implements Disk {
    /** Names of files that are not yet in place begin so; recovery removes them. */
    static final String FRESH = ".fresh-";

    private static final int ZEROS = 1 << 20;

    @Override
    public SegmentFile create(Path file, long bytes) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, Math.max(1, bytes)));
            for (long at = 0; at < bytes; ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
                at += channel.write(zeros, at);
            }
            channel.force(true);
            return new Open(channel);
        } catch (IOException | RuntimeException e) {
            try (channel) {
                Files.deleteIfExists(file);
            } catch (IOException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        return new Open(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void put(Path file, ByteBuffer bytes, boolean durable) throws IOException {
        Path folder = parent(file);
        Path fresh = folder.resolve(FRESH + file.getFileName());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (durable) {
                    channel.force(true);
                }
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        if (durable) {
            sync(folder);
        }
    }

    private static Path parent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " has no folder");
        }
        return parent;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(parent(to));
    }

    @Override
    public void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public long usable(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private record Open(FileChannel channel) implements SegmentFile {
        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            for (long to = at; bytes.hasRemaining(); ) {
                to += channel.write(bytes, to);
            }
        }

        @Override
        public void read(ByteBuffer into, long at) throws IOException {
            for (long from = at; into.hasRemaining(); ) {
                int got = channel.read(into, from);
                if (got < 0) {
                    return;
                }
                from += got;
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
