package dev.cinnabar.server.gateway.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Plays a text as tones, one for each character: 16 kHz, one channel, 16 bit. */
final class DemoTone {
    private static final int RATE = 16_000;
    private static final int EACH = RATE * 90 / 1000;
    private static final int MOST_TONES = 300;
    private static final int PENTATONIC = 5;
    private static final int[] STEPS = {0, 2, 4, 7, 9};

    private DemoTone() {}

    /** A WAV of 90 ms a character, 27 s at most. */
    static byte[] wav(String text) {
        int[] tones = text.codePoints().limit(MOST_TONES).toArray();
        int data = Math.max(1, tones.length) * EACH * 2;
        ByteBuffer out = ByteBuffer.allocate(44 + data).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + data).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) 1)
                .putShort((short) 1)
                .putInt(RATE)
                .putInt(RATE * 2)
                .putShort((short) 2)
                .putShort((short) 16);
        out.put(ascii("data")).putInt(data);
        for (int tone : tones) {
            play(out, tone);
        }
        return out.array();
    }

    private static void play(ByteBuffer out, int character) {
        boolean silent = Character.isWhitespace(character);
        int step = STEPS[character % PENTATONIC] + 12 * (character / PENTATONIC % 2);
        double frequency = 330 * Math.pow(2, step / 12.0);
        for (int i = 0; i < EACH; i++) {
            double fade = Math.min(1, Math.min(i, EACH - i) / 160.0);
            double value = silent ? 0 : Math.sin(2 * Math.PI * frequency * i / RATE) * 8000 * fade;
            out.putShort((short) value);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
