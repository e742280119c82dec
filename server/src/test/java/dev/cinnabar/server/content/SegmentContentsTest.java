package dev.cinnabar.server.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.law.Article;
import dev.cinnabar.testkit.Seeded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Article({"10", "16"})
class SegmentContentsTest {
    private static final byte[] KEY = new byte[32];
    private static final Duration KEPT = Duration.ofDays(180);

    @TempDir
    private Path folder = Path.of("");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T08:00:00Z"));
    private final InstantSource clock = now::get;

    private SegmentContents open() throws IOException {
        return SegmentContents.open(folder, KEY, KEPT, clock, new SecureRandom());
    }

    private static byte[] text(String words) {
        return words.getBytes(StandardCharsets.UTF_8);
    }

    private static String read(SegmentContents contents, String id, String part) throws IOException {
        return contents.get(id, part)
                .map(p -> new String(p.bytes(), StandardCharsets.UTF_8))
                .orElse("(nothing)");
    }

    @Test
    void keepsPartsAcrossRestarts() throws IOException {
        try (SegmentContents contents = open()) {
            contents.put(
                    "C1",
                    Map.of(
                            "prompt",
                            new Contents.Part("text/plain", text("asked")),
                            "answer",
                            new Contents.Part("text/plain", text("made"))));
            contents.put("C1", "answer", "text/plain", text("made anew"));
            assertThat(read(contents, "C1", "answer")).isEqualTo("made anew");
        }
        try (SegmentContents contents = open()) {
            contents.put("C2", "prompt", "text/plain", text("second"));
            assertThat(read(contents, "C1", "prompt")).isEqualTo("asked");
            assertThat(read(contents, "C1", "answer")).isEqualTo("made anew");
            assertThat(read(contents, "C2", "prompt")).isEqualTo("second");
            assertThat(read(contents, "C2", "answer")).isEqualTo("(nothing)");
        }
    }

