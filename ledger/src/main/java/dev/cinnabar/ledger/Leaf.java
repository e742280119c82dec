package dev.cinnabar.ledger;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** The bytes the tree hashes for one entry: eight bytes of instant, then the content. */
final class Leaf {
    static final int INSTANT_BYTES = 8;
    /** The longest leaf an entry bundle can hold: its length is written in 16 bits. */
    static final int MAX_BYTES = 65_535;

    private Leaf() {}

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instantOf(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static boolean fits(byte[] leaf) {
        return leaf.length >= INSTANT_BYTES && leaf.length <= MAX_BYTES;
    }

    static Instant instant(byte[] leaf) {
        return instantOf(ByteBuffer.wrap(leaf).getLong());
    }

    static byte[] content(byte[] leaf) {
        return Arrays.copyOfRange(leaf, INSTANT_BYTES, leaf.length);
    }
}
