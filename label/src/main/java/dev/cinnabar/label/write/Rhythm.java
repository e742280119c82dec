package dev.cinnabar.label.write;

/**
 * The rhythm 短长 短短 of GB 45438-2025 5.3 as sound. The standard says neither lengths nor pitch: a short tone is 120 ms, a long one three, gaps one and three as in Morse,
 * 880 Hz at half the full scale, with soft edges; silence before and behind.
 */
final class Rhythm {
    private static final double UNIT_SECONDS = 0.12;
    private static final double PITCH = 880;
    private static final double LOUDNESS = 0.5;
    private static final double EDGE_SECONDS = 0.005;

    /** Tones and silences in units, tones first: silence before, A, the gap between letters, I, silence behind. */
    private static final int[] UNITS = {0, 1, 1, 1, 3, 3, 1, 1, 1, 4};

    private Rhythm() {}

    /** The samples at a rate, from -1 to 1. */
    static float[] samples(int rate) {
        int unit = (int) Math.round(UNIT_SECONDS * rate);
        int total = 0;
        for (int units : UNITS) {
            total += units * unit;
        }
        float[] samples = new float[total];
        int at = 0;
        for (int i = 0; i < UNITS.length; i++) {
            int length = UNITS[i] * unit;
            if (i % 2 == 0) {
                tone(samples, at, length, rate);
            }
            at += length;
        }
        return samples;
    }

    private static void tone(float[] samples, int from, int length, int rate) {
        double pitch = Math.min(PITCH, rate / 8.0);
        double edge = EDGE_SECONDS * rate;
        for (int i = 0; i < length; i++) {
            double soft = Math.min(1, Math.min(i, length - 1 - i) / edge);
            samples[from + i] = (float) (LOUDNESS * soft * Math.sin(2 * Math.PI * pitch * i / rate));
        }
    }
}
