package dev.cinnabar.server.content;

import dev.cinnabar.server.content.FrameHead.Kind;
import dev.cinnabar.server.content.FrameHead.PartHead;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.store.KeyFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Contents in encrypted append segments: every write has a key of its own, wrapped by the master key in the key folder, and erasure destroys it; one sync makes the
 * writes of all waiting callers durable.
 */
@Article({"10", "16"})
public final class ContentStore implements Contents, AutoCloseable {
    private static final String MASTER = "content-1.key";
    private static final int SEGMENT = 64 << 20;

    private final SegmentWriter writer;
    private final Cipherer cipherer;
    private final InstantSource clock;
    private final long keptMillis;

    private ContentStore(SegmentWriter writer, Cipherer cipherer, InstantSource clock, long keptMillis) {
        this.writer = writer;
        this.cipherer = cipherer;
        this.clock = clock;
        this.keptMillis = keptMillis;
    }

    /** Opens the segments in this folder and recovers those that were being written when the server died. */
    public static ContentStore open(
            Path folder, KeyFolder keys, ContentSettings settings, InstantSource clock, SecureRandom random)
            throws NotStarted {
        return open(folder, keys, settings, clock, random, SEGMENT);
    }

    static ContentStore open(
            Path folder,
            KeyFolder keys,
            ContentSettings settings,
            InstantSource clock,
            SecureRandom random,
            int segment)
            throws NotStarted {
        byte[] master = keys.readOrMake(MASTER, () -> {
            byte[] key = new byte[32];
            random.nextBytes(key);
            return key;
        });
        if (master.length != 32) {
            throw new NotStarted(
                    keys.path(MASTER) + " is not a key of 32 bytes", "restore the keys folder from its backup");
        }
        Cipherer cipherer = new Cipherer(master, random);
        SegmentFolder segments = new SegmentFolder(folder, cipherer.check(), segment);
        try {
            SegmentWriter writer = SegmentWriter.open(segments, clock);
            return new ContentStore(
                    writer, cipherer, clock, Duration.ofDays(settings.days()).toMillis());
        } catch (IOException e) {
            throw new NotStarted(
                    "the contents in " + folder + " cannot be opened: " + e.getMessage(),
                    "restore the data folder and its keys from the same backup, or free space on the disk",
                    e);
        }
    }

    @Override
    public void put(String contentId, String part, String mediaType, byte[] bytes) throws IOException {
        put(contentId, Map.of(part, new Part(mediaType, bytes)));
    }

    @Override
    public void put(String contentId, Map<String, Part> parts) throws IOException {
        if (parts.isEmpty()) {
            return;
        }
        List<PartHead> heads = new ArrayList<>();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        parts.forEach((name, part) -> {
            heads.add(new PartHead(name, part.mediaType(), part.bytes().length));
            plain.writeBytes(part.bytes());
        });
        int body = plain.size() + Cipherer.NONCE + Cipherer.TAG;
        FrameHead head = new FrameHead(Kind.PARTS, -1, clock.millis(), contentId, List.copyOf(heads), body);
        writer.write(new ActiveSegment.Frame(head, cipherer.seal(plain.toByteArray(), head.bound())));
    }

    @Override
    public Optional<Part> get(String contentId, String part) throws IOException {
        Optional<Held> held = newest(contentId, part);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        try (FileChannel in = held.get().segment().file().reading()) {
            Optional<byte[]> plain =
                    held.get().segment().file().open(in, held.get().found(), cipherer);
            return plain.map(bytes -> cut(bytes, held.get().found().head(), part));
        } catch (NoSuchFileException e) {
            // Its retention ended a moment ago.
            return Optional.empty();
        }
    }

    private static Part cut(byte[] plain, FrameHead head, String part) {
        int at = 0;
        for (PartHead each : head.parts()) {
            if (each.name().equals(part)) {
                byte[] bytes = new byte[each.length()];
                System.arraycopy(plain, at, bytes, 0, bytes.length);
                return new Part(each.mediaType(), bytes);
            }
            at += each.length();
        }
        throw new IllegalStateException("the frame was chosen because it holds " + part);
    }

