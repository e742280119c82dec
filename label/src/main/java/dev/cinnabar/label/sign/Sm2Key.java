package dev.cinnabar.label.sign;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A private key of the curve SM2. */
final class Sm2Key implements SigningKey {
    private final ECPrivateKeyParameters key;
    private final SecureRandom random;
    private final Sm2Public publicKey;

    Sm2Key(BigInteger secret, SecureRandom random) {
        this.key = new ECPrivateKeyParameters(secret, Sm2Public.CURVE);
        this.random = random;
        this.publicKey = new Sm2Public(new FixedPointCombMultiplier()
                .multiply(Sm2Public.CURVE.getG(), secret)
                .normalize());
    }

    @Override
    public Algorithm algorithm() {
        return Algorithm.SM2;
    }

    @Override
    public VerifyingKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) throws KeyFailed {
        SM2Signer signer = new SM2Signer();
        signer.init(true, new ParametersWithRandom(key, random));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new KeyFailed("the SM2 key could not sign", e);
        }
    }
}
