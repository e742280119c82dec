package dev.cinnabar.server.people;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed digests (HMAC-SHA-256) by which the same number is recognised again without being kept; without the key they say nothing. */
public final class NumberDigests {
    private final SecretKeySpec key;

    /** Digests under this key of at least 32 bytes, kept in the key folder of the data folder. */
    public NumberDigests(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the key of the digests needs 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** The digest of an identity number. */
    byte[] of(IdentityNumber number) {
        return digest("number/" + number.method() + "/" + number.reveal());
    }

    /** The digest of the name that an application gave a user. */
    byte[] of(String appId, String externalId) {
        return digest("user/" + appId + "/" + externalId);
    }

    private byte[] digest(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
