package dev.cinnabar.server.apps;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * An API key: {@code cb-}, 32 characters of Crockford base 32 in lower case that carry 160 random bits, and a check character (Luhn modulo 32), so that a mistyped
 * key is known without asking and a leaked one is easy to find. Shown once, kept as its SHA-256 only: with that many random bits a slow hash would add nothing.
 */
public final class Secret {
    private static final String PREFIX = "cb-";
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BYTES = 20;
    private static final int LENGTH = PREFIX.length() + BYTES * 8 / 5 + 1;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** A new key. */
    static Secret fresh(SecureRandom random) {
        byte[] noise = new byte[BYTES];
        random.nextBytes(noise);
        StringBuilder out = new StringBuilder(LENGTH).append(PREFIX);
        long bits = 0;
        int held = 0;
        for (byte b : noise) {
            bits = bits << 8 | (b & 0xff);
            for (held += 8; held >= 5; held -= 5) {
                out.append(ALPHABET.charAt((int) (bits >> (held - 5) & 31)));
            }
        }
        return new Secret(out.append(check(out)).toString());
    }

    /** The key in what somebody presented, when it has the form of one. */
    static Optional<Secret> in(String presented) {
        if (presented.length() != LENGTH || !presented.startsWith(PREFIX)) {
            return Optional.empty();
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            if (ALPHABET.indexOf(presented.charAt(i)) < 0) {
                return Optional.empty();
            }
        }
        boolean sound = presented.charAt(LENGTH - 1) == check(presented.subSequence(0, LENGTH - 1));
        return sound ? Optional.of(new Secret(presented)) : Optional.empty();
    }

    /** The key itself: for the one moment in which it is shown. */
    public String reveal() {
        return text;
    }

    /** The last four characters, by which people tell their keys apart. */
    String hint() {
        return text.substring(text.length() - 4);
    }

    Digest digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return new Digest(sha.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Hides the key, so that no log line can hold it. */
    @Override
    public String toString() {
        return PREFIX + "…" + hint();
    }

    private static char check(CharSequence body) {
        int sum = 0;
        int factor = 2;
        for (int i = body.length() - 1; i >= PREFIX.length(); i--) {
            int product = factor * ALPHABET.indexOf(body.charAt(i));
            sum += product / 32 + product % 32;
            factor = 3 - factor;
        }
        return ALPHABET.charAt((32 - sum % 32) % 32);
    }

    /** What is kept of a key. Looked up by hash, so the time of a lookup tells nothing of the key; compared in constant time all the same. */
    static final class Digest {
        private final byte[] bytes;

        Digest(byte[] bytes) {
            if (bytes.length != 32) {
                throw new IllegalArgumentException("A SHA-256 has 32 bytes, not " + bytes.length);
            }
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Digest digest && MessageDigest.isEqual(bytes, digest.bytes);
        }

        @Override
        public int hashCode() {
            return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        }
    }
}
