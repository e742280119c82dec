package dev.cinnabar.server.gateway;

import dev.cinnabar.ledger.Commitment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The random salts of one content's commitments: kept with the content, so that erasing it leaves commitments that nobody can try texts against. */
final class Salts {
    private final SecureRandom random;
    private final Map<String, byte[]> byPart = new LinkedHashMap<>();

    Salts(SecureRandom random) {
        this.random = random;
    }

    /** Commits to a part. */
    Salted commit(String part, byte[] bytes) {
        return new Salted(Commitment.of(salt(part), bytes).hash().hex(), bytes.length);
    }

    /** Begins a commitment to bytes that come one after the other. */
    Running running(String part) {
        return new Running(salt(part));
    }

    /** Makes sure that the part has a salt, so that it can be kept before the part is there. */
    byte[] salt(String part) {
        return byPart.computeIfAbsent(part, p -> Commitment.salt(random));
    }

    /** The salts, hex, by part. */
    Map<String, String> hex() {
        Map<String, String> out = new LinkedHashMap<>();
        byPart.forEach((part, salt) -> out.put(part, HexFormat.of().formatHex(salt)));
        return out;
    }

    /** A commitment under way. */
    static final class Running {
        private final MessageDigest digest;
        private long length;

        private Running(byte[] salt) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256 is part of every JDK", e);
            }
            digest.update(salt);
        }

        void add(byte[] bytes, int from, int count) {
            digest.update(bytes, from, count);
            length += count;
        }

        Salted finish() {
            return new Salted(HexFormat.of().formatHex(digest.digest()), length);
        }
    }
}
