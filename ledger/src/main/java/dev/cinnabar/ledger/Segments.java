package dev.cinnabar.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** The segments of a ledger that is open, oldest first; the last one is written to. */
final class Segments implements Closeable {
    private final Layout layout;
    private final Origin origin;
    private final LedgerOptions options;
    private final Reserve reserve;
    private final LongSupplier nonces;
    private final ReentrantLock preparing = new ReentrantLock();
    private volatile List<Segment> all;

    Segments(
            Layout layout,
            Origin origin,
            LedgerOptions options,
            Reserve reserve,
            LongSupplier nonces,
            List<Segment> recovered) {
        this.layout = layout;
        this.origin = origin;
        this.options = options;
        this.reserve = reserve;
        this.nonces = nonces;
        this.all = List.copyOf(recovered);
    }

    List<Segment> all() {
        return all;
    }

    private Segment last() {
        return all.getLast();
    }

    /** The segment that holds this index, if one still does. */
    Optional<Segment> holding(long index) {
        List<Segment> now = all;
        for (int i = now.size() - 1; i >= 0; i--) {
            Segment segment = now.get(i);
            if (index >= segment.first()) {
                return index < segment.end() ? Optional.of(segment) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The segment to write the next batch to; begins a new one where the last has no room. Only the sequencer calls this. */
    Segment withRoom(int bytes) throws IOException {
        if (last().room() < bytes) {
            begin(last().end());
        }
        return last();
    }

    private void begin(long first) throws IOException {
        preparing.lock();
        try {
            prepare();
            SegmentHead head = new SegmentHead(first, nonces.getAsLong());
            SegmentFile file = options.disk().open(layout.spare());
            try {
                file.write(head.bytes(origin), 0);
                file.force();
                options.disk().rename(layout.spare(), layout.segment(first));
                add(new Segment(layout.segment(first), head, file, new int[] {SegmentHead.BYTES}));
            } catch (IOException | RuntimeException e) {
                file.close();
                options.disk().delete(layout.spare()); // it may be half written: the next attempt makes another
                throw e;
            }
        } finally {
            preparing.unlock();
        }
    }

    private void add(Segment segment) {
        List<Segment> more = new ArrayList<>(all);
        more.add(segment);
        all = List.copyOf(more);
    }

    /** Makes the next segment ready where it is not. */
    void prepare() throws IOException {
        preparing.lock();
        try {
            if (!Files.exists(layout.spare())) {
                try {
                    options.disk()
                            .create(layout.spare(), options.segmentBytes())
                            .close();
                } catch (IOException e) {
                    if (!reserve.giveUp("no room for the next segment: " + e.getMessage())) {
                        throw e;
                    }
                    options.disk()
                            .create(layout.spare(), options.segmentBytes())
                            .close();
                }
            }
        } finally {
            preparing.unlock();
        }
    }

    boolean wantsSpare() {
        return last().mostlyFull();
    }

    /**
     * Writes what was acknowledged in the last segment to a new file that takes its place. A sync that failed once may say on the same file that all is well
     * when nothing was written, so that file is never synced again.
     */
    void renew() throws IOException, LedgerException.Damaged {
        preparing.lock();
        try {
            Segment old = last();
            List<Segment> others = new ArrayList<>(all.subList(0, all.size() - 1));
            others.add(SegmentCopy.replace(old, layout, origin, options, nonces.getAsLong()));
            all = List.copyOf(others);
            old.close();
        } finally {
            preparing.unlock();
        }
    }

    /** Forgets and removes a segment whose entries stand in durable bundles. */
    void retire(Segment segment) throws IOException {
        preparing.lock();
        try {
            all = all.stream().filter(kept -> kept != segment).toList();
        } finally {
            preparing.unlock();
        }
        segment.close();
        options.disk().delete(segment.path());
        options.disk().sync(layout.segments()); // else a crash could bring an older one back and leave a gap
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : all) {
            segment.close();
        }
    }
}
