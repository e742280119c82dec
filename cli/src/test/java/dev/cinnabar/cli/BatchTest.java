package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.PngBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files in one run: told in order, bounded, resumed after any end, reported whole. */
final class BatchTest {
    private static final String PRODUCER = "001191330106MA2CFLDG4R10001";

    @TempDir
    private Path folder;

    private Path in;
    private Path out;
    private Path report;

    @BeforeEach
    void folders() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        out = folder.resolve("out");
        report = folder.resolve("report");
    }

    @Test
    void severalAtOnceAreToldInTheirOrder() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            names.add(text("%03d.md".formatted(i)).toString());
        }
        List<String> command = new ArrayList<>(List.of("verify", "--json", "--threads", "4"));
        command.addAll(names);
        Ran ran = Ran.cinnabar(command.toArray(String[]::new));
        assertThat(ran.lines()).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(ran.lines().get(i)).contains('"' + names.get(i) + '"');
        }
    }

    @Test
    void aReportHoldsALineForEveryFile() throws IOException {
        picture("a.png");
        text("b.md");
        Files.writeString(in.resolve("=cmd,<script>.png"), "no picture");
        Ran ran = label();
        assertThat(ran.code()).isEqualTo(3);
        assertThat(journal()).hasSize(3);
        assertThat(Files.readAllLines(report.resolve("files.csv")))
                .hasSize(4)
                .anyMatch(row -> row.contains("a.png") && row.contains(",labelled,png,png:iTXt/xmp," + PRODUCER))
                .anyMatch(row -> row.startsWith("\"" + in) && row.contains("UNKNOWN_FORMAT"));
        assertThat(Files.readString(report.resolve("report.html")))
                .contains("<td>png</td>", "&lt;script&gt;", "UNKNOWN_FORMAT", PRODUCER)
                .doesNotContain("<script>");
    }

    @Test
    void whatASpreadsheetWouldRunBecomesText() throws IOException {
        Path page = Files.writeString(
                in.resolve("a.md"), "---\nAIGC:\n  \"Label\": \"1\"\n  \"ContentProducer\": \"=1+1\"\n---\n");
        Ran.cinnabar("verify", page.toString(), "--report", report.toString());
        assertThat(Files.readString(report.resolve("files.csv"))).contains(",'=1+1,");
    }

    @Test
    void aResumedRunDoesOnlyWhatIsLeft() throws IOException {
        picture("a.png");
        Path changed = text("b.md");
        Path broken = Files.writeString(in.resolve("c.png"), "no picture");
        assertThat(label().code()).isEqualTo(3);
        byte[] first = Files.readAllBytes(out.resolve("a.png"));
        Files.writeString(changed, "other words");
        Files.setLastModifiedTime(changed, FileTime.from(Instant.EPOCH));
        Files.write(broken, PngBytes.of(300, 200).bytes());
        Ran again = label("--resume", "--json");
        assertThat(again.code()).isZero();
        assertThat(again.lines()).hasSize(2).noneMatch(line -> line.contains("a.png"));
        assertThat(out.resolve("a.png")).hasBinaryContent(first);
        assertThat(journal()).hasSize(3).noneMatch(line -> line.contains("UNKNOWN_FORMAT"));
        assertThat(label("--resume", "--json").lines()).isEmpty();
        Files.delete(out.resolve("a.png"));
        assertThat(label("--resume", "--json").lines()).hasSize(1);
    }

    @Test
    void aLineThatWasCutIsDoneAgain() throws IOException {
        picture("a.png");
        text("b.md");
        label();
        String whole = Files.readString(report.resolve("files.jsonl"));
        for (int cut = 0; cut < whole.length(); cut += 37) {
            Files.writeString(report.resolve("files.jsonl"), whole.substring(0, cut));
            assertThat(label("--resume").code()).isZero();
            assertThat(journal())
                    .hasSize(2)
                    .allMatch(line -> JournalLine.parse(line).isPresent());
        }
    }

    @Test
    void metadataOnlyLeavesTheContentAlone() throws IOException {
        picture("a.png");
        label();
        String labelled = out.resolve("a.png").toString();
        assertThat(Ran.cinnabar("verify", "--json", labelled).out()).contains("\"explicit\":[{");
        Ran fast = Ran.cinnabar("verify", "--json", "--metadata-only", labelled);
        assertThat(fast.code()).isZero();
        assertThat(fast.out()).contains("\"verdict\":\"compliant\"", "\"explicit\":[]");
        assertThat(Ran.cinnabar("verify", "--metadata-only", "--require-explicit", labelled)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void anEarlierReportIsNotWrittenOver() throws IOException {
        text("b.md");
        label();
        String before = Files.readString(report.resolve("files.jsonl"));
        Ran again = label();
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("--resume");
        assertThat(report.resolve("files.jsonl")).hasContent(before);
        assertThat(Ran.cinnabar("verify", in.toString(), "-r", "--resume").code())
                .isEqualTo(2);
    }

    @Test
    void inPlaceIsResumedToo() throws IOException {
        Path page = text("b.md");
        List<String> command = List.of("label", in.toString(), "-r", "--in-place", "--producer", PRODUCER, "--report");
        assertThat(run(command, report.toString()).code()).isZero();
        byte[] once = Files.readAllBytes(page);
        assertThat(run(command, report.toString(), "--resume").code()).isZero();
        assertThat(page).as("not labelled a second time").hasBinaryContent(once);
    }

    @Test
    void whatTheRunItselfWritesIsNotTaken() throws IOException {
        picture("a.png");
        Path inside = in.resolve("labelled");
        Path reports = in.resolve("reports");
        String[] command = {
            "label",
            in.toString(),
            "-r",
            "--into",
            inside.toString(),
            "--report",
            reports.toString(),
            "--producer",
            PRODUCER
        };
        assertThat(Ran.cinnabar(command).code()).isZero();
        try (Stream<Path> files = Files.walk(in)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(5);
        }
    }

    @Test
    void linksPipesAndUnfinishedFilesAreLeftOut() throws Exception {
        picture("a.png");
        Files.createSymbolicLink(in.resolve("loop"), in);
        Files.createSymbolicLink(in.resolve("nowhere.png"), folder.resolve("nothing"));
        Files.createSymbolicLink(in.resolve("twice.png"), in.resolve("a.png"));
        Files.copy(in.resolve("a.png"), in.resolve(".a.png.4711.0.part"));
        Path pipe = in.resolve("pipe.png");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Ran ran = label("--json");
        assertThat(ran.code()).isZero();
        assertThat(ran.lines()).hasSize(1);
        assertThat(ran.err()).contains("1 files", "5 links and the like left out");
        Ran named = Ran.cinnabar("verify", pipe.toString());
        assertThat(named.code()).isEqualTo(3);
        assertThat(named.err()).contains("neither a file nor a folder");
    }

    @Test
    void twoFilesForOneNameAreNotBothWritten() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(in.resolve("a.md"), "one");
        Files.writeString(other.resolve("a.md"), "two");
        Ran ran = Ran.cinnabar(
                "label", "-r", in.toString(), other.toString(), "--into", out.toString(), "--producer", PRODUCER);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("goes to");
    }

    @Test
    void aKilledRunGoesOnWhereItWas() throws Exception {
        for (int i = 0; i < 1500; i++) {
            text("%04d.md".formatted(i));
        }
        Process child = child();
        await(child, 200);
        child.destroyForcibly().waitFor();
        int before = journal().size();
        assertThat(before).isBetween(200, 1499);
        Ran again = label("--resume");
        assertThat(again.code()).isZero();
        wholeAfter(again, before);
    }

    @Test
    void anEndedRunFinishesItsFilesAndSaysHowToGoOn() throws Exception {
        for (int i = 0; i < 1500; i++) {
            text("%04d.md".formatted(i));
        }
        Process child = child();
        await(child, 200);
        child.destroy();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("err"))).contains("--resume goes on from here");
        int before = journal().size();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.filter(file -> file.toString().endsWith(".md"))).hasSize(before);
        }
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files)
                    .as("nothing unfinished")
                    .noneMatch(file -> file.toString().endsWith(".part"));
        }
        wholeAfter(label("--resume"), before);
    }

    private void wholeAfter(Ran again, int before) throws IOException {
        assertThat(again.err()).contains("1,500 files");
        assertThat(again.lines().stream().filter(line -> line.contains(": labelled")))
                .hasSizeLessThanOrEqualTo(1500 - before + 1);
        assertThat(journal()).hasSize(1500).doesNotHaveDuplicates();
        Ran verified = Ran.cinnabar("verify", "-r", out.toString());
        assertThat(verified.code()).isZero();
    }

    private Process child() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cinnabar.cli.Main");
        builder.command().addAll(labelling());
        builder.redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("err").toFile());
        return builder.start();
    }

    private void await(Process child, int lines) throws Exception {
        Path journal = report.resolve("files.jsonl");
        for (int i = 0; i < 3000 && child.isAlive(); i++) {
            if (Files.exists(journal) && count(journal) >= lines) {
                return;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("the child ended, or did not begin: " + Files.readString(folder.resolve("err")));
    }

    private static long count(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            long lines = 0;
            for (byte b : bytes.readAllBytes()) {
                lines += b == '\n' ? 1 : 0;
            }
            return lines;
        }
    }

    private List<String> journal() throws IOException {
        return Files.readAllLines(report.resolve("files.jsonl")).stream()
                .filter(line -> JournalLine.parse(line).isPresent())
                .toList();
    }

    private List<String> labelling() {
        return List.of(
                "label",
                in.toString(),
                "-r",
                "--into",
                out.toString(),
                "--producer",
                PRODUCER,
                "--report",
                report.toString());
    }

    private Ran label(String... more) {
        return run(labelling(), more);
    }

    private static Ran run(List<String> command, String... more) {
        return Ran.cinnabar(Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private void picture(String name) throws IOException {
        Files.write(in.resolve(name), PngBytes.of(300, 200).bytes());
    }

    private Path text(String name) throws IOException {
        return Files.writeString(in.resolve(name), "# A page\n\nwords of " + name + "\n");
    }
}
