package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.PngBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Path labelled(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), PngBytes.of(160, 120).bytes());
        Ran ran = Ran.cinnabar("label", file.toString(), "--in-place", "--producer", "heron", "--id", "7");
        assertThat(ran.code()).as(ran.err()).isZero();
        return file;
    }

    private static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }

    private static List<String> keys(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }

    @Test
    void theObjectOfTheInterface() throws IOException {
        Ran ran = Ran.cinnabar("verify", "--json", labelled("a.png").toString());

        assertThat(ran.code()).isZero();
        assertThat(ran.lines()).hasSize(1);
        JsonNode read = json(ran.out());
        assertThat(keys(read))
                .startsWith("file", "format", "verdict", "labels")
                .contains("explicit", "signatures", "findings");
        assertThat(read.path("format").asString()).isEqualTo("png");
        assertThat(read.path("verdict").asString()).isEqualTo("compliant");
        JsonNode label = read.path("labels").path(0);
        assertThat(keys(label))
                .containsExactly(
                        "place",
                        "form",
                        "normative",
                        "Label",
                        "ContentProducer",
                        "ProduceID",
                        "ReservedCode1",
                        "ContentPropagator",
                        "PropagateID",
                        "ReservedCode2");
        assertThat(label.path("place").asString()).isEqualTo("png:iTXt/xmp");
        assertThat(label.path("form").asString()).isIn("bare", "wrapped");
        assertThat(label.path("normative").isBoolean()).isTrue();
        assertThat(label.path("Label").asString()).isEqualTo("1");
        assertThat(keys(read.path("explicit").path(0))).containsExactly("kind", "where");
        JsonNode finding = read.path("findings").path(0); // "heron" is no code of 27 characters
        assertThat(keys(finding)).contains("clause", "severity", "message");
        assertThat(finding.path("severity").asString()).isEqualTo("warning");
    }

    @Test
    void noLabelIsAFinding() throws IOException {
        Path plain = Files.write(folder.resolve("p.png"), PngBytes.of(160, 120).bytes());
        Ran ran = Ran.cinnabar("verify", "--json", plain.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(json(ran.out()).path("verdict").asString()).isEqualTo("not_found");
        assertThat(Ran.cinnabar("verify", plain.toString()).out()).contains("p.png: not_found (png)");
    }

    @Test
    void aWrongLabelIsAFindingAndNamesItsClause() throws IOException {
        byte[] twice = PngBytes.of(160, 120)
                .chunk("tEXt", PngBytes.text("AIGC", "{\"AIGC\":{\"Label\":\"9\"}}"))
                .bytes();
        Ran ran = Ran.cinnabar(
                "verify", "--json", Files.write(folder.resolve("w.png"), twice).toString());
        assertThat(ran.code()).isEqualTo(1);
        JsonNode read = json(ran.out());
        assertThat(read.path("verdict").asString()).isEqualTo("noncompliant");
        assertThat(read.path("findings").findValuesAsString("severity")).contains("error");
        assertThat(read.path("findings").path(0).path("clause").asString()).contains("GB 45438-2025");
    }

    @Test
    void aMissingExplicitLabelIsAFindingOnlyWhereItIsRequired() throws IOException {
        Path file = Files.write(folder.resolve("n.png"), PngBytes.of(160, 120).bytes());
        Ran.cinnabar("label", file.toString(), "--in-place", "--producer", "heron", "--explicit", "none");
        assertThat(Ran.cinnabar("verify", file.toString()).code()).isZero();
        Ran required = Ran.cinnabar("verify", "--json", "--require-explicit", file.toString());
        assertThat(required.code()).isEqualTo(1);
        assertThat(json(required.out()).path("findings").findValuesAsString("severity"))
                .contains("error");
    }

    @Test
    void whatCannotBeReadIsThreeAndTheRestGoOn() throws IOException {
        Path good = labelled("good.png");
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(Files.readAllBytes(good), 50));
        Ran ran = Ran.cinnabar(
                "verify", "--json", folder.resolve("absent.png").toString(), cut.toString(), good.toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.lines()).hasSize(3);
        assertThat(json(ran.lines().get(0)).path("verdict").asString()).isEqualTo("inconclusive");
        assertThat(json(ran.lines().get(1)).path("verdict").asString()).isEqualTo("inconclusive");
        assertThat(json(ran.lines().get(2)).path("verdict").asString()).isEqualTo("compliant");
    }

    @Test
    void threeWinsOverOne() throws IOException {
        Path plain = Files.write(folder.resolve("p.png"), PngBytes.of(160, 120).bytes());
        String absent = folder.resolve("absent.png").toString();
        assertThat(Ran.cinnabar("verify", absent, plain.toString()).code()).isEqualTo(3);
        assertThat(Ran.cinnabar("verify", plain.toString(), absent).code()).isEqualTo(3);
    }

    @Test
    void foldersAndLinks() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("in"));
        Files.move(labelled("a.png"), inside.resolve("a.png"));
        Files.createSymbolicLink(inside.resolve("loop"), inside);
        Files.createSymbolicLink(inside.resolve("nowhere.png"), folder.resolve("absent"));
        Ran ran = Ran.cinnabar("verify", "-r", "--json", inside.toString());
        assertThat(ran.code()).as(ran.out()).isZero();
        assertThat(ran.lines()).hasSize(1);
        Ran without = Ran.cinnabar("verify", inside.toString());
        assertThat(without.code()).isEqualTo(3);
        assertThat(without.err()).contains("add -r");
    }

    @Test
    void messagesInChinese() throws IOException {
        Ran ran = Ran.cinnabar("verify", "--lang", "zh", labelled("a.png").toString());
        assertThat(ran.out()).containsPattern("\\p{IsHan}");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(Ran.cinnabar("verify").code()).isEqualTo(2);
        assertThat(Ran.cinnabar("verify", "--nonsense", "x").code()).isEqualTo(2);
        assertThat(Ran.cinnabar("nonsense").code()).isEqualTo(2);
    }

    @Test
    void helpEverywhere() {
        assertThat(Ran.cinnabar("--help").out()).contains("label", "verify", "serve", "Exit codes:");
        for (String command : List.of("label", "verify", "review", "ledger", "serve", "try", "admin", "doctor")) {
            Ran ran = Ran.cinnabar(command, "--help");
            assertThat(ran.code()).isZero();
            assertThat(ran.out()).contains("cinnabar " + command, "Exit codes:");
        }
    }
}