    /** The names and media types of the parts of a content that can still be read. */
    public Map<String, String> parts(String contentId) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        walk(contentId, held -> {
            held.found().head().parts().forEach(part -> parts.putIfAbsent(part.name(), part.mediaType()));
            return false;
        });
        return parts;
    }

    private record Held(Segment segment, SegmentFile.Found found) {}

    /** Looks at the frames of a content, the newest first, and says whether to stop. */
    private interface Look {
        boolean enough(Held held) throws IOException;
    }

    private Optional<Held> newest(String contentId, String part) throws IOException {
        List<Held> found = new ArrayList<>(1);
        walk(contentId, held -> {
            if (held.found().head().parts().stream().anyMatch(p -> p.name().equals(part))) {
                found.add(held);
            }
            return !found.isEmpty();
        });
        return found.stream().findFirst();
    }

    private void walk(String contentId, Look look) throws IOException {
        Name name = Name.of(contentId);
        long now = clock.millis();
        boolean doubtful = false;
        boolean any = false;
        for (Segment segment : writer.newestFirst()) {
            if (segment.last() < name.notBefore()) {
                // Older segments cannot hold it: the id tells when the content was begun.
                break;
            }
            try (FileChannel in = segment.file().reading()) {
                OptionalLong newest = segment.newest(name);
                for (long at = newest.orElse(-1); at >= 0; ) {
                    SegmentFile.Found found = frame(in, segment, at);
                    FrameHead head = found.head();
                    boolean ours = head.contentId().equals(contentId);
                    if (ours && head.kind() == Kind.ERASED) {
                        return;
                    }
                    if (ours && now - head.time() < keptMillis && look.enough(new Held(segment, found))) {
                        return;
                    }
                    any |= ours;
                    at = head.previous();
                }
            } catch (NoSuchFileException e) {
                // Its retention ended a moment ago.
                continue;
            }
            doubtful |= segment.damaged();
        }
        if (doubtful && !any) {
            throw new IOException("the content " + contentId
                    + " may lie in a damaged part of the store: restore the segments named in the log from the backup");
        }
    }

    private static SegmentFile.Found frame(FileChannel in, Segment segment, long at) throws IOException {
        return SegmentFile.frame(in, at)
                .orElseThrow(() -> new IOException(
                        segment.file().path() + " is damaged at byte " + at + ": restore it from the backup"));
    }

    /** Destroys the keys of these contents, so that nobody can read them again; durable when this returns. What is put later under the same id is new. */
    public void erase(Collection<String> contentIds) throws IOException {
        writer.erase(List.copyOf(contentIds));
    }

    /** Deletes the segments in which nothing is kept any more; for a timer. Says how many. */
    public int sweep() throws IOException {
        return writer.sweep(clock.millis() - keptMillis);
    }

    /**
     * Erases contents that no log entry names: their release failed, so nobody was ever given them.
     *
     * @param before looks only at segments sealed and older than this, in milliseconds since 1970: younger entries may be on their way
     * @param recorded of a set of content ids, those that the traffic log names
     * @return how many were erased
     */
    public int sweepOrphans(long after, long before, UnaryOperator<Set<String>> recorded) throws IOException {
        int erased = 0;
        for (Segment segment : writer.newestFirst()) {
            if (segment instanceof SealedSegment && segment.last() < before && segment.last() >= after) {
                erased += sweepOrphans(segment, recorded);
            }
        }
        return erased;
    }

    private int sweepOrphans(Segment segment, UnaryOperator<Set<String>> recorded) throws IOException {
        int erased = 0;
        long[] offsets = segment.offsets();
        try (FileChannel in = segment.file().reading()) {
            for (int from = 0; from < offsets.length; from += 1000) {
                Set<String> ids = new LinkedHashSet<>();
                for (int i = from; i < Math.min(from + 1000, offsets.length); i++) {
                    FrameHead head = frame(in, segment, offsets[i]).head();
                    if (head.kind() == Kind.PARTS) {
                        ids.add(head.contentId());
                    }
                }
                Set<String> orphans = new LinkedHashSet<>(ids);
                orphans.removeAll(recorded.apply(ids));
                if (!orphans.isEmpty()) {
                    erase(orphans);
                    erased += orphans.size();
                }
            }
        }
        return erased;
    }

    /** Whether the last write succeeded. */
    public boolean writable() {
        return writer.writable();
    }

    @Override
    public void close() {
        writer.close();
    }
}
