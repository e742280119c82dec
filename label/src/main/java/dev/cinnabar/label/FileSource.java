package dev.cinnabar.label;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
            return new Opened(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The open channel. */
    record Opened(FileChannel channel, long size) implements Bytes {
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
        public void close() throws IOException {
            channel.close();
        }
    }
}
