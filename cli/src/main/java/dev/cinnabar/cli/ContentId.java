package dev.cinnabar.cli;

import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes the ids of files labelled without an {@code --id}: 26 Crockford base-32 characters, time first, so that they sort. */
final class ContentId {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final InstantSource clock;
    private final SecureRandom random;

    ContentId(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    String next() {
        StringBuilder id = new StringBuilder(26);
        long time = clock.millis();
        for (int shift = 45; shift >= 0; shift -= 5) {
            id.append(ALPHABET.charAt((int) (time >> shift & 31)));
        }
        for (int i = 0; i < 16; i++) {
            id.append(ALPHABET.charAt(random.nextInt(32)));
        }
        return id.toString();
    }
}
