package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import dev.cinnabar.testkit.PngBytes;
import dev.cinnabar.testkit.WavBytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gigabyte of media is labelled and read by a process that has 64 MB: metadata must not load media. */
@Tag("deep")
class MemoryBoundTest {
    private static final int GIGABYTE = 1 << 30;

    @TempDir
    private Path folder = Path.of(".");

    /** Runs in the small process: labels the first path to the second, then reads it back. */
    public static void main(String[] paths) throws IOException {
        Labels labels = new Labels(Limits.standard());
        AigcLabel label = AigcLabel.first("001191110102MACQD9K64010000", "big");
        Written written = labels.write(Source.of(Path.of(paths[0])), Order.implicitOnly(label), Path.of(paths[1]));
        Reading reading = labels.read(Source.of(Path.of(paths[1])), Look.METADATA);
        System.out.println(
                written.getClass().getSimpleName() + " " + reading.verdict().word());
    }

    private void assertLabelled(String name, byte[] head, byte[] tail) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(head);
            out.setLength((long) head.length + GIGABYTE + tail.length);
            out.seek((long) head.length + GIGABYTE);
            out.write(tail);
        }
        Path labelled = folder.resolve("labelled-" + name);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryBoundTest.class.getName(),
                        file.toString(),
                        labelled.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(said.strip()).isEqualTo("Done compliant");
        assertThat(Files.size(labelled)).isGreaterThan(Files.size(file));
        Files.delete(labelled);
        Files.delete(file);
    }

    @Test
    void aSound() throws IOException, InterruptedException {
        byte[] head = WavBytes.of(44100, 2, 16).sound(0, t -> 0).bytes();
        ByteBuffer sizes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        sizes.putInt(4, head.length - 8 + GIGABYTE).putInt(head.length - 4, GIGABYTE);
        assertLabelled("a.wav", head, new byte[0]);
    }

    @Test
    void aJpegWithAGigabyteBehindIt() throws IOException, InterruptedException {
        assertLabelled("a.jpg", JpegBytes.of(64, 64).bytes(), new byte[] {1});
    }

    @Test
    void aPng() throws IOException, InterruptedException {
        byte[] file = PngBytes.of(8, 8).chunk("prVt", new byte[0]).bytes();
        int at = FormatContract.indexOf(file, "prVt".getBytes(StandardCharsets.US_ASCII)) + 4;
        ByteBuffer.wrap(file).putInt(at - 8, GIGABYTE);
        assertLabelled("a.png", java.util.Arrays.copyOf(file, at), java.util.Arrays.copyOfRange(file, at, file.length));
    }
}
