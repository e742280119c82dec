package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import dev.cinnabar.testkit.PngBytes;
import dev.cinnabar.testkit.WavBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The digest of media: stays when metadata go, changes when a sample changes. */
class MediaDigestTest {
    private final Labels labels = new Labels(Limits.standard());

    private Optional<String> digest(byte[] file) throws IOException {
        return labels.mediaDigest(Source.of("file", file));
    }

    private static List<byte[]> samples() {
        return List.of(
                PngBytes.of(40, 30).bytes(), JPEG, WavBytes.of(8000, 1, 16).bytes());
    }

    private static final byte[] JPEG = JpegBytes.of(64, 48).bytes();

    @Test
    void aLabelWithoutAMarkLeavesIt() throws IOException {
        for (byte[] sample : samples()) {
            Memory target = new Memory();
            labels.write(Source.of("file", sample), Order.implicitOnly(AigcLabel.first("moonlit-teapot", "1")), target);
            assertThat(digest(target.bytes())).isPresent().isEqualTo(digest(sample));
            assertThat(target.bytes()).isNotEqualTo(sample);
        }
    }

    @Test
    void anotherSampleIsAnotherDigest() throws IOException {
        for (byte[] sample : samples()) {
            byte[] changed = sample.clone();
            int at = sample.length - 20;
            changed[at] = (byte) (changed[at] == 1 ? 2 : 1);
            assertThat(digest(changed)).isNotEqualTo(digest(sample));
        }
    }

    @Test
    void itSeesThroughHowAStreamIsCut() throws IOException {
        assertThat(digest(PngBytes.of(40, 30).idats(100).bytes()))
                .isEqualTo(digest(PngBytes.of(40, 30).bytes()));
        byte[] trailing = Arrays.copyOf(JPEG, JPEG.length + 7);
        assertThat(digest(trailing)).isEqualTo(digest(JPEG));
    }

    @Test
    void whatCannotBeWalkedHasNone() throws IOException {
        for (byte[] sample : samples().subList(0, 2)) {
            for (int length = 8; length < sample.length - 1; length += 37) {
                assertThat(digest(Arrays.copyOf(sample, length))).isEmpty();
            }
        }
        assertThat(digest("words".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
