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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real containers, labelled by us and judged by programs that are none of ours: ffmpeg hashes every stream before and after, ffprobe and ExifTool read the label. */
class ContainerJudgesTest {
    private static final AigcLabel FIRST = AigcLabel.first("001191110102MACQD9K64010000", "first");
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "corpus-moonlit-teapot");

    private final Labels labels = new Labels(Limits.standard());

    @TempDir
    private Path folder = Path.of(".");

    private static List<Path> files(String ending, String... folders) throws IOException {
        Optional<Path> corpus = Corpus.folder();
        Assumptions.assumeTrue(corpus.isPresent(), Corpus.ABSENT + ": set CINNABAR_CORPUS");
        List<Path> all = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(corpus.orElseThrow().resolve(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(" + ending + ")"))
                        .sorted()
                        .forEach(all::add);
            }
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

    /** The hash of every stream's packets, and whatever ffmpeg complains about. */
    private static String hashes(Path file) throws IOException, InterruptedException {
        String said = said(
                "ffmpeg", "-v", "warning", "-i", file.toString(), "-map", "0", "-c", "copy", "-f", "streamhash", "-");
        return said.replaceAll("@ 0x[0-9a-f]+", "");
    }

    private Path labelled(Path file) throws IOException {
        Path once = folder.resolve("once-" + file.getFileName());
        assertThat(labels.write(Source.of(file), Order.implicitOnly(FIRST), once))
                .as("%s", file)
                .isInstanceOf(Written.Done.class);
        Path twice = folder.resolve("twice-" + file.getFileName());
        assertThat(labels.write(Source.of(once), Order.implicitOnly(LABEL), twice))
                .isInstanceOf(Written.Done.class);
        Reading reading = labels.read(Source.of(twice));
        assertThat(reading.verdict()).as("%s", file).isEqualTo(new Verdict.Compliant());
        assertThat(reading.findings()).as("%s", file).isEmpty();
        return twice;
    }

    private void assertSameStreams(Path file) throws IOException, InterruptedException {
        Path labelled = labelled(file);
        assertThat(hashes(labelled)).as("%s", file).isEqualTo(hashes(file));
        String tags =
                said("ffprobe", "-v", "warning", "-show_entries", "format_tags", "-of", "flat", labelled.toString());
        String shown = "format.tags.AIGC=\"" + LABEL.toJson().replace("\"", "\\\"") + "\"";
        assertThat(tags.lines().filter(line -> line.contains("AIGC"))).as(tags).containsExactly(shown);
    }

    private static void assertExifToolReads(Path labelled) throws IOException, InterruptedException {
        String said = said("exiftool", "-a", "-s", "-AIGC", "-error", labelled.toString());
        assertThat(said.lines().toList()).containsExactly("AIGC                            : " + LABEL.toJson());
    }

    @Test
    void moviesAndSounds() throws IOException, InterruptedException {
        for (Path file : files("mp4|mov|m4a", "video", "audio")) {
            if (file.getFileName().toString().startsWith("dash")) {
                continue;
            }
            assertSameStreams(file);
            assertExifToolReads(folder.resolve("twice-" + file.getFileName()));
        }
    }

    @Test
    void matroska() throws IOException, InterruptedException {
        for (Path file : files("mkv|webm", "video")) {
            assertSameStreams(file);
            String said = said(
                    "exiftool",
                    "-a",
                    "-s",
                    "-Aigc",
                    "-error",
                    folder.resolve("twice-" + file.getFileName()).toString());
            assertThat(said.lines().toList()).containsExactly("Aigc                            : " + LABEL.toJson());
        }
    }

    /** The same media in the shapes that ffmpeg can give them, labelled, with seeking tried on the result. */
    @Test
    void everyShapeThatFfmpegWrites() throws IOException, InterruptedException {
        Path source = files("mkv", "video").getFirst();
        String[][] shapes = {
            {"cues.mkv", "-cues_to_front", "1"},
            {"reserved.mkv", "-reserve_index_space", "5000"},
            {"live.mkv", "-live", "1"},
            {"plain.mkv", "-fflags", "+bitexact"},
        };
        for (String[] shape : shapes) {
            Path file = folder.resolve(shape[0]);
            List<String> command =
                    new ArrayList<>(List.of("ffmpeg", "-v", "error", "-i", source.toString(), "-c", "copy"));
            command.addAll(List.of(shape).subList(1, shape.length));
            command.add(file.toString());
            said(command.toArray(String[]::new));
            assertSameStreams(file);
            Path labelled = folder.resolve("twice-" + shape[0]);
            assertThat(sought(labelled)).as(shape[0]).isEqualTo(sought(file));
        }
    }

    @Test
    void aviAsFfmpegWritesIt() throws IOException, InterruptedException {
        Path source = files("mkv", "video").getFirst();
        String[][] shapes = {
            {"plain.avi"}, {"index.avi", "-reserve_index_space", "2000"}, {"tight.avi", "-fflags", "+bitexact"}
        };
        for (String[] shape : shapes) {
            Path file = folder.resolve(shape[0]);
            List<String> command = new ArrayList<>(
                    List.of("ffmpeg", "-v", "error", "-i", source.toString(), "-c:v", "mpeg4", "-g", "10"));
            command.addAll(List.of(shape).subList(1, shape.length));
            command.addAll(List.of("-c:a", "pcm_s16le", file.toString()));
            said(command.toArray(String[]::new));
            if (shape[0].startsWith("tight")) {
                // without padding the media must move
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                Files.write(file, text.replace("JUNK", "tea1").getBytes(StandardCharsets.ISO_8859_1));
            }
            assertSameStreams(file);
            Path labelled = folder.resolve("twice-" + shape[0]);
            assertThat(sought(labelled)).as(shape[0]).isEqualTo(sought(file)).doesNotContain("seek");
        }
    }

    @Test
    void flvAsFfmpegWritesIt() throws IOException, InterruptedException {
        Path source = files("mkv", "video").getFirst();
        for (String flags : List.of("add_keyframe_index", "no_metadata", "no_duration_filesize")) {
            Path file = folder.resolve(flags + ".flv");
            said(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-i",
                    source.toString(),
                    "-c:v",
                    "flv",
                    "-g",
                    "10",
                    "-c:a",
                    "adpcm_swf",
                    "-ar",
                    "22050",
                    "-flvflags",
                    flags,
                    file.toString());
            assertSameStreams(file);
            Path labelled = folder.resolve("twice-" + file.getFileName());
            assertThat(sought(labelled)).as(flags).isEqualTo(sought(file)).doesNotContain("seek");
            assertExifToolReads(labelled);
        }
    }

    /** The hash of what comes behind a jump into the middle, which goes by the index. */
    private static String sought(Path file) throws IOException, InterruptedException {
        String said = said(
                "ffmpeg",
                "-v",
                "warning",
                "-ss",
                "2.5",
                "-i",
                file.toString(),
                "-map",
                "0",
                "-c",
                "copy",
                "-f",
                "streamhash",
                "-");
        return said.replaceAll("@ 0x[0-9a-f]+", "");
    }

    @Test
    void pictures() throws IOException, InterruptedException {
        for (Path file : files("heic|heif|avif", "bmff")) {
            Path labelled = labelled(file);
            String said = said("exiftool", "-a", "-s", "-XMP-TC260:all", "-validate", "-warning", labelled.toString());
            assertThat(said.lines().toList())
                    .containsExactlyInAnyOrder(
                            "Validate                        : OK",
                            "Aigc                            : " + LABEL.toJson());
            Path before = folder.resolve("before.y4m");
            Path after = folder.resolve("after.y4m");
            said("heif-convert", file.toString(), before.toString());
            said("heif-convert", labelled.toString(), after.toString());
            assertThat(after).as("%s", file).hasSameBinaryContentAs(before);
        }
    }

    @Test
    void sealedFilesAreLeftAlone() throws IOException {
        List<Path> sealed = new ArrayList<>(files("mp4|heic|heif|avif", "c2pa"));
        sealed.addAll(files("m4s|mp4", "video").stream()
                .filter(file -> file.getFileName().toString().startsWith("dash"))
                .toList());
        for (Path file : sealed) {
            assertThat(labels.read(Source.of(file), Look.METADATA).signatures())
                    .as("%s", file)
                    .anyMatch(seen -> seen.scheme() == SignatureSeen.Scheme.C2PA);
            assertThat(labels.write(Source.of(file), Order.implicitOnly(LABEL), new Memory()))
                    .isInstanceOfSatisfying(
                            Written.Impossible.class,
                            impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.C2PA_SEALED));
        }
    }
}
