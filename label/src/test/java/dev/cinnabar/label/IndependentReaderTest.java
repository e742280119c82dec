package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import dev.cinnabar.testkit.PngBytes;
import dev.cinnabar.testkit.WavBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write, judged by programs that are none of ours: ExifTool reads the labels, ffprobe plays the media. */
class IndependentReaderTest {
    private static final AigcLabel LABEL =
            AigcLabel.first("001191110102MACQD9K64010000", "moonlit-teapot").withReservedCode1("{\"a\":\"b\"}");

    private final Labels labels = new Labels(Limits.standard());

    @TempDir
    private Path folder = Path.of(".");

    private Path written(String name, byte[] file) throws IOException {
        Path path = folder.resolve(name);
        assertThat(labels.write(Source.of(name, file), Order.of(LABEL), path)).isInstanceOf(Written.Done.class);
        return path;
    }

    /** What a program prints; the test is skipped where the program is not installed. */
    private static String said(List<String> command) throws IOException, InterruptedException {
        boolean there = false;
        for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            there |= Files.isExecutable(Path.of(place).resolve(command.getFirst()));
        }
        Assumptions.assumeTrue(there, "tool absent: " + command.getFirst());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void exifToolReadsTheLabelsOfPicturesAndFindsNothingWrong() throws IOException, InterruptedException {
        List<Path> files = List.of(
                written("a.png", PngBytes.of(300, 200).bytes()),
                written("b.png", PngBytes.of(300, 200).kind(3, 4).palette(16).bytes()),
                written("c.jpg", JpegBytes.of(300, 200).exif(6, "x", "y", false).bytes()),
                written("d.jpg", JpegBytes.of(300, 200).progressive().bytes()));
        for (Path file : files) {
            String said = said(
                    List.of("exiftool", "-a", "-s", "-XMP:all", "-validate", "-warning", "-error", file.toString()));
            assertThat(said).contains(": " + LABEL.toJson()).doesNotContain("Error");
            assertThat(said.lines().filter(line -> line.startsWith("Aigc") || line.startsWith("AIGC")))
                    .hasSize(1);
        }
    }

    @Test
    void ffprobeFindsThePicturesAndSoundsWhole() throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        files.add(
                written("a.png", PngBytes.of(300, 200).kind(6, 16).interlaced().bytes()));
        files.add(written("b.jpg", JpegBytes.of(300, 200).bytes()));
        files.add(written("c.wav", WavBytes.of(44100, 2, 24).extensible().bytes()));
        files.add(written("d.wav", WavBytes.of(8000, 1, 16).rf64().bytes()));
        for (Path file : files) {
            String said = said(List.of(
                    "ffprobe",
                    "-v",
                    "warning",
                    "-count_frames",
                    "-show_entries",
                    "stream=width,height,duration,nb_read_frames",
                    "-of",
                    "compact",
                    file.toString()));
            assertThat(said)
                    .startsWith("stream|")
                    .doesNotContainIgnoringCase("error")
                    .doesNotContainIgnoringCase("invalid");
            boolean picture = !file.toString().endsWith("wav");
            assertThat(said).contains(picture ? "width=300|height=200" : "duration=2.9");
        }
    }
}
