package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import dev.cinnabar.testkit.WavBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;

/** The rhythm before a sound, and the ear for rhythms: GB 45438-2025 5.3. */
class WavSoundTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "id");
    private static final double UNIT = 0.12;

    private final Labels labels = new Labels(Limits.standard());

    private byte[] write(byte[] file) {
        try {
            Memory target = new Memory();
            Written written = labels.write(Source.of("a.wav", file), Order.of(LABEL), target);
            assertThat(written).as("%s", written).isInstanceOf(Written.Done.class);
            return target.bytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<ExplicitMark> heard(byte[] file) {
        try {
            return labels.read(Source.of("a.wav", file)).explicit();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteBuffer little(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int chunk(byte[] file, String id) {
        return FormatContract.indexOf(file, id.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void theJdkReadsTheResultAndTheSoundFollowsTheTones() throws IOException, UnsupportedAudioFileException {
        for (int[] kind : new int[][] {{44100, 2, 16}, {8000, 1, 8}, {48000, 1, 24}, {22050, 6, 16}}) {
            byte[] file = WavBytes.of(kind[0], kind[1], kind[2]).bytes();
            byte[] after = write(file);
            try (AudioInputStream before = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file));
                    AudioInputStream now = AudioSystem.getAudioInputStream(new ByteArrayInputStream(after))) {
                long tones = now.getFrameLength() - before.getFrameLength();
                assertThat(tones / (double) kind[0]).isBetween(1.5, 2.5);
                byte[] sound = before.readAllBytes();
                byte[] all = now.readAllBytes();
                assertThat(Arrays.copyOfRange(all, all.length - sound.length, all.length))
                        .isEqualTo(sound);
            }
        }
    }

    @Test
    void sizesAreRightAndEven() {
        for (int frames : new int[] {799, 800}) {
            for (int bits : new int[] {8, 24}) {
                byte[] file = WavBytes.of(8000, 1, bits)
                        .sound(frames / 8000.0, t -> 0)
                        .late("LIST", "INFO".getBytes(StandardCharsets.ISO_8859_1))
                        .bytes();
                byte[] after = write(file);
                assertThat(after.length % 2).isZero();
                assertThat(little(after).getInt(4)).isEqualTo(after.length - 8);
                int data = chunk(after, "data");
                int size = little(after).getInt(data + 4);
                int end = data + 8 + size + (size & 1);
                assertThat(new String(after, end, 4, StandardCharsets.ISO_8859_1))
                        .isEqualTo("LIST");
            }
        }
    }

    @Test
    void whatCountsFramesFollows() {
        byte[] cue = new byte[4 + 24];
        little(cue).putInt(0, 1).putInt(4, 9).putInt(8, 100).putInt(24, 100);
        byte[] sampler = new byte[36 + 24];
        little(sampler).putInt(28, 1).putInt(36 + 8, 10).putInt(36 + 12, 20);
        byte[] fact = new byte[4];
        little(fact).putInt(8000);
        byte[] file = WavBytes.of(8000, 1, 32)
                .tag(3)
                .chunk("fact", fact)
                .chunk("cue ", cue)
                .late("smpl", sampler)
                .bytes();
        byte[] after = write(file);
        ByteBuffer out = little(after);
        int frames = (out.getInt(chunk(after, "data") + 4) - out.capacity() * 0) / 4 - 8000;
        assertThat(frames).isPositive();
        assertThat(out.getInt(chunk(after, "fact") + 8)).isEqualTo(8000 + frames);
        assertThat(out.getInt(chunk(after, "cue ") + 8 + 8)).isEqualTo(100 + frames);
        assertThat(out.getInt(chunk(after, "cue ") + 8 + 24)).isEqualTo(100 + frames);
        assertThat(out.getInt(chunk(after, "smpl") + 8 + 44)).isEqualTo(10 + frames);
        assertThat(out.getInt(chunk(after, "smpl") + 8 + 48)).isEqualTo(20 + frames);
    }

    @Test
    void bigFilesKeepTheirSizesInDs64() {
        byte[] file = WavBytes.of(8000, 2, 16).rf64().bytes();
        byte[] after = write(file);
        ByteBuffer out = little(after);
        int ds64 = chunk(after, "ds64") + 8;
        assertThat(out.getLong(ds64)).isEqualTo(after.length - 8L);
        assertThat(out.getLong(ds64 + 8)).isEqualTo(after.length - (chunk(after, "data") + 8L));
        assertThat(out.getLong(ds64 + 16)).isEqualTo(out.getLong(ds64 + 8) / 4);
        assertThat(out.getInt(chunk(after, "data") + 4)).isEqualTo(-1);
    }

    /** A rhythm of any tempo and pitch, mixed into a sound at a second. */
    private static DoubleUnaryOperator rhythm(double at, double unit, double pitch, double letter, double loud) {
        double[][] tones = {{0, 1}, {2, 3}, {5 + letter, 1}, {7 + letter, 1}};
        return t -> {
            double u = (t - at) / unit;
            for (double[] tone : tones) {
                if (u >= tone[0] && u < tone[0] + tone[1]) {
                    return loud * Math.sin(2 * Math.PI * pitch * t);
                }
            }
            return 0;
        };
    }

    @Test
    void rhythmsOfOtherMakersAreHeard() {
        for (double unit : new double[] {0.05, 0.1, 0.18}) {
            for (double pitch : new double[] {440, 1000, 2000}) {
                for (double rate : new double[] {8000, 44100}) {
                    byte[] file = WavBytes.of((int) rate, 1, 16)
                            .sound(4, rhythm(0.3, unit, pitch, 3, 0.2))
                            .bytes();
                    assertThat(heard(file))
                            .as("unit %s, pitch %s, rate %s", unit, pitch, rate)
                            .containsExactly(new ExplicitMark(ExplicitMark.Kind.RHYTHM, "start"));
                }
            }
        }
    }

    @Test
    void theEndAndTheMiddleAreListenedToToo() {
        DoubleUnaryOperator speech =
                t -> 0.2 * Math.sin(900 * t) * Math.sin(37 * t) + 0.1 * Math.sin(2900 * t + Math.sin(40 * t));
        for (Object[] one : new Object[][] {{30.0, "middle"}, {57.5, "end"}}) {
            double at = (double) one[0];
            DoubleUnaryOperator tones = rhythm(at, UNIT, 880, 3, 0.5);
            byte[] file = WavBytes.of(8000, 1, 16)
                    .sound(
                            60,
                            t -> t < at - 0.3 || t > at + 14 * UNIT ? speech.applyAsDouble(t) : tones.applyAsDouble(t))
                    .bytes();
            assertThat(heard(file)).containsExactly(new ExplicitMark(ExplicitMark.Kind.RHYTHM, (String) one[1]));
        }
    }

    @Test
    void otherSignalsAreNoRhythm() {
        // Morse L: short long short short without the gap between the letters
        assertThat(heard(WavBytes.of(8000, 1, 16)
                        .sound(3, rhythm(0.3, UNIT, 880, -1, 0.5))
                        .bytes()))
                .isEmpty();
        DoubleUnaryOperator[] others = {
            t -> 0.5 * Math.sin(2 * Math.PI * 880 * t),
            t -> t % 0.5 < 0.25 ? 0.5 * Math.sin(2 * Math.PI * 440 * t) : 0,
            t -> 0.3 * Math.sin(2 * Math.PI * (200 + 400 * t) * t),
            t -> t % 0.24 < 0.12 ? 0.5 * Math.sin(2 * Math.PI * 880 * t) : 0,
        };
        for (DoubleUnaryOperator other : others) {
            assertThat(heard(WavBytes.of(8000, 1, 16).sound(6, other).bytes())).isEmpty();
        }
    }

    @Test
    void randomBeepsAreAlmostNeverTakenForARhythm() {
        RandomGenerator random = Seeded.random(7);
        int heard = 0;
        for (int i = 0; i < 300; i++) {
            double[] cuts = random.doubles(40, 0.03, 0.5).toArray();
            DoubleUnaryOperator beeps = t -> {
                double at = 0;
                for (int k = 0; k < cuts.length; k++) {
                    at += cuts[k];
                    if (t < at) {
                        return k % 2 == 0 ? 0.4 * Math.sin(2 * Math.PI * 880 * t) : 0;
                    }
                }
                return 0;
            };
            heard += heard(WavBytes.of(8000, 1, 16).sound(8, beeps).bytes()).size();
        }
        // 9 rhythms of random lengths in each sound: the proportions let a few of 2,700 through
        assertThat(heard).isLessThan(30);
    }
}
