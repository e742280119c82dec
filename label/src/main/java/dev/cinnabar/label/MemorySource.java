package dev.cinnabar.label;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/** Bytes in memory as a source. */
final class MemorySource implements Source {
    private final String name;
    private final byte[] bytes;

    MemorySource(String name, byte[] bytes) {
        this.name = Objects.requireNonNull(name, "name");
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Bytes open() {
        return new Opened(bytes);
    }

    private static final class Opened implements Bytes {
        private final byte[] bytes;

        Opened(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long at, byte[] into, int offset, int length) {
            if (at >= bytes.length) {
                return 0;
            }
            int n = (int) Math.min(length, bytes.length - at);
            System.arraycopy(bytes, (int) at, into, offset, n);
            return n;
        }

        @Override
        public void copyTo(long at, long length, WritableByteChannel target) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, Math.toIntExact(at), Math.toIntExact(length));
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
