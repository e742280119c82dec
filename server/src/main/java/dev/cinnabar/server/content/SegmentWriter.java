package dev.cinnabar.server.content;

import dev.cinnabar.server.content.ActiveSegment.Frame;
import dev.cinnabar.server.content.FrameHead.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes segments: it takes whatever waits, writes it, syncs once, and tells everybody. */
final class SegmentWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
    private static final long BATCH = 16 << 20;
    private static final int WAITING_KB = 256 << 10;
    private static final long OLDEST = Duration.ofDays(1).toMillis();

    /** Something to do on the writer's thread, and who waits for it. */
    private record Job(List<Frame> frames, Work after, CompletableFuture<Integer> done) {}

    private interface Work {
        int run() throws IOException;
    }

    private final SegmentFolder folder;
    private final InstantSource clock;
    private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(WAITING_KB);
    private final Thread thread;
    private volatile Thread spare = Thread.ofVirtual().unstarted(() -> {});
    private volatile List<Segment> newestFirst = List.of();
    private volatile boolean writable = true;
    private volatile boolean closed;
    private @Nullable ActiveSegment active;
    private int lastNumber;

    private SegmentWriter(SegmentFolder folder, InstantSource clock, SegmentFolder.Opened opened) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.newestFirst = List.copyOf(opened.segments().reversed());
        this.lastNumber =
                opened.segments().isEmpty() ? 0 : opened.segments().getLast().number();
        destroy(opened.erased());
        this.thread = Thread.ofPlatform().daemon().name("content-writer").unstarted(this::run);
    }

    static SegmentWriter open(SegmentFolder folder, InstantSource clock) throws IOException {
        SegmentWriter writer = new SegmentWriter(folder, clock, folder.open());
        writer.thread.start();
        writer.layOutSpare();
        return writer;
    }

    List<Segment> newestFirst() {
        return newestFirst;
    }

    boolean writable() {
        return writable;
    }

    /** Writes a frame; durable when this returns. */
    void write(Frame frame) throws IOException {
        int kb = (int) Math.min(WAITING_KB, frame.length() >> 10);
        room.acquireUninterruptibly(kb);
        try {
            await(new Job(List.of(frame), () -> 0, new CompletableFuture<>()));
        } finally {
            room.release(kb);
        }
    }

    void erase(List<String> ids) throws IOException {
        List<Frame> frames = ids.stream()
                .map(id -> Frame.bare(new FrameHead(Kind.ERASED, -1, clock.millis(), id, List.of(), 0)))
                .toList();
        await(new Job(frames, () -> destroy(ids), new CompletableFuture<>()));
    }

    /** Deletes sealed segments whose newest frame is older than this; seals one that has been written for a day, so that its time can come. */
    int sweep(long before) throws IOException {
        return await(new Job(List.of(), () -> swept(before), new CompletableFuture<>()));
    }

    private int await(Job job) throws IOException {
        if (closed) {
            throw new IOException("the content store is closed");
        }
        queue.add(job);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return job.done().get();
                } catch (InterruptedException e) {
                    // The bytes may be durable already: the caller must learn it.
                    interrupted = true;
                } catch (ExecutionException e) {
                    Throwable why = e.getCause() == null ? e : e.getCause();
                    throw new IOException("the content was not kept: " + why.getMessage(), why);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (!closed || !queue.isEmpty()) {
                List<Job> jobs = new ArrayList<>();
                Job first = queue.take();
                jobs.add(first);
                long bytes = length(first);
                while (bytes < BATCH) {
                    Job next = queue.poll();
                    if (next == null) {
                        break;
                    }
                    jobs.add(next);
                    bytes += length(next);
                }
                handle(jobs, bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long length(Job job) {
        return job.frames().stream().mapToLong(Frame::length).sum();
    }

    private void handle(List<Job> jobs, long bytes) {
        try {
            List<Frame> frames =
                    jobs.stream().flatMap(job -> job.frames().stream()).toList();
            if (!frames.isEmpty()) {
                append(frames, bytes);
            }
        } catch (IOException | RuntimeException e) {
            if (writable) {
                LOG.error("contents cannot be kept, and nothing is released until they can: {}", e.toString());
            }
            writable = false;
            abandon();
            jobs.forEach(job -> job.done().completeExceptionally(e));
            return;
        }
        for (Job job : jobs) {
            try {
                job.done().complete(job.after().run());
            } catch (IOException | RuntimeException e) {
                job.done().completeExceptionally(e);
            }
        }
    }

    private void append(List<Frame> frames, long bytes) throws IOException {
        long now = clock.millis();
        ActiveSegment segment = active;
        if (segment != null && (full(segment, bytes) || now - segment.first() > OLDEST)) {
            seal();
            segment = null;
        }
        if (segment == null) {
            segment = folder.begin(lastNumber + 1, now);
            lastNumber++;
            active = segment;
            List<Segment> all = new ArrayList<>(newestFirst);
            all.addFirst(segment);
            newestFirst = List.copyOf(all);
            layOutSpare();
        }
        segment.append(frames, now);
        if (!writable) {
            LOG.info("contents can be kept again");
        }
        writable = true;
    }

    private boolean full(ActiveSegment segment, long bytes) {
        return segment.position() > SegmentFile.HEADER && segment.position() + bytes > folder.segmentBytes();
    }

    private void layOutSpare() {
        spare = Thread.ofVirtual().name("content-spare").start(() -> {
            try {
                folder.layOutSpare();
            } catch (IOException e) {
                LOG.warn("no spare segment for contents: {}", e.getMessage());
            }
        });
    }

    /** After a failed write or sync nothing more goes to this file: a second sync could lie. */
    private void abandon() {
        try {
            seal();
        } catch (IOException e) {
            LOG.warn("a segment of contents could not be sealed and is read again at the next start: {}", e.toString());
            active = null;
        }
    }

    private void seal() throws IOException {
        ActiveSegment segment = active;
        if (segment == null) {
            return;
        }
        active = null;
        SealedSegment sealed = segment.seal();
        newestFirst = newestFirst.stream()
                .map(each -> each == segment ? sealed : each)
                .toList();
    }

    private int swept(long before) throws IOException {
        if (active != null && clock.millis() - active.first() > OLDEST) {
            seal();
        }
        List<Segment> left = new ArrayList<>();
        List<SealedSegment> over = new ArrayList<>();
        for (Segment segment : newestFirst) {
            if (segment instanceof SealedSegment sealed && sealed.last() <= before) {
                over.add(sealed);
            } else {
                left.add(segment);
            }
        }
        newestFirst = List.copyOf(left);
        for (SealedSegment segment : over) {
            segment.delete();
        }
        return over.size();
    }

    /** Overwrites the wrapped keys of these contents with zeros, in every segment. */
    private int destroy(List<String> ids) throws IOException {
        int count = 0;
        List<String> left = new ArrayList<>();
        for (Segment segment : ids.isEmpty() ? List.<Segment>of() : newestFirst) {
            try (FileChannel in = segment.file().reading();
                    FileChannel out = FileChannel.open(segment.file().path(), StandardOpenOption.WRITE)) {
                int before = count;
                for (String id : ids) {
                    int keys = destroy(in, out, id, segment.newest(Name.of(id)).orElse(-1));
                    count += Math.abs(keys);
                    if (keys < 0) {
                        left.add(id + " in " + segment.file().path());
                    }
                }
                if (count > before) {
                    out.force(false);
                }
            }
        }
        if (!left.isEmpty()) {
            throw new IOException(
                    "damage hides some keys, which are therefore not destroyed: " + String.join(", ", left)
                            + "; restore these segments from the backup and erase again, or delete them");
        }
        return count;
    }

    /** How many keys were destroyed; negative where damage hid others. */
    private static int destroy(FileChannel in, FileChannel out, String id, long newest) throws IOException {
        int count = 0;
        for (long at = newest; at >= 0; ) {
            Optional<SegmentFile.Found> found = SegmentFile.frame(in, at);
            if (found.isEmpty()) {
                LOG.warn(
                        "a frame of the content {} is damaged: what lies behind it is unreadable, its keys are left",
                        id);
                return count;
            }
            FrameHead head = found.get().head();
            if (head.kind() == Kind.PARTS && head.contentId().equals(id)) {
                ByteBuffer zeros = ByteBuffer.allocate(Cipherer.WRAPPED);
                while (zeros.hasRemaining()) {
                    out.write(zeros, found.get().keyAt() + zeros.position());
                }
                count++;
            }
            at = head.previous();
        }
        return count;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            await(new Job(
                    List.of(),
                    () -> {
                        seal();
                        closed = true;
                        return 0;
                    },
                    new CompletableFuture<>()));
            thread.join();
            spare.join();
        } catch (IOException e) {
            LOG.warn("the last segment of contents is read again at the next start: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
