package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Memory;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Source;
import dev.cinnabar.testkit.PngBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PropagateCommandTest {
    private static final String CODE = "001191110102MACQD9K64020000";
    private static final AigcLabel MADE = AigcLabel.first("001191330106MA2CFLDG4R10001", "made-1");

    @TempDir
    private Path folder = Path.of("");

    private static byte[] plain() {
        return PngBytes.of(40, 30).bytes();
    }

    private static byte[] labelled(AigcLabel label) throws IOException {
        Memory target = new Memory();
        new Labels(Limits.standard()).write(Source.of("a.png", plain()), Order.implicitOnly(label), target);
        return target.bytes();
    }

    private static Optional<AigcLabel> label(Path file) throws IOException {
        return new Labels(Limits.standard())
                .read(Source.of(file)).labels().stream().findFirst().flatMap(found -> found.label());
    }

    private static Ran propagate(Object... args) {
        return Ran.cinnabar(Stream.concat(
                        Stream.of("propagate", "--propagator", CODE),
                        Stream.of(args).map(Object::toString))
                .toArray(String[]::new));
    }

    private static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }

    @Test
    void aLabelledUploadKeepsItsProducerAndGetsThePropagator() throws IOException {
        Path upload = Files.write(folder.resolve("a.png"), labelled(MADE));
        Path out = folder.resolve("b.png");
        Ran ran = propagate(upload, "-o", out, "--propagate-id", "p-1", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode told = json(ran.out());
        assertThat(told.path("level").asString("")).isEqualTo("is");
        assertThat(told.path("clause").asString("")).isEqualTo("Labeling Measures Art. 6 (1)");
        assertThat(told.path("out").asString("")).isEqualTo(out.toString());
        assertThat(label(out)).contains(MADE.propagatedBy(Level.IS, CODE, "p-1"));
        assertThat(label(upload)).contains(MADE);
    }

    @Test
    void whatNobodyDeclaredAndNothingShowsIsLeftAlone() throws IOException {
        Path upload = Files.write(folder.resolve("a.png"), plain());
        Ran ran = propagate(upload, "-o", folder.resolve("b.png"));
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("none [Labeling Measures Art. 6 (4)]", "Remind the user");
        assertThat(folder.resolve("b.png")).doesNotExist();
    }

    @Test
    void aDeclarationIsWrittenInPlaceOverManyWithNumbersOfTheirOwn() throws IOException {
        Path one = Files.write(folder.resolve("a.png"), plain());
        Path two = Files.write(folder.resolve("b.png"), plain());
        Files.writeString(folder.resolve("c.bin"), "no picture");
        Ran ran = propagate("-r", folder, "--in-place", "--declared", "yes", "--propagate-id", "day-1", "--json");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(label(one).orElseThrow().level()).isEqualTo(Level.MAY);
        assertThat(label(one).orElseThrow().propagateId()).startsWith("day-1-");
        assertThat(label(one).orElseThrow().propagateId())
                .isNotEqualTo(label(two).orElseThrow().propagateId());
        JsonNode other = ran.lines().stream()
                .map(PropagateCommandTest::json)
                .filter(line -> line.path("file").asString("").endsWith("c.bin"))
                .findFirst()
                .orElseThrow();
        assertThat(other.path("level").asString("")).isEqualTo("may");
        assertThat(other.path("error").path("reason").asString("")).isNotEmpty();
    }

    @Test
    void whatCannotBeReadIsNotSaidToBeClean() throws IOException {
        Path cut = Files.write(folder.resolve("a.png"), java.util.Arrays.copyOf(plain(), 60));
        Ran ran = propagate(cut, "-o", folder.resolve("b.png"), "--json");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(json(ran.out()).path("reasons").path(0).path("code").asString(""))
                .isEqualTo("UNREAD");
    }

    @Test
    void wrongUsageIsSaid() throws IOException {
        Path upload = Files.write(folder.resolve("a.png"), plain());
        assertThat(Ran.cinnabar("propagate", upload.toString(), "--in-place").code())
                .isEqualTo(2);
        assertThat(propagate(upload, "--in-place", "--declared", "perhaps").code())
                .isEqualTo(2);
        assertThat(propagate(upload, "--in-place", "--propagate-id", "a b").err())
                .contains("Annex E j)");
        assertThat(propagate(upload, upload, "-o", folder.resolve("b.png")).code())
                .isEqualTo(2);
        assertThat(upload).hasBinaryContent(plain());
        assertThat(new String(plain(), StandardCharsets.ISO_8859_1)).startsWith("\u0089PNG");
    }
}
