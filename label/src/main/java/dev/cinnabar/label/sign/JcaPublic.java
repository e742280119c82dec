package dev.cinnabar.label.sign;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/** A public key that Java's own cryptography knows: RSA, or a NIST curve. */
final class JcaPublic implements VerifyingKey {
    private final PublicKey key;
    private final Algorithm algorithm;

    JcaPublic(PublicKey key) throws KeyFailed {
        this.key = key;
        this.algorithm = algorithm(key);
    }

    private static Algorithm algorithm(PublicKey key) throws KeyFailed {
        return switch (key.getAlgorithm()) {
            case "RSA" -> Algorithm.RSA;
            case "EC" -> Algorithm.ECDSA;
            default -> throw new KeyFailed("a key of the kind " + key.getAlgorithm() + " signs no labels here");
        };
    }

    @Override
    public Algorithm algorithm() {
        return algorithm;
    }

    @Override
    public byte[] encoded() {
        return key.getEncoded().clone();
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm.jcaName());
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature of the wrong shape holds as little as a wrong one
        }
    }

    @Override
    public byte[] digest(byte[] message) {
        return VerifyingKey.sha256(message);
    }
}
