package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.PngBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that somebody writes while we read it: what comes of it is whole or is nothing, and is said. */
final class ChangingFileTest {
    private final Labels labels = new Labels(Limits.standard());

    @TempDir
    private Path folder;

    @Test
    void aFileThatGrowsMeanwhileIsNotLabelledHalf() throws Exception {
        Path file = growing();
        Path target = folder.resolve("out.png");
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> grow(file, stop));
        int refused = 0;
        try {
            for (int i = 0; i < 500 && refused < 3; i++) {
                Files.deleteIfExists(target);
                Written written = labels.write(
                        Source.of(file), Order.implicitOnly(AigcLabel.first("moonlit-teapot", "p-1")), target);
                if (written instanceof Written.Impossible impossible) {
                    assertThat(impossible.why().fault()).isEqualTo(Fault.CHANGED);
                    assertThat(target).doesNotExist();
                    refused++;
                }
            }
        } finally {
            stop.set(true);
            writer.join();
        }
        assertThat(refused).isEqualTo(3);
    }

    @Test
    void itIsNotJudgedEither() throws Exception {
        Path file = growing();
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> grow(file, stop));
        boolean said = false;
        try {
            for (int i = 0; i < 2000 && !said; i++) {
                Reading reading = labels.read(Source.of(file), Look.CONTENT);
                said = reading.verdict() instanceof Verdict.Inconclusive
                        && reading.findings().stream().anyMatch(finding -> finding.fault() == Fault.CHANGED);
            }
        } finally {
            stop.set(true);
            writer.join();
        }
        assertThat(said).isTrue();
    }

    private Path growing() throws IOException {
        return Files.write(folder.resolve("a.png"), PngBytes.of(600, 400).bytes());
    }

    private static void grow(Path file, AtomicBoolean stop) {
        try {
            for (int i = 0; i < 2_000_000 && !stop.get(); i++) {
                Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
