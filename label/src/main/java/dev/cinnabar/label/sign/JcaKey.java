package dev.cinnabar.label.sign;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/** A private key that Java's own cryptography knows, in memory or in a hardware module. */
final class JcaKey implements SigningKey {
    private final PrivateKey key;
    private final VerifyingKey publicKey;
    private final Optional<Provider> token;

    /** The key with its public half; {@code token} is the provider of the module that holds it. */
    JcaKey(PrivateKey key, VerifyingKey publicKey, Optional<Provider> token) {
        this.key = key;
        this.publicKey = publicKey;
        this.token = token;
    }

    @Override
    public Algorithm algorithm() {
        return publicKey.algorithm();
    }

    @Override
    public VerifyingKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) throws KeyFailed {
        String name = algorithm().jcaName();
        try {
            Signature signer =
                    token.isPresent() ? Signature.getInstance(name, token.get()) : Signature.getInstance(name);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new KeyFailed("the " + name + " key could not sign", e);
        }
    }
}
