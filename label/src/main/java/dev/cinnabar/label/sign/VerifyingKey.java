package dev.cinnabar.label.sign;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A public key. Two are the same where their {@link #encoded()} bytes are. */
public interface VerifyingKey {
    /** The algorithm it verifies. */
    Algorithm algorithm();

    /** The key as a DER SubjectPublicKeyInfo, curve points uncompressed. */
    byte[] encoded();

    /** Whether the signature of a message holds; a malformed signature does not. */
    boolean verifies(byte[] message, byte[] signature);

    /** The digest that belongs to the algorithm: some makers sign it instead of the message. */
    byte[] digest(byte[] message);

    /** The first 16 hex digits of the SHA-256 of {@link #encoded()}: enough for people to tell keys apart. */
    default String fingerprint() {
        return HexFormat.of().formatHex(sha256(encoded()), 0, 8);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
