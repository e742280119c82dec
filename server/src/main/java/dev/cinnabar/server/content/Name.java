package dev.cinnabar.server.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/** A content id of any length as 128 bits, for the index, and the time before which nothing of it can have been kept. */
record Name(long high, long low, long notBefore) implements Comparable<Name> {
    static final int BYTES = 16;
    private static final long SLACK = Duration.ofHours(1).toMillis();
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    static Name of(String contentId) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(contentId.getBytes(StandardCharsets.UTF_8)));
            return new Name(hash.getLong(), hash.getLong(), begun(contentId) - SLACK);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** When the id was made, where it tells: of an id of our own form the first ten characters are its milliseconds. */
    private static long begun(String contentId) {
        if (contentId.length() != 26) {
            return 0;
        }
        long time = 0;
        for (int i = 0; i < 10; i++) {
            int digit = ALPHABET.indexOf(contentId.charAt(i));
            if (digit < 0) {
                return 0;
            }
            time = (time << 5) | digit;
        }
        return time;
    }

    @Override
    public int compareTo(Name other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }
}
