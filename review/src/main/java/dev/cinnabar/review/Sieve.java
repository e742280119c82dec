package dev.cinnabar.review;

/**
 * Says of a number whether it may be among those put in: never no for one that is, seldom yes for one that is not. Two bits a number, both in one word, so that an
 * answer costs one look into memory.
 */
final class Sieve {
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int BITS_EACH = 12;

    private final long[] words;
    private final int shift;

    /** @param count how many numbers will be put in */
    Sieve(int count) {
        long wanted = Math.max(64L, (long) count * BITS_EACH) / Long.SIZE;
        int bits = Math.min(26, 64 - Long.numberOfLeadingZeros((wanted - 1) | 1));
        words = new long[1 << bits];
        shift = 64 - bits;
    }

    void add(long number) {
        long hash = number * MIX;
        words[(int) (hash >>> shift)] |= mask(hash);
    }

    boolean mayHold(long number) {
        long hash = number * MIX;
        long mask = mask(hash);
        return (words[(int) (hash >>> shift)] & mask) == mask;
    }

    private static long mask(long hash) {
        return (1L << (hash >>> 20)) | (1L << (hash >>> 26));
    }
}
