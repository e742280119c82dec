package dev.cinnabar.label.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStreamImpl;

/** Chosen stretches of a file, seen as one stream: what a picture decoder may see, and nothing that could blow up in its hands. */
final class Ranges extends ImageInputStreamImpl {
    /** The world failed while a decoder read: told apart from the decoder's own complaints. */
    static final class SourceFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SourceFailed(IOException cause) {
            super(cause);
        }
    }

    private record Stretch(long from, long length, long position) {}

    private final Window file;
    private final List<Stretch> stretches = new ArrayList<>();
    private long total;
    private int current;

    Ranges(Window file) {
        this.file = file;
    }

    /** Adds a stretch of the file at the end. */
    void add(long from, long length) {
        if (!stretches.isEmpty()) {
            Stretch last = stretches.getLast();
            if (last.from() + last.length() == from) {
                stretches.set(stretches.size() - 1, new Stretch(last.from(), last.length() + length, last.position()));
                total += length;
                return;
            }
        }
        stretches.add(new Stretch(from, length, total));
        total += length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= total) {
            return -1;
        }
        Stretch stretch = at(streamPos);
        long within = streamPos - stretch.position();
        int n = (int) Math.min(length, stretch.length() - within);
        try {
            n = file.read(stretch.from() + within, into, offset, n);
        } catch (IOException e) {
            throw new SourceFailed(e);
        }
        if (n <= 0) {
            return -1;
        }
        streamPos += n;
        return n;
    }

    @Override
    public long length() {
        return total;
    }

    private Stretch at(long position) {
        if (current >= stretches.size() || stretches.get(current).position() > position) {
            current = 0;
        }
        while (stretches.get(current).position() + stretches.get(current).length() <= position) {
            current++;
        }
        return stretches.get(current);
    }
}
