package dev.cinnabar.server.content;

import dev.cinnabar.server.law.Article;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contents in encrypted append segments. One writer takes whatever waits, writes it and syncs once; callers wait for that. Every part has a key of its own, wrapped
 * by the master key; erasure destroys the key where it stands. A segment is finished at {@value #LARGEST} bytes or with the day, and deleted whole when all of it
 * is past its retention.
 */
@Article({"10", "16"})
public final class SegmentContents implements Contents, AutoCloseable {
    static final long LARGEST = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(SegmentContents.class);
    /** What may wait for the disk, in kibibytes; whoever comes later waits before sealing more. */
    private static final int WAITING_KIB = 512 << 10;

    private final Path folder;
    private final SecretKey master;
    private final Duration retention;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Segment.Opener opener;

    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(8_192);
    private final Semaphore room = new Semaphore(WAITING_KIB);
    private final Shelf shelf;
    private final Thread writer;
    private volatile boolean closing;
    private int nextNumber;
    private Optional<Segment> active = Optional.empty();
    private LocalDate activeDay = LocalDate.EPOCH;
    private LocalDate swept = LocalDate.EPOCH;

    private record Waiting(List<Sealed> parts, CompletableFuture<Boolean> done) {}

    private SegmentContents(
            Path folder,
            byte[] masterKey,
            Duration retention,
            InstantSource clock,
            SecureRandom random,
            Segment.Opener opener,
            Shelf shelf,
            int nextNumber) {
        this.folder = folder;
        this.master = new SecretKeySpec(masterKey, "AES");
        this.retention = retention;
        this.clock = clock;
        this.random = random;
        this.opener = opener;
        this.shelf = shelf;
        this.nextNumber = nextNumber;
        this.writer = Thread.ofPlatform().name("contents").daemon().unstarted(this::write);
    }

    /**
     * Opens the folder, made where it is missing; recovers what a crash left.
     *
     * @param masterKey 32 bytes, kept outside this folder
     * @param retention how long a part may be read (INTERNAL: no law sets it)
     */
    public static SegmentContents open(
            Path folder, byte[] masterKey, Duration retention, InstantSource clock, SecureRandom random)
            throws IOException {
        return open(folder, masterKey, retention, clock, random, FileChannel::open);
    }

    static SegmentContents open(
            Path folder,
            byte[] masterKey,
            Duration retention,
            InstantSource clock,
            SecureRandom random,
            Segment.Opener opener)
            throws IOException {
        Files.createDirectories(folder);
        TreeMap<Integer, Index> finished = new TreeMap<>();
        int last = 0;
        for (int number : numbers(folder)) {
            last = number;
            Optional<Index> index = Index.read(folder, number);
            finished.put(number, index.isPresent() ? index.get() : recover(folder, number));
        }
        SegmentContents contents = new SegmentContents(
                folder, masterKey, retention, clock, random, opener, new Shelf(folder, finished), last + 1);
        contents.writer.start();
        return contents;
    }

    private static List<Integer> numbers(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d{8}\\.seg"))
                    .map(name -> Integer.parseInt(name.substring(0, 8)))
                    .sorted()
                    .toList();
        }
    }

    /** Reads a segment that was not finished: what is whole stays, a torn end goes, damage in the middle is told and left as it is. */
    private static Index recover(Path folder, int number) throws IOException {
        try (Segment segment = Segment.open(folder, number, FileChannel::open)) {
            Segment.Found found = segment.scan();
            found.damaged()
                    .forEach(at -> LOG.error(
                            "content segment {} is damaged at byte {}: restore it from the backup", number, at));
            segment.trim(found.end());
            return Index.write(folder, number, found.entries());
        }
    }

    @Override
    public void put(String contentId, String part, String mediaType, byte[] bytes) throws IOException {
        put(contentId, Map.of(part, new Part(mediaType, bytes)));
    }

    @Override
    public void put(String contentId, Map<String, Part> parts) throws IOException {
        int size = 1;
        for (Part part : parts.values()) {
            size += part.bytes().length >> 10;
        }
        int taken = Math.min(size, WAITING_KIB);
        room.acquireUninterruptibly(taken);
        try {
            Instant now = clock.instant();
            List<Sealed> sealed = new ArrayList<>();
            parts.forEach((name, part) ->
                    sealed.add(Sealed.of(contentId, name, part.mediaType(), now, part.bytes(), master, random)));
            await(sealed);
        } finally {
            room.release(taken);
        }
    }

    private void await(List<Sealed> sealed) throws IOException {
        Waiting waiting = new Waiting(sealed, new CompletableFuture<>());
        try {
            if (closing || !queue.offer(waiting, 10, TimeUnit.SECONDS)) {
                throw new IOException("the content store is closing or its disk hangs; nothing was kept");
            }
            // The writer answers every batch; the time bounds a disk that never comes back.
            waiting.done().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the content was written", e);
        } catch (ExecutionException e) {
            throw new IOException("the content could not be written: " + e.getCause(), e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IOException("the disk of the content store does not answer", e);
        }
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            batch.clear();
            try {
                Waiting first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, 1_023);
                    write(batch);
                    batch.forEach(one -> one.done().complete(true));
                } else {
                    idle();
                }
            } catch (IOException | RuntimeException e) {
                abandon(e);
                batch.forEach(one -> one.done().completeExceptionally(e));
            } catch (InterruptedException e) {
                closing = true;
            }
        }
        queue.forEach(one -> one.done().completeExceptionally(new IOException("the content store closed")));
    }

    private void write(List<Waiting> batch) throws IOException {
        if (batch.stream().allMatch(one -> one.parts().isEmpty())) {
            return;
        }
        List<Index.Entry> entries = new ArrayList<>();
        Segment segment = segment();
        for (Waiting one : batch) {
            for (Sealed part : one.parts()) {
                entries.add(Index.Entry.of(part, segment.append(part.bytes())));
            }
        }
        segment.force();
        shelf.add(entries);
    }

    private Segment segment() throws IOException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (active.isPresent() && active.get().end() < LARGEST && activeDay.equals(today)) {
            return active.get();
        }
        finish();
        Segment fresh = Segment.create(folder, nextNumber++, opener);
        try (FileChannel dir = FileChannel.open(folder)) {
            dir.force(true);
        }
        active = Optional.of(fresh);
        activeDay = today;
        shelf.begin(fresh);
        return fresh;
    }

    private void finish() throws IOException {
        if (active.isPresent()) {
            Segment old = active.get();
            active = Optional.empty();
            old.trim(old.end());
            shelf.finish(old);
        }
    }

    /** After a failed write nothing of this segment is sure: what was acknowledged is read back from disk, and the next write begins a new one. */
    private void abandon(Exception why) {
        LOG.error("the content store could not write and goes on in a new segment: {}", why.toString());
        active.ifPresent(segment -> {
            active = Optional.empty();
            shelf.abandon(segment);
        });
    }

    /** Once a day, when nobody waits, what is past its retention goes. */
    private void idle() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(swept)) {
            swept = today;
            try {
                sweep();
            } catch (IOException e) {
                LOG.error("contents past their retention could not be deleted: {}", e.toString());
            }
        }
    }

    @Override
    public Optional<Part> get(String contentId, String part) throws IOException {
        Optional<Sealed> found = shelf.find(contentId, part);
        if (found.isEmpty()
                || found.get().erased()
                || found.get().at().isBefore(clock.instant().minus(retention))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Part(found.get().mediaType(), found.get().open(master)));
        } catch (Sealed.Damaged e) {
            throw new IOException("content " + contentId + ", part " + part + ": " + e.getMessage(), e);
        }
    }

    /** Destroys the keys of every part of a content, durably: nothing of it can ever be read again. Gives how many parts there were. */
    @Article("10")
    public int erase(String contentId) throws IOException {
        return shelf.erase(contentId);
    }

    /** Deletes segments of which everything is past its retention; gives how many. */
    public int sweep() throws IOException {
        return shelf.deleteBefore(clock.instant().minus(retention));
    }

    @Override
    public void close() throws IOException {
        closing = true;
        // An empty batch wakes the writer.
        boolean woken = queue.offer(new Waiting(List.of(), new CompletableFuture<>()));
        try {
            writer.join(TimeUnit.SECONDS.toMillis(woken ? 30 : 60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        finish();
        shelf.close();
    }
}
