package dev.cinnabar.label;

import dev.cinnabar.testkit.WavBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** WAV keeps the contract, in every coding and coat. */
class WavFormatTest extends FormatContract {
    @Override
    protected String name() {
        return "a.wav";
    }

    @Override
    protected Format format() {
        return Format.WAV;
    }

    @Override
    protected List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        samples.add(WavBytes.of(8000, 1, 16).sound(0.1, t -> Math.sin(900 * t)).bytes());
        for (int bits : new int[] {8, 16, 24, 32}) {
            samples.add(WavBytes.of(22050, 2, bits).extensible().bytes());
            samples.add(WavBytes.of(11025, 1, bits).sound(0.30001, t -> 0).bytes());
        }
        samples.add(WavBytes.of(44100, 6, 32).tag(3).extensible().bytes());
        samples.add(WavBytes.of(16000, 1, 64).tag(3).bytes());
        samples.add(WavBytes.of(8000, 1, 8).tag(6).sound(0.5, t -> 0.5).bytes());
        samples.add(WavBytes.of(8000, 3, 8).tag(7).sound(0.50009, t -> 0.5).bytes());
        samples.add(WavBytes.of(48000, 2, 24).rf64().bytes());
        samples.add(WavBytes.of(48000, 1, 16).streamed().bytes());
        samples.add(WavBytes.of(192_000, 2, 16)
                .sound(0.2, t -> 0.9 * Math.sin(5000 * t))
                .bytes());
        return samples;
    }

    @Override
    protected byte[] media(byte[] file) {
        int at = indexOf(file, "data".getBytes(StandardCharsets.ISO_8859_1));
        return Arrays.copyOfRange(file, at, file.length);
    }

    @Override
    protected byte[] withStrangers() {
        return WavBytes.of(22050, 1, 16)
                .chunk("bext", new byte[602])
                .chunk("abcd", "odd".getBytes(StandardCharsets.ISO_8859_1))
                .late("LIST", "INFOINAM\4\0\0\0tea\0".getBytes(StandardCharsets.ISO_8859_1))
                .late("xyzw", new byte[] {1, 2, 3, 4})
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(
                WavBytes.chunkBytes("bext", new byte[602]),
                WavBytes.chunkBytes("abcd", "odd".getBytes(StandardCharsets.ISO_8859_1)),
                WavBytes.chunkBytes("LIST", "INFOINAM\4\0\0\0tea\0".getBytes(StandardCharsets.ISO_8859_1)),
                WavBytes.chunkBytes("xyzw", new byte[] {1, 2, 3, 4}),
                media(WavBytes.of(22050, 1, 16).bytes()).length > 8
                        ? Arrays.copyOfRange(media(WavBytes.of(22050, 1, 16).bytes()), 8, 40)
                        : new byte[0]);
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(WavBytes.of(8000, 1, 16)
                .chunk(
                        "C2PA",
                        ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).array())
                .bytes());
    }
}
