package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real pictures and sounds, labelled and then judged by programs that are none of ours: what ffmpeg decodes is the same as before, ExifTool and ffprobe show the label. */
class PlayedTest {
    private static final AigcLabel LABEL =
            AigcLabel.first("001191110102MACQD9K64010000", "moonlit-teapot").withReservedCode1("{\"a\":\"b\"}");
    private static final AigcLabel LONGER = LABEL.withReservedCode1("x".repeat(1000));

    private final Labels labels = new Labels(Limits.standard());

    @TempDir
    private Path folder = Path.of(".");

    private static List<Path> files(String folder, String ending) throws IOException {
        Optional<Path> corpus = Corpus.folder();
        Assumptions.assumeTrue(corpus.isPresent(), Corpus.ABSENT + ": set CINNABAR_CORPUS");
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(corpus.orElseThrow().resolve(folder))) {
            files.filter(file -> file.toString().matches(".*[./](" + ending + ")"))
                    .sorted()
                    .forEach(all::add);
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    /** What a program prints; the test is skipped where the program is not installed. */
    private static String said(String... command) throws IOException, InterruptedException {
        boolean there = false;
        for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            there |= Files.isExecutable(Path.of(place).resolve(command[0]));
        }
        Assumptions.assumeTrue(there, "tool absent: " + command[0]);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** What the file's streams decode to, frame by frame, with every time; ffmpeg's complaints are among it. */
    private static String played(Path file) throws IOException, InterruptedException {
        return said("ffmpeg", "-v", "error", "-i", file.toString(), "-f", "framemd5", "-")
                .replaceAll("0x[0-9a-f]+", "");
    }

    private void assertLabelledAndUntouched(Path file, String... judge) throws IOException, InterruptedException {
        String before = played(file);
        Path once = folder.resolve("once-" + file.getFileName());
        Path twice = folder.resolve("twice-" + file.getFileName());
        assertThat(labels.write(Source.of(file), Order.implicitOnly(LONGER), once))
                .as("%s", file)
                .isInstanceOf(Written.Done.class);
        assertThat(labels.write(Source.of(once), Order.implicitOnly(LABEL), twice))
                .isInstanceOf(Written.Done.class);
        for (Path labelled : List.of(once, twice)) {
            assertThat(played(labelled)).as("%s", labelled).isEqualTo(before);
            Reading reading = labels.read(Source.of(labelled), Look.METADATA);
            assertThat(reading.verdict()).as("%s", labelled).isEqualTo(new Verdict.Compliant());
        }
        String[] command = java.util.Arrays.copyOf(judge, judge.length + 1);
        command[judge.length] = twice.toString();
        assertThat(said(command)).as("%s", file).contains(LABEL.toJson());
    }

    private void assertSealed(Path file) throws IOException {
        assertThat(labels.read(Source.of(file), Look.METADATA).signatures())
                .as("%s", file)
                .anyMatch(seen -> seen.scheme() == SignatureSeen.Scheme.C2PA);
        assertThat(labels.write(Source.of(file), Order.implicitOnly(LABEL), new Memory()))
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.C2PA_SEALED));
        assertThat(labels.write(Source.of(file), Order.implicitOnly(LABEL).breakingC2pa(), new Memory()))
                .isInstanceOf(Written.Done.class);
    }

    /** Files of one format, and the programs that must show the label. */
    private record Kind(String folder, String ending, String[]... judges) {
        private static final String[] EXIFTOOL = {"exiftool", "-a"};
        private static final String[] FORMAT = {"ffprobe", "-v", "quiet", "-show_format"};
        private static final String[] STREAMS = {"ffprobe", "-v", "quiet", "-show_streams"};

        private static final List<Kind> ALL = List.of(
                new Kind("webp", "webp", EXIFTOOL),
                new Kind("gif", "anim_30f.gif|mspaint.gif|invalid_xmp_anim.gif", EXIFTOOL),
                new Kind("audio", "mp3", EXIFTOOL, FORMAT),
                new Kind("audio", "flac", EXIFTOOL, FORMAT),
                new Kind("audio", "ogg|opus|oga", EXIFTOOL, STREAMS));
    }

    @Test
    void oneFileOfEachFormat() throws IOException, InterruptedException {
        for (Kind kind : Kind.ALL) {
            assertLabelledAndUntouched(files(kind.folder(), kind.ending()).getFirst(), kind.judges()[0]);
        }
    }

    @Test
    @Tag("deep")
    void allFiles() throws IOException, InterruptedException {
        for (Kind kind : Kind.ALL) {
            for (Path file : files(kind.folder(), kind.ending())) {
                for (String[] judge : kind.judges()) {
                    assertLabelledAndUntouched(file, judge);
                }
            }
        }
    }

    @Test
    void whatFfmpegMakesOfASound() throws IOException, InterruptedException {
        String source = files("audio", "m4a").getFirst().toString();
        Path file = folder.resolve("a.aac");
        said("ffmpeg", "-i", source, "-c", "copy", file.toString());
        assertLabelledAndUntouched(file, Kind.FORMAT);
    }

    @Test
    void whatFfmpegMakesOfAPicture() throws IOException, InterruptedException {
        for (String coding : List.of("raw", "lzw", "packbits")) {
            Path file = folder.resolve(coding + ".tiff");
            said(
                    "ffmpeg",
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc2",
                    "-frames:v",
                    "1",
                    "-compression_algo",
                    coding,
                    file.toString());
            assertLabelledAndUntouched(file, Kind.EXIFTOOL);
        }
    }

    @Test
    void sealedFilesAreLeftAlone() throws IOException {
        for (Path file : files("c2pa", "webp|tiff")) {
            assertSealed(file);
        }
    }
}
