package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleUnaryOperator;

/** Builds WAV files byte by byte: PCM, float, A-law, mu-law, plain or extensible, RIFF or RF64, with any chunks around the sound. */
public final class WavBytes {
    private final int rate;
    private final int channels;
    private final int bits;
    private int tag = 1;
    private boolean extensible;
    private boolean big;
    private boolean streamed;
    private double seconds = 1;
    private DoubleUnaryOperator wave = t -> 0.3 * Math.sin(2 * Math.PI * 220 * t) * Math.sin(7 * t);
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();
    private final ByteArrayOutputStream after = new ByteArrayOutputStream();

    private WavBytes(int rate, int channels, int bits) {
        this.rate = rate;
        this.channels = channels;
        this.bits = bits;
    }

    /** PCM sound of one second. */
    public static WavBytes of(int rate, int channels, int bits) {
        return new WavBytes(rate, channels, bits);
    }

    /** Another coding: 3 float, 6 A-law, 7 mu-law, or any number to see it refused. */
    public WavBytes tag(int newTag) {
        this.tag = newTag;
        return this;
    }

    /** With a fmt chunk of 40 bytes whose sub-format names the coding. */
    public WavBytes extensible() {
        this.extensible = true;
        return this;
    }

    /** As RF64 with its sizes in ds64. */
    public WavBytes rf64() {
        this.big = true;
        return this;
    }

    /** With sizes unsaid, as a program writes that does not know the end yet. */
    public WavBytes streamed() {
        this.streamed = true;
        return this;
    }

    /** How long, and the sound at each second, from -1 to 1. */
    public WavBytes sound(double newSeconds, DoubleUnaryOperator newWave) {
        this.seconds = newSeconds;
        this.wave = newWave;
        return this;
    }

    /** A chunk before the sound. */
    public WavBytes chunk(String id, byte[] content) {
        before.writeBytes(chunkBytes(id, content));
        return this;
    }

    /** A chunk after the sound. */
    public WavBytes late(String id, byte[] content) {
        after.writeBytes(chunkBytes(id, content));
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        byte[] data = samples();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (big) {
            ByteBuffer ds64 = little(28);
            long riff = 4L + 36;
            riff += chunkBytes("fmt ", format()).length + before.size();
            riff += 8 + padded(data.length) + after.size();
            ds64.putLong(riff).putLong(data.length).putLong(data.length / (channels * bits / 8));
            body.writeBytes(chunkBytes("ds64", content(ds64)));
        }
        body.writeBytes(chunkBytes("fmt ", format()));
        body.writeBytes(before.toByteArray());
        byte[] chunk = chunkBytes("data", data);
        if (big || streamed) {
            java.util.Arrays.fill(chunk, 4, 8, (byte) 0xFF);
        }
        body.writeBytes(chunk);
        body.writeBytes(after.toByteArray());
        int size = big || streamed ? -1 : 4 + body.size();
        byte[] head = content(
                little(12).put(latin(big ? "RF64" : "RIFF")).putInt(size).put(latin("WAVE")));
        return PngBytes.joined(head, body.toByteArray());
    }

    /** A chunk with its padding. */
    public static byte[] chunkBytes(String id, byte[] content) {
        ByteBuffer out = little(8 + padded(content.length));
        out.put(latin(id)).putInt(content.length).put(content);
        return content(out);
    }

    private static int padded(int length) {
        return length + (length & 1);
    }

    private byte[] format() {
        int frame = channels * bits / 8;
        ByteBuffer out = little(extensible ? 40 : 16);
        out.putShort((short) (extensible ? 0xFFFE : tag))
                .putShort((short) channels)
                .putInt(rate);
        out.putInt(rate * frame).putShort((short) frame).putShort((short) bits);
        if (extensible) {
            out.putShort((short) 22)
                    .putShort((short) bits)
                    .putInt((1 << channels) - 1)
                    .putShort((short) tag);
            out.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71});
        }
        return content(out);
    }

    private byte[] samples() {
        int frames = (int) Math.round(seconds * rate);
        ByteBuffer out = little(frames * channels * bits / 8);
        for (int i = 0; i < frames; i++) {
            double value = wave.applyAsDouble(i / (double) rate);
            for (int c = 0; c < channels; c++) {
                put(out, value);
            }
        }
        return content(out);
    }

    private void put(ByteBuffer out, double value) {
        if (tag == 3 && bits == 32) {
            out.putFloat((float) value);
        } else if (tag == 3) {
            out.putDouble(value);
        } else if (bits == 8) {
            out.put((byte) (128 + Math.round(127 * value)));
        } else {
            long sample = Math.round(value * ((1L << (bits - 1)) - 1));
            for (int i = 0; i < bits / 8; i++) {
                out.put((byte) (sample >> (8 * i)));
            }
        }
    }

    /** The whole buffer, what was not filled as zeros. */
    private static byte[] content(ByteBuffer buffer) {
        byte[] out = new byte[buffer.capacity()];
        buffer.rewind().get(out);
        return out;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
