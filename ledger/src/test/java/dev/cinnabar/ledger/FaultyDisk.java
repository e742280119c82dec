package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The real disk, with faults that a test turns on and off. */
final class FaultyDisk implements Disk {
    private final Disk real = Disk.real();
    /** How many of the next syncs of a segment fail. */
    final AtomicInteger failingForces = new AtomicInteger();
    /** How many of the next writes to a segment stop half-way and fail. */
    final AtomicInteger failingWrites = new AtomicInteger();
    /** Whether nothing new can be created or put. */
    volatile boolean full;

    /** Which files cannot be put. */
    volatile Predicate<Path> noRoomFor = file -> false;

    volatile boolean readsFail;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    void stall() {
        gate = new CountDownLatch(1);
    }

    void resume() {
        gate.countDown();
    }

    private static boolean takes(AtomicInteger counter) {
        return counter.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private void room() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public SegmentFile create(Path file, long bytes) throws IOException {
        room();
        return new Faulty(real.create(file, bytes));
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        return new Faulty(real.open(file));
    }

    @Override
    public void put(Path file, ByteBuffer bytes, boolean durable) throws IOException {
        room();
        if (noRoomFor.test(file)) {
            throw new IOException("No space left on device");
        }
        real.put(file, bytes, durable);
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
        return full ? 0 : real.usable(folder);
    }

    private final class Faulty implements SegmentFile {
        private final SegmentFile file;

        Faulty(SegmentFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            if (takes(failingWrites)) {
                file.write(bytes.slice(bytes.position(), bytes.remaining() / 2), at);
                throw new IOException("Input/output error");
            }
            file.write(bytes, at);
        }

        @Override
        public void read(ByteBuffer into, long at) throws IOException {
            if (readsFail) {
                throw new IOException("Input/output error");
            }
            file.read(into, at);
        }

        @Override
        public void force() throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (takes(failingForces)) {
                throw new IOException("Input/output error");
            }
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
