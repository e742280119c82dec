package dev.cinnabar.label.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntSupplier;

/** Cuts a stream of picture data into chunks: IDAT, or fdAT with a running number in front. */
final class PngChunkOut extends OutputStream {
    private static final int CHUNK = 1 << 16;

    private final OutputStream out;
    private final String type;
    private final IntSupplier numbers;
    private final int head;
    private final byte[] data = new byte[CHUNK];
    private int filled;

    private PngChunkOut(OutputStream out, String type, int head, IntSupplier numbers) {
        this.out = out;
        this.type = type;
        this.head = head;
        this.numbers = numbers;
        this.filled = head;
    }

    static PngChunkOut idat(OutputStream out) {
        return new PngChunkOut(out, "IDAT", 0, () -> 0);
    }

    static PngChunkOut fdat(OutputStream out, IntSupplier numbers) {
        return new PngChunkOut(out, "fdAT", 4, numbers);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        int at = off;
        while (at < off + len) {
            if (filled == CHUNK) {
                chunk();
            }
            int n = Math.min(off + len - at, CHUNK - filled);
            System.arraycopy(b, at, data, filled, n);
            filled += n;
            at += n;
        }
    }

    /** Writes the last chunk; the stream below stays open. */
    @Override
    public void close() throws IOException {
        if (filled > head) {
            chunk();
        }
    }

    private void chunk() throws IOException {
        if (head > 0) {
            PngChunk.put(data, 0, numbers.getAsInt());
        }
        out.write(PngChunk.bytes(type, java.util.Arrays.copyOf(data, filled)));
        filled = head;
    }
}
