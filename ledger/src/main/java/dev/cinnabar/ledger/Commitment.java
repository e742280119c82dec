package dev.cinnabar.ledger;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/**
 * SHA-256(salt || content) with a random salt of 32 bytes: an entry can say what was released without saying it. Whoever holds salt and content can show that they
 * belong to the entry; once the salt is destroyed, nobody can try contents against it.
 *
 * @param hash the commitment
 */
public record Commitment(Hash hash) {
    /** The salt's length in bytes. */
    public static final int SALT_BYTES = 32;

    /** The commitment to this content under this salt; a salt that is not 32 bytes long is an {@link IllegalArgumentException}. */
    public static Commitment of(byte[] salt, byte[] content) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes, not " + salt.length);
        }
        MessageDigest digest = Merkle.sha256();
        digest.update(salt);
        return new Commitment(Hash.of(digest.digest(content)));
    }

    /** A new salt; the generator must be one that nobody can predict, such as {@link java.security.SecureRandom}. */
    public static byte[] salt(RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    /** Whether this is the commitment to this content under this salt. */
    public boolean opens(byte[] salt, byte[] content) {
        return salt.length == SALT_BYTES && equals(of(salt, content));
    }

    @Override
    public String toString() {
        return hash.hex();
    }
}
