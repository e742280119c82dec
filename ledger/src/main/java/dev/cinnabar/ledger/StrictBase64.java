package dev.cinnabar.ledger;

import java.util.Base64;
import java.util.Optional;

/** Standard base64 with padding, read so that one value has one spelling: the JDK's decoder also takes missing padding and stray low bits. */
final class StrictBase64 {
    private StrictBase64() {}

    static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
