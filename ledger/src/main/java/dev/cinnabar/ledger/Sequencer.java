package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Gives entries their index and makes them durable: one thread that takes whatever waits, writes it, syncs once and tells those who wait. While it syncs, the
 * next batch gathers; no timer is involved.
 */
final class Sequencer implements Runnable {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long NOTABLE_STEP_BACK = 1_000_000; // microseconds

    private final Segments segments;
    private final Gate gate;
    private final InstantSource clock;
    private final LedgerListener listener;
    private final int batchBytes;
    private final int waitingBytes;
    private final Queue<Ticket> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong weight = new AtomicLong();
    private final ByteBuffer buffer;
    private final Thread thread;
    private volatile Sequenced sequenced;
    private volatile boolean parked;
    private volatile boolean closing;
    private volatile boolean ended;
    private boolean suspect;
    private boolean clockWentBack;

    Sequencer(
            Segments segments,
            Gate gate,
            InstantSource clock,
            LedgerListener listener,
            LedgerOptions options,
            Sequenced recovered) {
        this.segments = segments;
        this.gate = gate;
        this.clock = clock;
        this.listener = listener;
        this.sequenced = recovered;
        this.waitingBytes = options.waitingBytes();
        int longest = SegmentFrame.length(Ledger.MAX_ENTRY);
        this.batchBytes = Math.max(longest, Math.min(options.batchBytes(), options.segmentBytes() / 2));
        this.buffer = ByteBuffer.allocateDirect(batchBytes);
        this.thread = Thread.ofPlatform().daemon().name("ledger-sequencer").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** What is durable now. */
    Sequenced sequenced() {
        return sequenced;
    }

    Ticket submit(byte[] content) throws LedgerException.NotRecorded {
        Optional<LedgerException.NotRecorded> refusal = gate.refusal();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        int cost = SegmentFrame.length(content.length);
        if (weight.addAndGet(cost) > waitingBytes && weight.get() > cost) {
            weight.addAndGet(-cost);
            throw new LedgerException.NotRecorded(
                    "More entries wait for the disk than there is room for; ask again in a moment.");
        }
        Ticket ticket = new Ticket(content);
        waiting.add(ticket);
        if (parked) {
            LockSupport.unpark(thread);
        }
        if (ended) {
            failWaiting(new LedgerException.NotRecorded("The ledger is closed."));
        }
        return ticket;
    }

    @Override
    public void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                List<Ticket> batch = take();
                if (batch.isEmpty()) {
                    rest();
                } else {
                    record(batch);
                }
            }
        } finally {
            if (!closing) {
                gate.breakDown("the thread that writes ended unexpectedly");
            }
            ended = true;
            failWaiting(new LedgerException.NotRecorded("The ledger is closed."));
        }
    }

    private void rest() {
        parked = true;
        if (waiting.isEmpty() && !closing) {
            LockSupport.park(this);
        }
        parked = false;
    }

    private List<Ticket> take() {
        List<Ticket> batch = new ArrayList<>();
        int bytes = 0;
        for (Ticket next = waiting.peek(); next != null; next = waiting.peek()) {
            int cost = SegmentFrame.length(next.content().length);
            if (bytes + cost > batchBytes) {
                break;
            }
            bytes += cost;
            batch.add(next);
            waiting.remove();
        }
        weight.addAndGet(-bytes);
        return batch;
    }

    private void record(List<Ticket> batch) {
        try {
            if (gate.broken()) {
                throw new IOException("the ledger is broken");
            }
            Sequenced before = sequenced;
            Instant now = instant(before);
            int[] lengths = lengths(batch);
            Segment segment = segments.withRoom(IntStream.of(lengths).sum());
            encode(batch, segment, Leaf.micros(now));
            suspect = true;
            segment.append(buffer, lengths);
            suspect = false;
            sequenced = new Sequenced(before.size() + batch.size(), now);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).durable(new Appended(before.size() + i, now));
            }
        } catch (IOException | RuntimeException e) {
            refuse(batch, e);
        }
    }

    private static int[] lengths(List<Ticket> batch) {
        return batch.stream()
                .mapToInt(ticket -> SegmentFrame.length(ticket.content().length))
                .toArray();
    }

    private void encode(List<Ticket> batch, Segment segment, long micros) {
        buffer.clear();
        for (int i = 0; i < batch.size(); i++) {
            byte[] content = batch.get(i).content();
            SegmentFrame.put(buffer, segment.nonce(), segment.end() + i, i, micros, content);
        }
        buffer.flip();
    }

    private Instant instant(Sequenced before) {
        Instant now = Leaf.instantOf(Leaf.micros(clock.instant()));
        if (!now.isBefore(before.last())) {
            clockWentBack = false;
            return now;
        }
        if (!clockWentBack && Leaf.micros(before.last()) - Leaf.micros(now) > NOTABLE_STEP_BACK) {
            clockWentBack = true;
            listener.alarm("The clock went back from " + before.last() + " to " + now
                    + ". Entries carry the earlier reading until it has caught up.");
        }
        return before.last();
    }

    private void refuse(List<Ticket> batch, Exception cause) {
        String reason = "writing to the segment failed: " + cause.getMessage();
        gate.refuse(reason);
        LedgerException.NotRecorded refusal = gate.refusal()
                .orElseGet(() -> new LedgerException.NotRecorded("The ledger could not record: " + reason, cause));
        batch.forEach(ticket -> ticket.failed(refusal));
        mend();
    }

    /** Tries until it can write again or the ledger is closed; meanwhile whoever slipped in is refused. */
    private void mend() {
        for (long pause = FIRST_PAUSE; !closing; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            gate.refusal().ifPresent(this::failWaiting);
            if (!gate.broken() && mended()) {
                gate.open();
                return;
            }
            LockSupport.parkNanos(this, pause);
        }
    }

    private boolean mended() {
        try {
            if (suspect) {
                segments.renew();
                suspect = false;
            } else {
                segments.prepare();
            }
            return true;
        } catch (LedgerException.Damaged e) {
            gate.breakDown(String.valueOf(e.getMessage()));
            return false;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private void failWaiting(LedgerException.NotRecorded why) {
        for (Ticket next = waiting.poll(); next != null; next = waiting.poll()) {
            weight.addAndGet(-SegmentFrame.length(next.content().length));
            next.failed(why);
        }
    }

    /** Records what waits, then ends. */
    void close() {
        closing = true;
        LockSupport.unpark(thread);
        Threads.join(thread);
    }
}
