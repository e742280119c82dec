package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import dev.cinnabar.testkit.PngBytes;
import dev.cinnabar.testkit.WavBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LabelCommandTest {
    private static final String PRODUCER = "001191330106MA2CFLDG4R10001";

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, bytes);
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] png() {
        return PngBytes.of(160, 120).bytes();
    }

    private static Ran label(Object... args) {
        String[] all = Stream.concat(Stream.of("label"), Stream.of(args).map(Object::toString))
                .toArray(String[]::new);
        return Ran.cinnabar(all);
    }

    private static Ran labelAs(Object... args) {
        return label(Stream.concat(Stream.of("--producer", PRODUCER), Stream.of(args))
                .toArray());
    }

    private static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aLabelThatNamesNobodyIsRefused() throws IOException {
        Path picture = write("a.png", png());
        Ran ran = label(picture, "-o", folder.resolve("b.png"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("GB 45438-2025 6.1", "--producer");
        assertThat(names()).containsExactly("a.png");
        assertThat(label(picture, "--in-place", "--producer", " ").code()).isEqualTo(2);
        assertThat(picture).hasBinaryContent(png());
    }

    @Test
    void oneFileToAnotherAndVerifyAgrees() throws IOException {
        Path picture = write("a.png", png());
        Path labelled = folder.resolve("b.png");

        Ran ran = labelAs(picture, "-o", labelled, "--id", "X-1", "--json");

        assertThat(ran.code()).isZero();
        JsonNode line = json(ran.lines().getFirst());
        assertThat(ran.lines()).hasSize(1);
        assertThat(line.path("file").asString()).isEqualTo(picture.toString());
        assertThat(line.path("out").asString()).isEqualTo(labelled.toString());
        assertThat(line.path("place").asString()).isEqualTo("png:iTXt/xmp");
        assertThat(line.path("ContentProducer").asString()).isEqualTo(PRODUCER);
        assertThat(line.path("ProduceID").asString()).isEqualTo("X-1");
        assertThat(line.path("explicit").path(0).path("kind").asString()).isEqualTo("text");
        assertThat(line.path("bytes").asLong()).isEqualTo(Files.size(labelled));
        assertThat(picture).hasBinaryContent(png());
        JsonNode read =
                json(Ran.cinnabar("verify", "--json", labelled.toString()).out());
        assertThat(read.path("verdict").asString()).isEqualTo("compliant");
        assertThat(read.path("labels").path(0).path("ProduceID").asString()).isEqualTo("X-1");
    }

    @Test
    void everyFormatInPlaceEachWithAnIdOfItsOwn() throws IOException {
        List<Path> all = List.of(
                write("a.png", png()),
                write("a.jpg", JpegBytes.of(160, 120).bytes()),
                write("a.wav", WavBytes.of(16_000, 1, 16).bytes()),
                write("a.md", "# A page\n\nwords\n"),
                write("a.txt", "words\n"));

        Ran ran = labelAs(
                Stream.concat(all.stream(), Stream.of("--in-place", "--json")).toArray());

        assertThat(ran.code()).as(ran.err() + ran.out()).isZero();
        assertThat(ran.lines().stream().map(line -> json(line).path("ProduceID").asString()))
                .hasSize(5)
                .doesNotHaveDuplicates();
        assertThat(names()).containsExactly("a.jpg", "a.md", "a.png", "a.txt", "a.wav");
        Ran verified = Ran.cinnabar(Stream.concat(
                        Stream.of("verify", "--require-explicit"), all.stream().map(Path::toString))
                .toArray(String[]::new));
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    @Test
    void intoAFolderKeepsTheFoldersBelow() throws IOException {
        write("in/one/a.md", "a\n");
        write("in/two/a.md", "b\n");
        Ran ran = labelAs("-r", folder.resolve("in"), "--into", folder.resolve("out"));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(names()).containsExactly("in/one/a.md", "in/two/a.md", "out/one/a.md", "out/two/a.md");
        assertThat(folder.resolve("in/one/a.md")).hasContent("a\n");
    }

    @Test
    void twoFilesOfOneNameDoNotReplaceEachOther() throws IOException {
        Path one = write("one/a.md", "first\n");
        Path two = write("two/a.md", "second\n");
        Ran ran = labelAs(one, two, "--into", folder.resolve("out"));
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("two/a.md", "goes to");
        assertThat(folder.resolve("out/a.md")).content().contains("first").doesNotContain("second");
    }

    @Test
    void theSourceIsNotReplacedUnlessThatWasAsked() throws IOException {
        Path picture = write("a.png", png());
        Ran ran = labelAs(picture, "--into", folder);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("--in-place");
        assertThat(picture).hasBinaryContent(png());
        assertThat(labelAs(picture, "-o", folder.resolve("./a.png")).code()).isEqualTo(3);
        assertThat(picture).hasBinaryContent(png());
    }

    @Test
    void aBadFileIsNamedAndTheRestGoOn() throws IOException {
        Path broken = write("broken.png", java.util.Arrays.copyOf(png(), 60));
        Path strange = write("strange.png", "not a picture at all");
        Path good = write("good.png", png());
        Path out = folder.resolve("out");

        Ran ran = labelAs(broken, strange, folder.resolve("absent.png"), good, "--into", out);

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("broken.png: not labelled", "absent.png: not labelled: there is no such file");
        assertThat(out.resolve("good.png")).exists();
        assertThat(out.resolve("broken.png")).doesNotExist();
        assertThat(names()).noneMatch(name -> name.contains("tmp") || name.contains("fresh"));
    }

    @Test
    void failuresAreJsonToo() throws IOException {
        Path broken = write("broken.png", java.util.Arrays.copyOf(png(), 60));
        Ran ran = labelAs(broken, "--in-place", "--json");
        assertThat(ran.code()).isEqualTo(3);
        JsonNode error = json(ran.lines().getFirst()).path("error");
        assertThat(error.path("reason").asString()).isNotEmpty();
        assertThat(error.path("remedy").asString()).isNotEmpty();
    }

    @Test
    void aFolderWantsTheFlag() throws IOException {
        write("in/a.md", "a\n");
        Ran ran = labelAs(folder.resolve("in"), "--in-place");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("it is a folder", "add -r");
        assertThat(folder.resolve("in/a.md")).hasContent("a\n");
    }

    @Test
    void aPlaceThatCannotBeWrittenLeavesEverythingAsItWas() throws IOException {
        Path picture = write("a.png", png());
        Path file = write("file", "in the way");
        Ran ran = labelAs(picture, "--into", file.resolve("below"));
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("a.png: not labelled", "nothing was changed");
        Ran nowhere = labelAs(picture, "-o", folder.resolve("no/such/folder/a.png"));
        assertThat(nowhere.code()).isEqualTo(3);
        assertThat(names()).containsExactly("a.png", "file");
    }

    @Test
    void aSealedFileIsRefusedUnlessItsSealMayBreak() throws IOException {
        byte[] sealed = PngBytes.of(160, 120).chunk("caBX", new byte[64]).bytes();
        Path picture = write("a.png", sealed);
        Ran refused = labelAs(picture, "--in-place");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("C2PA");
        assertThat(picture).hasBinaryContent(sealed);
        Ran broken = labelAs(picture, "--in-place", "--break-c2pa");
        assertThat(broken.code()).isZero();
        assertThat(broken.out()).contains("note [C2PA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b.png",
                "-o.png",
                "图片 (1).png",
                "a\nb.png",
                "it's $(touch x) `x`.png",
                "a%sb.png",
                "\"quoted\".png"
            })
    void hostileNamesAreNames(String name) throws IOException {
        Path picture = write(name, png());
        Ran ran = labelAs("--json", "--in-place", "--", picture);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(json(ran.out()).path("file").asString()).isEqualTo(picture.toString());
        JsonNode read =
                json(Ran.cinnabar("verify", "--json", "--", picture.toString()).out());
        assertThat(read.path("file").asString()).isEqualTo(picture.toString());
        assertThat(read.path("verdict").asString()).isEqualTo("compliant");
        assertThat(names()).containsExactly(name);
    }

    @Test
    void aDeviceOrAPipeIsNotRead() throws Exception {
        Path pipe = folder.resolve("pipe.png");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (String path : List.of(pipe.toString(), "/dev/zero")) {
            Ran ran = labelAs(path, "-o", folder.resolve("out.png"));
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.err()).contains("neither a file nor a folder");
            assertThat(Ran.cinnabar("verify", path).code()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.png b.png -o c.png",
                "a.png b.png --into d --id X",
                "a.png",
                "a.png -o b.png --in-place",
                "a.png -o b.png --level perhaps",
                "a.png -o b.png --nonsense",
                "-o b.png"
            })
    void wrongUsageIsTwo(String line) throws IOException {
        write("a.png", png());
        Ran ran = labelAs((Object[])
                line.replace("a.png", folder.resolve("a.png").toString()).split(" ", -1));
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).isNotEmpty();
        assertThat(names()).containsExactly("a.png");
    }

    @Test
    void charactersThatAnnexEForbidsAreWrongUsage() throws IOException {
        Path picture = write("a.png", png());
        Ran ran = label(picture, "--in-place", "--producer", "名字");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(picture).hasBinaryContent(png());
    }

    @Test
    void noExplicitLabelWhenNoneIsAskedAndTheTextThatIsAsked() throws IOException {
        Path none = write("none.md", "words\n");
        Path own = write("own.md", "words\n");
        assertThat(labelAs(none, "--in-place", "--explicit", "none").code()).isZero();
        assertThat(labelAs(own, "--in-place", "--explicit", "本文由AI生成 by Heron").code())
                .isZero();
        assertThat(Files.readString(own)).contains("本文由AI生成 by Heron");
        Ran verified = Ran.cinnabar("verify", "--require-explicit", none.toString());
        assertThat(verified.code()).isEqualTo(1);
        assertThat(Ran.cinnabar("verify", none.toString()).code()).isZero();
    }
}
