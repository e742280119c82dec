package dev.cinnabar.server.law;

import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes ids of 26 Crockford base-32 characters: 48 bits of time, 80 random bits; they sort by time and are safe in labels, addresses and file names. */
public final class Ulid {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private final InstantSource clock;
    private final SecureRandom random;

    public Ulid(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id. */
    public String next() {
        byte[] noise = new byte[10];
        random.nextBytes(noise);
        char[] id = new char[26];
        long time = clock.millis();
        for (int i = 9; i >= 0; i--, time >>>= 5) {
            id[i] = ALPHABET[(int) (time & 31)];
        }
        for (int bit = 0; bit < 80; bit += 5) {
            int at = bit >> 3;
            int pair = (noise[at] & 0xff) << 8 | (at + 1 < noise.length ? noise[at + 1] & 0xff : 0);
            id[10 + bit / 5] = ALPHABET[pair >> (11 - (bit & 7)) & 31];
        }
        return new String(id);
    }
}