    @Test
    void nothingReadableStandsOnDisk() throws IOException {
        try (SegmentContents contents = open()) {
            contents.put("C1", "prompt", "text/plain", text("a very secret teapot"));
        }
        for (Path file : files("")) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("teapot");
        }
    }

    @Test
    void erasureDestroysTheKeyWhereItStands() throws IOException {
        try (SegmentContents contents = open()) {
            contents.put("C1", "prompt", "text/plain", text("gone soon"));
            contents.put("C2", "prompt", "text/plain", text("stays"));
            assertThat(contents.erase("C1")).isEqualTo(1);
            assertThat(contents.erase("C1")).isZero();
            assertThat(read(contents, "C1", "prompt")).isEqualTo("(nothing)");
        }
        try (SegmentContents contents = open()) {
            assertThat(read(contents, "C1", "prompt")).isEqualTo("(nothing)");
            assertThat(read(contents, "C2", "prompt")).isEqualTo("stays");
        }
    }

    @Test
    void retentionEndsToTheMomentAndTheSweepDeletesTheFile() throws IOException {
        try (SegmentContents contents = open()) {
            contents.put("C1", "prompt", "text/plain", text("old"));
            now.updateAndGet(t -> t.plus(KEPT));
            assertThat(read(contents, "C1", "prompt")).isEqualTo("old");
            now.updateAndGet(t -> t.plusMillis(1));
            assertThat(read(contents, "C1", "prompt")).isEqualTo("(nothing)");
            contents.put("C2", "prompt", "text/plain", text("new"));
            assertThat(contents.sweep()).isEqualTo(1);
            assertThat(files(".seg")).hasSize(1);
            assertThat(read(contents, "C2", "prompt")).isEqualTo("new");
        }
    }

    /** A crash may leave any prefix of the last write, followed by zeros or by nothing. */
    @Test
    void aTornEndLosesNothingThatWasAcknowledged() throws IOException {
        try (SegmentContents contents = open()) {
            contents.put("C1", "prompt", "text/plain", text("first"));
            contents.put("C2", "prompt", "text/plain", text("second"));
        }
        Path segment = files(".seg").getFirst();
        byte[] whole = Files.readAllBytes(segment);
        int second = indexOf(whole, text("C2\nprompt")) - Sealed.HEADER_AT;
        for (int cut = second; cut < whole.length; cut++) {
            for (int zeros : new int[] {0, 4096}) {
                files(".idx").forEach(SegmentContentsTest::delete);
                files(".seg").forEach(SegmentContentsTest::delete);
                Files.write(segment, Arrays.copyOf(Arrays.copyOf(whole, cut), cut + zeros));
                try (SegmentContents contents = open()) {
                    assertThat(read(contents, "C1", "prompt")).isEqualTo("first");
                    assertThat(read(contents, "C2", "prompt")).isEqualTo("(nothing)");
                    contents.put("C3", "prompt", "text/plain", text("third"));
                    assertThat(read(contents, "C3", "prompt")).isEqualTo("third");
                }
            }
        }
    }

    /** One changed bit never gives wrong bytes: the part is as it was, or there is a clear error. */
    @Test
    void aFlippedBitNeverGivesWrongBytes() throws IOException {
        try (SegmentContents contents = open()) {
            contents.put("C1", "prompt", "text/plain", text("first"));
        }
        Path segment = files(".seg").getFirst();
        byte[] whole = Files.readAllBytes(segment);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(segment, changed);
            try (SegmentContents contents = open()) {
                assertThatThrownBy(() -> contents.get("C1", "prompt"))
                        .as("byte %d", at)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("C1");
            }
        }
    }

    @Test
    void aMissingOrDamagedIndexIsMadeAnew() throws IOException {
        try (SegmentContents contents = open()) {
            contents.put("C1", "prompt", "text/plain", text("first"));
        }
        Path index = files(".idx").getFirst();
        byte[] whole = Files.readAllBytes(index);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(index, changed);
            try (SegmentContents contents = open()) {
                assertThat(read(contents, "C1", "prompt")).isEqualTo("first");
            }
        }
    }

    @Test
    void anotherMasterKeyIsAClearError() throws IOException {
        try (SegmentContents contents = open()) {
            contents.put("C1", "prompt", "text/plain", text("first"));
        }
        byte[] other = KEY.clone();
        other[0] = 1;
        try (SegmentContents contents = SegmentContents.open(folder, other, KEPT, clock, new SecureRandom())) {
            assertThatThrownBy(() -> contents.get("C1", "prompt")).hasMessageContaining("another master key");
        }
    }

    @Test
    void aFullDiskRefusesAndGoesOnWhenThereIsRoom() throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        try (SegmentContents contents = SegmentContents.open(
                folder,
                KEY,
                KEPT,
                clock,
                new SecureRandom(),
                (path, options) -> new Full(FileChannel.open(path, options), full))) {
            contents.put("C1", "prompt", "text/plain", text("first"));
            full.set(true);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> contents.put("C2", "prompt", "text/plain", text("lost")))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left");
            }
            full.set(false);
            contents.put("C3", "prompt", "text/plain", text("third"));
            assertThat(read(contents, "C1", "prompt")).isEqualTo("first");
            assertThat(read(contents, "C2", "prompt")).isEqualTo("(nothing)");
            assertThat(read(contents, "C3", "prompt")).isEqualTo("third");
        }
        try (SegmentContents contents = open()) {
            assertThat(read(contents, "C1", "prompt")).isEqualTo("first");
            assertThat(read(contents, "C3", "prompt")).isEqualTo("third");
        }
    }

    @Test
    void manyAtOnceAreAllThere() throws Exception {
        Map<String, byte[]> kept = new HashMap<>();
        try (SegmentContents contents = open();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            var random = Seeded.random(5);
            for (int i = 0; i < 400; i++) {
                byte[] bytes = new byte[random.nextInt(3_000)];
                random.nextBytes(bytes);
                String id = "C" + i;
                kept.put(id, bytes);
                all.add(pool.submit(() -> {
                    contents.put(id, "media/0", "image/png", bytes);
                    return id;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            for (Map.Entry<String, byte[]> one : kept.entrySet()) {
                assertThat(contents.get(one.getKey(), "media/0").orElseThrow().bytes())
                        .isEqualTo(one.getValue());
            }
        }
        try (SegmentContents contents = open()) {
            for (Map.Entry<String, byte[]> one : kept.entrySet()) {
                assertThat(contents.get(one.getKey(), "media/0").orElseThrow().bytes())
                        .isEqualTo(one.getValue());
            }
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] whole, byte[] part) {
        for (int at = 0; at + part.length <= whole.length; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    /** A file on a disk that can be full: half of the bytes are written, then it fails. */
    private static final class Full extends FileChannel {
        private final FileChannel real;
        private final AtomicBoolean full;

        Full(FileChannel real, AtomicBoolean full) {
            this.real = real;
            this.full = full;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            if (!full.get()) {
                return real.write(from, position);
            }
            ByteBuffer half = from.duplicate();
            half.limit(half.position() + half.remaining() / 2);
            real.write(half, position);
            throw new IOException("No space left on device");
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return real.read(into, position);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            real.force(metadata);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
