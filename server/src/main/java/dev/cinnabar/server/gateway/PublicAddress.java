package dev.cinnabar.server.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Addresses at which anyone may fetch one labelled file for a while: an address is a capability, sealed with a key of this house and given out only once the release is recorded. */
final class PublicAddress {
    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Duration holds;
    private final Optional<URI> base;

    /**
     * @param key 32 secret bytes
     * @param base where clients reach us; empty: where the request says it came to
     */
    PublicAddress(byte[] key, InstantSource clock, Duration holds, Optional<URI> base) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the key of public addresses has at least 32 bytes");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.clock = clock;
        this.holds = holds;
        this.base = base;
    }

    /** The address of a file of the content. */
    String of(Dossier dossier, int number) {
        long until = clock.instant().plus(holds).getEpochSecond();
        String path = path(dossier.content, number);
        return base.map(URI::toString).map(PublicAddress::bare).orElseGet(() -> dossier.request.origin()) + path
                + "?expires=" + until + "&sig=" + seal(path, until);
    }

    /** Whether the seal is ours and still holds. */
    boolean holds(String content, int number, String expires, String seal) {
        long until;
        try {
            until = Long.parseLong(expires);
        } catch (NumberFormatException e) {
            return false;
        }
        byte[] wanted = seal(path(content, number), until).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(wanted, seal.getBytes(StandardCharsets.UTF_8))
                && clock.instant().getEpochSecond() < until;
    }

    static String path(String content, int number) {
        return "/v1/contents/" + content + "/media/" + number;
    }

    private static String bare(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private String seal(String path, long until) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] seal = mac.doFinal((path + '\n' + until).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
