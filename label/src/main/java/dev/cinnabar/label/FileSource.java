package dev.cinnabar.label;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** A file on disk as a source. */
record FileSource(Path path) implements Source {
    @Override
    public String name() {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    @Override
    public Bytes open() throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("is a folder: " + path);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new Opened(channel, path, Stamp.of(path), channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What tells one state of a file from another without reading it. */
    private record Stamp(long size, FileTime modified, Optional<Object> key) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(now.size(), now.lastModifiedTime(), Optional.ofNullable(now.fileKey()));
        }
    }

    /** The open channel, and how its file was when it was opened. */
    private record Opened(FileChannel channel, Path path, Stamp opened, long size) implements Bytes {
        @Override
        public int read(long at, byte[] into, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
            int total = 0;
            while (buffer.hasRemaining()) {
                int n = channel.read(buffer, at + total);
                if (n <= 0) {
                    break;
                }
                total += n;
            }
            return total;
        }

        @Override
        public void copyTo(long at, long length, WritableByteChannel target) throws IOException {
            for (long done = 0; done < length; ) {
                long n = channel.transferTo(at + done, length - done, target);
                if (n <= 0) {
                    throw new EOFException("the file became shorter while it was copied");
                }
                done += n;
            }
        }

        @Override
        public boolean changed() throws IOException {
            return !Files.exists(path) || !Stamp.of(path).equals(opened);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
