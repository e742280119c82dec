package dev.cinnabar.server.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.store.KeyFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTest {
    private static final int SMALL = 1 << 16;

    @TempDir
    private Path home;

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private Path folder = Path.of("");

    @BeforeEach
    void folder() {
        folder = home.resolve("content");
    }

    @Test
    void partsComeBackAsTheyWereKept() throws Exception {
        byte[] large = new byte[3 * SMALL];
        new SecureRandom().nextBytes(large);
        try (ContentStore store = open()) {
            store.put("a", Map.of("prompt", text("moonlit-teapot"), "salt", text("s")));
            store.put("a", "answer", "text/plain", bytes("first"));
            store.put("a", "answer", "text/markdown", bytes("second"));
            store.put("b", "media/0", "image/png", large);
            checkAll(store, large);
        }
        try (ContentStore store = open()) {
            checkAll(store, large);
            store.put("a", "more", "text/plain", bytes("x"));
            assertThat(store.parts("a").keySet()).containsExactlyInAnyOrder("prompt", "salt", "answer", "more");
        }
    }

    private static void checkAll(ContentStore store, byte[] large) throws IOException {
        assertThat(read(store, "a", "prompt")).isEqualTo("moonlit-teapot");
        assertThat(read(store, "a", "answer")).isEqualTo("second");
        assertThat(store.get("a", "answer").orElseThrow().mediaType()).isEqualTo("text/markdown");
        assertThat(store.get("b", "media/0").orElseThrow().bytes()).isEqualTo(large);
        assertThat(store.get("a", "nothing")).isEmpty();
        assertThat(store.get("c", "prompt")).isEmpty();
    }

    @Test
    void nothingOfTheContentLiesInTheFilesInTheClear() throws Exception {
        try (ContentStore store = open()) {
            store.put("a", "prompt", "text/plain", bytes("moonlit-teapot"));
        }
        for (Path file : files()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("moonlit-teapot");
        }
    }

    @Test
    void manyCallersOverManySegmentsLoseNothing() throws Exception {
        try (ContentStore store = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                int n = i;
                all.add(threads.submit(() -> {
                    store.put("c" + n, "prompt", "text/plain", bytes("p" + n));
                    store.put("c" + n, "answer", "text/plain", bytes("a" + n));
                    return n;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(read(store, "c" + i, "answer")).isEqualTo("a" + i);
            }
        }
        assertThat(files().stream().filter(f -> f.toString().endsWith(".seg")).count())
                .isGreaterThan(3);
        try (ContentStore store = open()) {
            for (int i = 0; i < 1000; i++) {
                assertThat(read(store, "c" + i, "prompt")).isEqualTo("p" + i);
            }
        }
    }

    @Test
    void erasureDestroysTheKeysForGood() throws Exception {
        try (ContentStore store = open()) {
            store.put("a", "prompt", "text/plain", bytes("one"));
            fill(store, 300);
            store.put("a", "answer", "text/plain", bytes("two"));
            store.put("b", "prompt", "text/plain", bytes("stays"));
            store.erase(List.of("a", "never-there"));
            assertThat(store.get("a", "prompt")).isEmpty();
            assertThat(store.get("a", "answer")).isEmpty();
            assertThat(store.parts("a")).isEmpty();
            assertThat(read(store, "b", "prompt")).isEqualTo("stays");
        }
        try (ContentStore store = open()) {
            assertThat(store.get("a", "prompt")).isEmpty();
            assertThat(read(store, "b", "prompt")).isEqualTo("stays");
        }
        int destroyed = 0;
        for (Path file : files()) {
            if (file.toString().endsWith(".seg")) {
                destroyed += destroyedIn(new SegmentFile(file), "a");
            }
        }
        assertThat(destroyed).isEqualTo(2);
    }

    private static int destroyedIn(SegmentFile file, String id) throws IOException {
        int destroyed = 0;
        try (var in = file.reading()) {
            for (long at = SegmentFile.HEADER; at < in.size(); ) {
                SegmentFile.Found found = SegmentFile.frame(in, at).orElseThrow();
                if (found.head().kind() == FrameHead.Kind.PARTS
                        && found.head().contentId().equals(id)) {
                    byte[] all = Files.readAllBytes(file.path());
                    byte[] key = java.util.Arrays.copyOfRange(all, (int) found.keyAt(), (int) found.keyAt() + 40);
                    assertThat(Cipherer.destroyed(key)).isTrue();
                    destroyed++;
                }
                at = found.end();
            }
        }
        return destroyed;
    }

    @Test
    void anErasureThatACrashCutShortIsFinishedAtTheNextStart() throws Exception {
        Path copy = home.resolve("crashed");
        try (ContentStore store = open()) {
            store.put("a", "prompt", "text/plain", bytes("one"));
        }
        byte[] before = Files.readAllBytes(folder.resolve("00000001.seg"));
        try (ContentStore store = open()) {
            store.erase(List.of("a"));
            copyTo(copy);
        }
        // The tombstone is durable, the key not yet overwritten.
        Files.write(copy.resolve("00000001.seg"), before);
        folder = copy;
        try (ContentStore store = open()) {
            assertThat(store.get("a", "prompt")).isEmpty();
        }
        assertThat(destroyedIn(new SegmentFile(copy.resolve("00000001.seg")), "a"))
                .isEqualTo(1);
    }

    @Test
    void whatIsOverIsNotReadAndThenDeleted() throws Exception {
        try (ContentStore store = open()) {
            store.put("old", "prompt", "text/plain", bytes("old"));
            now = now.plus(Duration.ofDays(20));
            store.put("new", "prompt", "text/plain", bytes("new"));
            assertThat(read(store, "old", "prompt")).isEqualTo("old");
            now = now.plus(Duration.ofDays(10));
            assertThat(store.get("old", "prompt"))
                    .as("30 days later, before any sweep")
                    .isEmpty();
            assertThat(store.sweep()).isEqualTo(1);
            assertThat(read(store, "new", "prompt")).isEqualTo("new");
            assertThat(store.get("old", "prompt")).isEmpty();
            now = now.plus(Duration.ofDays(20));
            assertThat(store.sweep()).isEqualTo(1);
        }
        assertThat(files().stream().filter(f -> f.toString().endsWith(".seg"))).isEmpty();
    }

    @Test
    void orphansAreErasedAndWhatIsRecordedStays() throws Exception {
        try (ContentStore store = open()) {
            store.put("recorded", "prompt", "text/plain", bytes("kept"));
            store.put("orphan", "prompt", "text/plain", bytes("never released"));
        }
        try (ContentStore store = open()) {
            store.put("on-its-way", "prompt", "text/plain", bytes("young"));
            int erased = store.sweepOrphans(
                    0, now.toEpochMilli() + 1, ids -> ids.contains("recorded") ? Set.of("recorded") : Set.of());
            assertThat(erased).isEqualTo(1);
            assertThat(store.get("orphan", "prompt")).isEmpty();
            assertThat(read(store, "recorded", "prompt")).isEqualTo("kept");
            assertThat(read(store, "on-its-way", "prompt")).isEqualTo("young");
        }
    }

    @Test
    void aTornEndAtAnyByteLosesNothingThatWasAcknowledged() throws Exception {
        Path crashed = home.resolve("crashed");
        int before;
        int after;
        try (ContentStore store = open()) {
            store.put("a", "prompt", "text/plain", bytes("acknowledged"));
            before = used();
            store.put("b", "prompt", "text/plain", bytes("in the last batch"));
            after = used();
            copyTo(crashed);
        }
        byte[] whole = Files.readAllBytes(crashed.resolve("00000001.seg"));
        folder = crashed;
        for (int cut = before; cut <= after; cut++) {
            byte[] torn = whole.clone();
            java.util.Arrays.fill(torn, cut, torn.length, (byte) 0);
            Files.write(crashed.resolve("00000001.seg"), torn);
            Files.deleteIfExists(crashed.resolve("00000001.idx"));
            try (ContentStore store = open()) {
                assertThat(read(store, "a", "prompt")).isEqualTo("acknowledged");
                Optional<Contents.Part> last = store.get("b", "prompt");
                assertThat(last.isPresent()).as("cut at %d of %d", cut, after).isEqualTo(cut == after);
            }
        }
    }

    @Test
    void oneFlippedBitIsAClearErrorAndNeverWrongBytes() throws Exception {
        Map<String, String> kept = new LinkedHashMap<>();
        try (ContentStore store = open()) {
            for (int i = 0; i < 4; i++) {
                kept.put("c" + i, "answer " + i);
                store.put("c" + i, "answer", "text/plain", bytes("answer " + i));
            }
        }
        Path segment = folder.resolve("00000001.seg");
        Path index = folder.resolve("00000001.idx");
        byte[] good = Files.readAllBytes(segment);
        byte[] goodIndex = Files.readAllBytes(index);
        for (boolean indexed : new boolean[] {true, false}) {
            for (int at = 0; at < good.length; at++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << at % 8);
                Files.write(segment, bad);
                Files.write(index, goodIndex);
                if (!indexed) {
                    Files.delete(index);
                }
                assertThat(faultsOf(kept))
                        .as("byte %d, indexed %s", at, indexed)
                        .isLessThanOrEqualTo(4);
            }
        }
        Files.write(segment, good);
        for (int at = 0; at < goodIndex.length; at++) {
            byte[] bad = goodIndex.clone();
            bad[at] ^= 0x10;
            Files.write(index, bad);
            assertThat(faultsOf(kept)).as("byte %d of the index", at).isZero();
        }
    }

    /** How many contents could not be read with a clear error; fails on wrong bytes and on bytes that are silently missing. */
    private int faultsOf(Map<String, String> kept) throws Exception {
        int faults = 0;
        try (ContentStore store = open()) {
            for (var each : kept.entrySet()) {
                try {
                    Optional<Contents.Part> part = store.get(each.getKey(), "answer");
                    boolean last = each.getKey().equals("c3");
                    // Without an index the last batch cannot be told from the torn end of a write nobody was told of.
                    if (part.isPresent() || !last) {
                        assertThat(new String(part.orElseThrow().bytes(), StandardCharsets.UTF_8))
                                .isEqualTo(each.getValue());
                    }
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("restore");
                    faults++;
                }
            }
        } catch (NotStarted e) {
            assertThat(e).hasMessageContaining("restore");
            faults++;
        }
        return faults;
    }

    @Test
    void anotherKeyIsRefusedAtTheStart() throws Exception {
        try (ContentStore store = open()) {
            store.put("a", "prompt", "text/plain", bytes("x"));
        }
        Files.write(home.resolve("keys/content-1.key"), new byte[32]);
        assertThatThrownBy(this::open).isInstanceOf(NotStarted.class).hasMessageContaining("another key");
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws Exception {
        open().close();
        Files.setPosixFilePermissions(
                home.resolve("keys/content-1.key"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(this::open).isInstanceOf(NotStarted.class).hasMessageContaining("mode rw-r-----");
    }

    private void fill(ContentStore store, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            store.put("filler" + i, "prompt", "text/plain", new byte[400]);
        }
    }

    /** How far the first segment is written. */
    private int used() throws IOException {
        byte[] all = Files.readAllBytes(folder.resolve("00000001.seg"));
        int end = all.length;
        while (all[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private void copyTo(Path copy) throws IOException {
        Files.createDirectories(copy);
        for (Path file : files()) {
            Files.copy(file, copy.resolve(file.getFileName().toString()));
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private ContentStore open() throws NotStarted {
        return ContentStore.open(
                folder,
                KeyFolder.in(home.resolve("keys")),
                new ContentSettings(30),
                () -> now,
                new SecureRandom(),
                SMALL);
    }

    private static Contents.Part text(String text) {
        return new Contents.Part("text/plain", bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String read(Contents contents, String id, String part) throws IOException {
        return new String(contents.get(id, part).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }
}
