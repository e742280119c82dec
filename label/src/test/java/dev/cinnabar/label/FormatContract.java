package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every format promises, whatever it looks like inside. A new format passes by extending this with a few samples. */
public abstract class FormatContract {
    protected static final AigcLabel FIRST = AigcLabel.first("001191110102MACQD9K64010000", "first-0001");
    protected static final AigcLabel SECOND = new AigcLabel(
            Level.MAY, "moonlit-teapot", "p-2", "{\"a\":\"b\"}", "001191330106MA2CFLDG4R10001", "q-2", "<&>'");
    private static final Limits TIGHT = new Limits(1L << 30, 5000, 40, 1 << 20, 4_000_000);

    protected final Labels labels = new Labels(TIGHT);

    protected FormatContract() {}

    /** A name whose ending tells the format, where bytes do not. */
    protected abstract String name();

    /** The format. */
    protected abstract Format format();

    /** Whole files without any label, small, of as many kinds as the format has; each can hold an explicit label. */
    protected abstract List<byte[]> samples();

    /** What must stay identical, byte for byte, when no explicit label is asked. */
    protected abstract byte[] media(byte[] file);

    /** A file with content that no reader here knows. */
    protected abstract byte[] withStrangers();

    /** The pieces of {@link #withStrangers()} that must be found again. */
    protected abstract List<byte[]> strangers();

    /** A file sealed with C2PA; empty where the format has no seal. */
    protected abstract Optional<byte[]> sealed();

    /** Whether the format has a place for the implicit label. */
    protected boolean hasPlace() {
        return true;
    }

    /** Whether an explicit label can be put into the format; one that cannot says so in a note. */
    protected boolean hasMark() {
        return true;
    }

    private int marks() {
        return hasMark() ? 1 : 0;
    }

