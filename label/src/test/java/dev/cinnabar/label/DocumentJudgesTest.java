package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Corpus;
import dev.cinnabar.testkit.PdfBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labelled documents, judged by programs that are none of ours: qpdf and Poppler open the PDF, ExifTool reads the labels. And real documents. */
class DocumentJudgesTest {
    private static final AigcLabel LABEL =
            AigcLabel.first("001191110102MACQD9K64010000", "moonlit-teapot").withReservedCode1("{\"a\":\"(b)\"}");

    private final Labels labels = new Labels(Limits.standard());

    @TempDir
    private Path folder = Path.of(".");

    private Path written(String name, byte[] file) throws IOException {
        Path path = folder.resolve(name);
        assertThat(labels.write(Source.of(name, file), Order.of(LABEL), path)).isInstanceOf(Written.Done.class);
        return path;
    }

    private static String said(String... command) throws IOException, InterruptedException {
        boolean there = false;
        for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            there |= Files.isExecutable(Path.of(place).resolve(command[0]));
        }
        Assumptions.assumeTrue(there, "tool absent: " + command[0]);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static List<byte[]> pdfs() {
        PdfBytes plain = PdfBytes.page();
        PdfBytes info = PdfBytes.page().info("/Title(tea \\(pot\\))");
        return List.of(plain.table(), plain.stream(false), info.table(), info.stream(true), info.hybrid());
    }

    @Test
    void qpdfFindsEveryPdfWhole() throws IOException, InterruptedException {
        int number = 0;
        for (byte[] pdf : pdfs()) {
            Path file = written(number++ + ".pdf", pdf);
            assertThat(said("qpdf", "--check", file.toString()))
                    .doesNotContain("WARNING")
                    .doesNotContain("ERROR");
        }
    }

    @Test
    void popplerReadsTheLabelAndDrawsTheSamePage() throws IOException, InterruptedException {
        int number = 0;
        // not the hybrid one: Poppler does not find an Info dictionary that only the stream knows, labelled or not
        for (byte[] pdf : pdfs().subList(0, 4)) {
            Path before = Files.write(folder.resolve("before.pdf"), pdf);
            Path file = written(number++ + ".pdf", pdf);
            assertThat(said("pdfinfo", "-custom", file.toString()).replaceAll("\\s", ""))
                    .contains("AIGC:" + LABEL.toJson());
            String pixels = said("pdftoppm", "-r", "20", before.toString());
            assertThat(said("pdftoppm", "-r", "20", file.toString()))
                    .isEqualTo(pixels)
                    .startsWith("P6");
        }
    }

    @Test
    void exifToolReadsTheLabelsOfDocuments() throws IOException, InterruptedException {
        List<Path> files = List.of(
                written("a.pdf", pdfs().get(0)),
                written("b.pdf", pdfs().get(3)),
                written("c.docx", OoxmlFormatTest.bare().bytes()),
                written("d.svg", new SvgFormatTest().samples().getFirst()));
        for (Path file : files) {
            String said = said("exiftool", "-a", "-s", "-u", "-warning", "-error", "-all", file.toString());
            assertThat(said).contains(": " + LABEL.toJson()).doesNotContain("Error");
        }
    }

    @Test
    void realDocumentsTakeTheLabelOrSayWhyNot() throws IOException, InterruptedException {
        Optional<Path> corpus = Corpus.folder();
        Assumptions.assumeTrue(corpus.isPresent(), Corpus.ABSENT + ": set CINNABAR_CORPUS");
        List<Path> all;
        try (var files = Files.list(corpus.orElseThrow().resolve("doc"))) {
            all = files.sorted().toList();
        }
        assertThat(all).hasSizeGreaterThan(3);
        for (Path file : all) {
            String name = file.getFileName().toString();
            byte[] bytes = Files.readAllBytes(file);
            if (name.contains("password")) {
                assertThat(labels.write(Source.of(file), Order.implicitOnly(LABEL), new Memory()))
                        .isInstanceOfSatisfying(
                                Written.Impossible.class,
                                impossible ->
                                        assertThat(impossible.why().fault()).isEqualTo(Fault.ENCRYPTED));
                continue;
            }
            Path labelled = written(name, bytes);
            assertThat(labels.read(Source.of(labelled)).verdict()).as(name).isEqualTo(new Verdict.Compliant());
            if (name.endsWith(".pdf")) {
                said("qpdf", "--check", labelled.toString());
                assertThat(said("pdftotext", labelled.toString(), "-"))
                        .isEqualTo(said("pdftotext", file.toString(), "-"));
            }
        }
    }
}
