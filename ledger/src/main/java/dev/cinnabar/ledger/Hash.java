package dev.cinnabar.ledger;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 value of 32 bytes. */
public final class Hash {
    /** Its length in bytes. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A hash of these 32 bytes, which are copied; any other length is an {@link IllegalArgumentException}. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** The 32 bytes at this offset. */
    static Hash at(byte[] bytes, int offset) {
        return new Hash(Arrays.copyOfRange(bytes, offset, offset + BYTES));
    }

    /** A copy of its 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Its bytes in lower-case hexadecimal. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Its bytes in standard base64 with padding, as checkpoints and proofs write it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    void put(byte[] into, int offset) {
        System.arraycopy(bytes, 0, into, offset, BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