    protected final byte[] write(byte[] file, Order order) {
        Memory target = new Memory();
        try {
            Written written = labels.write(Source.of(name(), file), order, target);
            assertThat(written).as("%s", written).isInstanceOf(Written.Done.class);
            return target.bytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    protected final Reading read(byte[] file, Look look) {
        try {
            return labels.read(Source.of(name(), file), look);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anUnlabelledFileIsSaidToHaveNoLabel() {
        for (byte[] sample : samples()) {
            Reading reading = read(sample, Look.CONTENT);
            assertThat(reading.format()).isEqualTo(format());
            assertThat(reading.verdict()).isEqualTo(new Verdict.NotFound());
            assertThat(reading.labels()).isEmpty();
            assertThat(reading.explicit()).isEmpty();
            assertThat(reading.findings()).isEmpty();
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        for (byte[] sample : samples()) {
            for (AigcLabel label : List.of(FIRST, SECOND, longest())) {
                Reading reading = read(write(sample, Order.implicitOnly(label)), Look.METADATA);
                if (hasPlace()) {
                    assertThat(reading.labels()).hasSize(1);
                    assertThat(reading.labels().getFirst().label()).contains(label);
                    assertThat(reading.labels().getFirst().normative()).isTrue();
                    assertThat(reading.verdict()).isEqualTo(new Verdict.Compliant());
                }
            }
        }
    }

    private static AigcLabel longest() {
        StringBuilder all = new StringBuilder();
        for (char c = 0x21; all.length() < AigcLabel.MAX_LENGTH; c = c == 0x7E ? 0x21 : (char) (c + 1)) {
            if (AigcLabel.allowed(c)) {
                all.append(c);
            }
        }
        String text = all.toString();
        return new AigcLabel(Level.SUSPECTED, text, text, text, text, text, text);
    }

    @Test
    void aGoodLabelGivesNoFindingAtAll() {
        for (byte[] sample : samples()) {
            assertThat(read(write(sample, Order.of(FIRST)), Look.CONTENT).findings())
                    .isEmpty();
        }
    }

    @Test
    void anExplicitLabelThatCannotBeMadeIsSaid() throws IOException {
        Written written = labels.write(Source.of(name(), samples().getFirst()), Order.of(FIRST), new Memory());
        assertThat(written).isInstanceOfSatisfying(Written.Done.class, done -> {
            assertThat(done.explicit()).hasSize(marks());
            assertThat(done.notes().stream().anyMatch(note -> note.fault() == Fault.EXPLICIT_NOT_MADE))
                    .isNotEqualTo(hasMark());
        });
    }

    @Test
    void theExplicitLabelIsRecognised() {
        for (byte[] sample : samples()) {
            for (Lang lang : Lang.values()) {
                byte[] labelled = write(sample, Order.of(FIRST).with(lang).with(ServiceKind.FACE));
                assertThat(read(labelled, Look.CONTENT).explicit()).hasSize(marks());
                Class<? extends Verdict> marked = hasMark() ? Verdict.Compliant.class : Verdict.NonCompliant.class;
                assertThat(read(labelled, Look.CONTENT).requiringExplicit().verdict())
                        .isInstanceOf(hasPlace() ? marked : Verdict.NotFound.class);
            }
        }
    }

    @Test
    void anExplicitLabelThatIsRequiredAndAbsentIsAnError() {
        byte[] labelled = write(samples().getFirst(), Order.implicitOnly(FIRST));
        Reading reading = read(labelled, Look.CONTENT).requiringExplicit();
        assertThat(reading.verdict()).isInstanceOf(hasPlace() ? Verdict.NonCompliant.class : Verdict.NotFound.class);
        assertThat(reading.findings()).anyMatch(finding -> finding.fault() == Fault.EXPLICIT_ABSENT);
    }

    @Test
    void writingTwiceLeavesOneLabel() {
        for (byte[] sample : samples()) {
            byte[] once = write(sample, Order.of(FIRST));
            byte[] twice = write(once, Order.of(SECOND));
            byte[] thrice = write(twice, Order.of(FIRST));
            Reading reading = read(twice, Look.CONTENT);
            assertThat(reading.explicit()).hasSize(marks());
            if (hasPlace()) {
                assertThat(reading.labels()).hasSize(1);
                assertThat(reading.labels().getFirst().label()).contains(SECOND);
            }
            assertThat(thrice)
                    .as("writing back and forth leaves nothing behind")
                    .isEqualTo(once);
        }
    }

    @Test
    void mediaStayIdenticalWithoutAnExplicitLabel() {
        for (byte[] sample : samples()) {
            byte[] labelled = write(sample, Order.implicitOnly(FIRST));
            assertThat(media(labelled)).isEqualTo(media(sample));
        }
    }

    @Test
    void whatNobodyKnowsSurvives() {
        for (Order order : List.of(Order.implicitOnly(FIRST), Order.of(FIRST))) {
            byte[] labelled = write(withStrangers(), order);
            for (byte[] stranger : strangers()) {
                assertThat(indexOf(labelled, stranger)).isNotNegative();
            }
        }
    }

    @Test
    void memoryPathAndStreamGiveTheSameBytes(@TempDir Path folder) throws IOException {
        byte[] sample = samples().getFirst();
        byte[] expected = write(sample, Order.of(FIRST));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Written streamed = labels.write(Source.of(name(), sample), Order.of(FIRST), stream);
        assertThat(stream.toByteArray()).isEqualTo(expected);
        assertThat(streamed).isInstanceOfSatisfying(Written.Done.class, done -> {
            assertThat(done.bytes()).isEqualTo(expected.length);
            assertThat(done.explicit()).hasSize(marks());
            assertThat(done.place().isEmpty()).isNotEqualTo(hasPlace());
        });
        Path path = folder.resolve(name());
        Files.write(path, sample);
        labels.write(Source.of(path), Order.of(FIRST), path);
        assertThat(Files.readAllBytes(path)).as("in place").isEqualTo(expected);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void aSealIsReportedAndNotBrokenSilently(@TempDir Path folder) throws IOException {
        if (sealed().isEmpty()) {
            return;
        }
        byte[] file = sealed().orElseThrow();
        assertThat(read(file, Look.METADATA).signatures()).singleElement().satisfies(seen -> {
            assertThat(seen.scheme()).isEqualTo(SignatureSeen.Scheme.C2PA);
            assertThat(seen.valid()).isEmpty();
        });
        Path target = folder.resolve(name());
        Written refused = labels.write(Source.of(name(), file), Order.of(FIRST), target);
        assertThat(refused).isInstanceOfSatisfying(Written.Impossible.class, impossible -> {
            assertThat(impossible.why().fault()).isEqualTo(Fault.C2PA_SEALED);
            assertThat(impossible.reason(Lang.EN)).contains("lost");
        });
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing is left behind").isEmpty();
        }
        Written done = labels.write(Source.of(name(), file), Order.of(FIRST).breakingC2pa(), target);
        assertThat(done)
                .isInstanceOfSatisfying(
                        Written.Done.class,
                        written -> assertThat(written.notes()).anyMatch(note -> note.fault() == Fault.SEAL_BROKEN));
    }

    @Test
    void ownWordingIsCheckedForBothElements() throws IOException {
        for (String wording : List.of("生成", "AI", "人工智能", "made in MAIL生成", "")) {
            Written written = labels.write(
                    Source.of(name(), samples().getFirst()),
                    Order.of(FIRST).with(new Explicit.Text(wording)),
                    new Memory());
            assertThat(written).isInstanceOfSatisfying(Written.Impossible.class, impossible -> {
                assertThat(impossible.clause()).contains("5.1 c)");
                assertThat(impossible.reason(Lang.ZH)).isNotBlank();
                assertThat(impossible.remedy(Lang.ZH)).isNotBlank();
            });
        }
        Order own = Order.of(FIRST).with(new Explicit.Text("人工智能合成"));
        if (!hasMark()) {
            assertThat(labels.write(Source.of(name(), samples().getFirst()), own, new Memory()))
                    .isInstanceOfSatisfying(
                            Written.Impossible.class,
                            impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.CODING));
            return;
        }
        byte[] labelled = write(samples().getFirst(), own);
        Reading reading = labels.read(Source.of(name(), labelled), Look.CONTENT, List.of("人工智能合成"));
        assertThat(reading.explicit()).hasSize(1);
    }

    @Test
    void aFileCutAnywhereThrowsNothing() {
        byte[] whole = write(samples().getFirst(), Order.of(FIRST));
        for (int length = 0; length < whole.length; length += length < 3000 ? 1 : 61) {
            byte[] cut = Arrays.copyOf(whole, length);
            survives(cut, length % 101 == 0);
            Reading reading = read(cut, Look.METADATA);
            assertThat(ReadingJson.of("x", reading, Lang.ZH)).startsWith("{");
        }
    }

    @Test
    void aFileWithBrokenBytesThrowsNothing() {
        List<byte[]> wholes = samples().stream()
                .map(sample -> write(sample, Order.implicitOnly(FIRST)))
                .toList();
        Seeded.bytes(400, random -> broken(wholes, random), file -> {
            survives(file, file.length % 3 == 0);
            return true;
        });
    }

    private static byte[] broken(List<byte[]> wholes, RandomGenerator random) {
        byte[] file = wholes.get(random.nextInt(wholes.size())).clone();
        if (file.length == 0) {
            return file;
        }
        int head = Math.min(file.length, 2500);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int at = random.nextBoolean() ? random.nextInt(head) : random.nextInt(file.length);
            file[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (random.nextBoolean() ? 0xFF : 0);
        }
        return file;
    }

    /** Reads and writes the file in every way; a throw is the failure. What was written must carry the label. */
    private void survives(byte[] file, boolean content) {
        try {
            labels.read(Source.of(name(), file), content ? Look.CONTENT : Look.METADATA);
            Memory target = new Memory();
            Written written = labels.write(
                    Source.of(name(), file), content ? Order.of(SECOND) : Order.implicitOnly(SECOND), target);
            if (written instanceof Written.Done done && !done.place().isEmpty()) {
                assertThat(read(target.bytes(), Look.METADATA).labels()).hasSize(1);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    protected static int indexOf(byte[] file, byte[] piece) {
        for (int at = 0; at + piece.length <= file.length; at++) {
            if (Arrays.equals(file, at, at + piece.length, piece, 0, piece.length)) {
                return at;
            }
        }
        return -1;
    }
}
