package dev.cinnabar.label.sign;

/** A private key that signs labels. */
public interface SigningKey {
    /** The algorithm it signs with. */
    Algorithm algorithm();

    /** The public half. */
    VerifyingKey publicKey();

    /** The signature of a message: for SM2 and ECDSA the DER sequence of r and s. Throws where the key, e.g. in a hardware module, cannot be used. */
    byte[] sign(byte[] message) throws KeyFailed;
}
