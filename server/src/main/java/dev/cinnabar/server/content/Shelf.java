package dev.cinnabar.server.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which segment holds what: the one being written from memory, the finished ones by their indexes on disk. */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final Path folder;
    private final TreeMap<Integer, Index> finished;
    private Optional<Segment> active = Optional.empty();
    private final Map<Long, List<Index.Entry>> fresh = new HashMap<>();
    /** Acknowledged entries of abandoned segments whose index could not be written, kept in memory until the next start. */
    private final TreeMap<Integer, Map<Long, List<Index.Entry>>> lost = new TreeMap<>();

    Shelf(Path folder, Map<Integer, Index> finished) {
        this.folder = folder;
        this.finished = new TreeMap<>(finished);
    }

    synchronized void begin(Segment segment) {
        active = Optional.of(segment);
        fresh.clear();
    }

    /** What became durable in the segment being written. */
    synchronized void add(List<Index.Entry> entries) {
        entries.forEach(entry ->
                fresh.computeIfAbsent(entry.content(), k -> new ArrayList<>()).add(entry));
    }

    synchronized void finish(Segment segment) throws IOException {
        List<Index.Entry> all = fresh.values().stream().flatMap(List::stream).toList();
        finished.put(segment.number(), Index.write(folder, segment.number(), all));
        forget(segment);
    }

    /** Puts a segment away whose last write failed: only what was acknowledged is in its index. */
    synchronized void abandon(Segment segment) {
        try {
            finish(segment);
        } catch (IOException e) {
            LOG.error(
                    "the index of content segment {} could not be written; it is made anew at the next start: {}",
                    segment.number(),
                    e.toString());
            lost.put(segment.number(), new HashMap<>(fresh));
            forget(segment);
        }
    }

    private void forget(Segment segment) {
        fresh.clear();
        active = Optional.empty();
        try {
            segment.close();
        } catch (IOException e) {
            LOG.warn("content segment {} could not be closed: {}", segment.number(), e.toString());
        }
    }

    /** Where a content's entries stand, segment by segment, newest first: looked up under the lock, read without it. */
    private List<Held> held(long content) throws IOException {
        List<Held> all = new ArrayList<>();
        TreeMap<Integer, Index> indexes;
        synchronized (this) {
            active.ifPresent(segment ->
                    all.add(new Held(segment.number(), List.copyOf(fresh.getOrDefault(content, List.of())))));
            lost.descendingMap()
                    .forEach((number, entries) ->
                            all.add(new Held(number, List.copyOf(entries.getOrDefault(content, List.of())))));
            indexes = new TreeMap<>(finished);
        }
        for (Index index : indexes.descendingMap().values()) {
            all.add(new Held(index.number(), index.find(folder, content)));
        }
        all.removeIf(held -> held.entries().isEmpty());
        return all;
    }

    private record Held(int segment, List<Index.Entry> entries) {}

    /** The newest record of a part. */
    Optional<Sealed> find(String contentId, String part) throws IOException {
        long name = Index.hash(part);
        for (Held held : held(Index.hash(contentId))) {
            try (Segment segment = Segment.open(folder, held.segment(), FileChannel::open)) {
                Optional<Sealed> found = newest(segment, held.entries(), contentId, part, name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Sealed> newest(
            Segment segment, List<Index.Entry> entries, String contentId, String part, long name) throws IOException {
        for (Index.Entry entry : entries.reversed()) {
            if (entry.part() == name) {
                Sealed record = read(segment, entry, contentId);
                if (record.contentId().equals(contentId) && record.part().equals(part)) {
                    return Optional.of(record);
                }
            }
        }
        return Optional.empty();
    }

    private static Sealed read(Segment segment, Index.Entry entry, String contentId) throws IOException {
        try {
            return segment.read(entry.at());
        } catch (Sealed.Damaged e) {
            throw new IOException(
                    "content " + contentId + " is damaged in segment " + segment.number() + " at byte " + entry.at()
                            + " (" + e.getMessage() + "): restore the segment from the backup",
                    e);
        }
    }

    int erase(String contentId) throws IOException {
        int erased = 0;
        for (Held held : held(Index.hash(contentId))) {
            try (Segment segment = Segment.open(folder, held.segment(), FileChannel::open)) {
                erased += erase(segment, held.entries(), contentId);
            }
        }
        return erased;
    }

    private static int erase(Segment segment, List<Index.Entry> entries, String contentId) throws IOException {
        int erased = 0;
        for (Index.Entry entry : entries) {
            Sealed record = read(segment, entry, contentId);
            if (record.contentId().equals(contentId) && !record.erased()) {
                segment.erase(entry.at());
                erased++;
            }
        }
        return erased;
    }

    synchronized int deleteBefore(Instant end) throws IOException {
        NavigableMap<Integer, Index> old = new TreeMap<>(finished);
        int deleted = 0;
        for (Index index : old.values()) {
            if (index.last().isBefore(end)) {
                Files.deleteIfExists(Segment.path(folder, index.number()));
                Files.deleteIfExists(Index.path(folder, index.number()));
                finished.remove(index.number());
                deleted++;
            }
        }
        return deleted;
    }

    synchronized void close() throws IOException {
        if (active.isPresent()) {
            active.get().close();
        }
    }
}
