package dev.cinnabar.label;

import java.util.Optional;

/**
 * A signature or seal met in a file.
 *
 * @param scheme what kind
 * @param where the place it was met
 * @param valid whether it holds; empty where it was not checked
 * @param trusted whether the signer is trusted; empty where that was not checked
 * @param by who signed, as far as known
 */
public record SignatureSeen(
        Scheme scheme, String where, Optional<Boolean> valid, Optional<Boolean> trusted, Optional<String> by) {
    /** The schemes told apart. */
    public enum Scheme {
        /** TC260-PG-202511A security data in ReservedCode1 or ReservedCode2. */
        TC260PG,
        /** A manifest of the Coalition for Content Provenance and Authenticity. */
        C2PA
    }

    /** A signature that was seen and not checked. */
    public static SignatureSeen unchecked(Scheme scheme, String where) {
        return new SignatureSeen(scheme, where, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
