package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Reads entries, from segments while these last and from bundles afterwards. Threads may share it. */
final class Reader {
    private static final int CHUNK = 1 << 20;
    private static final int ATTEMPTS = 3;

    private final Layout layout;
    private final Segments segments;
    private final LongSupplier size;
    private final LongSupplier minimum;

    Reader(Layout layout, Segments segments, LongSupplier size, LongSupplier minimum) {
        this.layout = layout;
        this.segments = segments;
        this.size = size;
        this.minimum = minimum;
    }

    long size() {
        return size.getAsLong();
    }

    long minimum() {
        return minimum.getAsLong();
    }

    Entry read(long index) throws LedgerException {
        check(index);
        if (index >= size.getAsLong()) {
            throw new LedgerException.NoSuchEntry(
                    "There is no entry " + index + ": the log has " + size.getAsLong() + ".");
        }
        return some(index, index + 1).getFirst();
    }

    private void check(long index) throws LedgerException.NoSuchEntry {
        if (index < minimum.getAsLong()) {
            throw new LedgerException.NoSuchEntry("Entry " + index + " is not kept: "
                    + (index < 0 ? "indices begin at 0." : "entries below " + minimum.getAsLong() + " were pruned."));
        }
    }

    /** At least one entry from this index, and more up to the given end as it comes cheaply. */
    List<Entry> some(long from, long to) throws LedgerException {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<List<Entry>> entries = attempt(from, to);
                if (entries.isPresent()) {
                    return entries.get();
                }
            }
        } catch (IOException e) {
            throw new LedgerException.Unavailable("Cannot read entry " + from + ": " + e.getMessage(), e);
        }
        throw new LedgerException.Damaged(
                layout.folder(),
                OptionalLong.empty(),
                "entry " + from + " is not where it was written or not what was written",
                "Run fsck, which names the file.");
    }

    /** One attempt; empty where the segment it was to come from was replaced or removed meanwhile. */
    private Optional<List<Entry>> attempt(long from, long to) throws IOException, LedgerException {
        Optional<Segment> holding = segments.holding(from);
        if (holding.isEmpty()) {
            return Optional.of(bundled(from, to));
        }
        Segment segment = holding.get();
        try {
            return segment.entries(from, segment.within(from, Math.min(to, segment.end()), CHUNK));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private List<Entry> bundled(long from, long to) throws IOException, LedgerException {
        Path file = layout.tile(new TilePath(TilePath.ENTRIES, from / TilePath.FULL, TilePath.FULL));
        List<byte[]> leaves = Bundle.leaves(Files.readAllBytes(file)).orElse(List.of());
        if (leaves.size() != TilePath.FULL || !leaves.stream().allMatch(Leaf::fits)) {
            throw new LedgerException.Damaged(
                    file, OptionalLong.empty(), "it is not 256 whole entries", "Restore the file from a backup.");
        }
        long base = from - from % TilePath.FULL;
        List<Entry> entries = new ArrayList<>();
        for (long index = from; index < Math.min(to, base + TilePath.FULL); index++) {
            entries.add(Entry.of(index, leaves.get((int) (index - base))));
        }
        return entries;
    }

    EntryCursor from(long index) throws LedgerException.NoSuchEntry {
        check(index);
        return new Cursor(index);
    }

    private final class Cursor implements EntryCursor {
        private final Deque<Entry> ready = new ArrayDeque<>();
        private long position;

        Cursor(long position) {
            this.position = position;
        }

        @Override
        public Optional<Entry> next() throws LedgerException {
            if (ready.isEmpty() && position < size.getAsLong()) {
                check(position);
                ready.addAll(some(position, size.getAsLong()));
            }
            Optional<Entry> next = Optional.ofNullable(ready.poll());
            position += next.isPresent() ? 1 : 0;
            return next;
        }

        @Override
        public long position() {
            return position;
        }
    }
}
