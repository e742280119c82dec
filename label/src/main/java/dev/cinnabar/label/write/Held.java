package dev.cinnabar.label.write;

import dev.cinnabar.label.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/** A part of a file that was taken into memory to be changed by edits, as the whole file is. */
final class Held implements Source.Bytes {
    private final byte[] bytes;

    Held(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    /** What the edits make of it. */
    byte[] changed(EditPlan.Edits edits) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 1024);
        edits.plan(bytes.length).run(this, Channels.newChannel(out));
        return out.toByteArray();
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long at, byte[] into, int offset, int length) {
        int from = (int) Math.min(at, bytes.length);
        int n = Math.min(length, bytes.length - from);
        System.arraycopy(bytes, from, into, offset, n);
        return n;
    }

    @Override
    public void copyTo(long at, long length, WritableByteChannel target) throws IOException {
        for (ByteBuffer left = ByteBuffer.wrap(bytes, (int) at, (int) length); left.hasRemaining(); ) {
            target.write(left);
        }
    }

    @Override
    public void close() {
        // nothing is open
    }
}
