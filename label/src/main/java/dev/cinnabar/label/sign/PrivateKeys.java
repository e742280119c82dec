package dev.cinnabar.label.sign;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Makes signing keys of their DER encodings, with the public half computed from the private one. */
final class PrivateKeys {
    private PrivateKeys() {}

    /** Of a PKCS#8 PrivateKeyInfo; {@code name} is for messages. */
    static SigningKey ofPkcs8(byte[] der, String name) throws KeyFailed {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
            boolean sm2 = GMObjectIdentifiers.sm2p256v1.equals(
                    info.getPrivateKeyAlgorithm().getParameters());
            if (sm2 && key instanceof ECPrivateKeyParameters ec) {
                return new Sm2Key(ec.getD(), new SecureRandom());
            }
            byte[] publicDer = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicHalf(key, name))
                    .getEncoded("DER");
            String kind = key instanceof RSAKeyParameters ? "RSA" : "EC";
            PrivateKey own = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            return new JcaKey(own, PublicKeys.ofDer(publicDer), Optional.empty());
        } catch (GeneralSecurityException | java.io.IOException | RuntimeException e) {
            // Bouncy Castle's ASN.1 throws several runtime exceptions on malformed input; whichever it is, this is no
            // key
            throw new KeyFailed(name + " holds no private key that can be read", e);
        }
    }

    private static AsymmetricKeyParameter publicHalf(AsymmetricKeyParameter key, String name) throws KeyFailed {
        return switch (key) {
            case RSAPrivateCrtKeyParameters rsa ->
                new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
            case ECPrivateKeyParameters ec -> {
                ECDomainParameters curve = ec.getParameters();
                yield new ECPublicKeyParameters(
                        new FixedPointCombMultiplier()
                                .multiply(curve.getG(), ec.getD())
                                .normalize(),
                        curve);
            }
            default -> throw new KeyFailed(name + " holds a key that is neither SM2, RSA nor ECDSA");
        };
    }

    /** Of a SEC 1 ECPrivateKey, as OpenSSL writes under EC PRIVATE KEY. */
    static SigningKey ofSec1(byte[] der, String name) throws KeyFailed {
        try {
            ECPrivateKey key = ECPrivateKey.getInstance(der);
            ASN1ObjectIdentifier curve = ASN1ObjectIdentifier.getInstance(key.getParametersObject());
            AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
            return ofPkcs8(new PrivateKeyInfo(algorithm, key).getEncoded("DER"), name);
        } catch (java.io.IOException | RuntimeException e) {
            throw new KeyFailed(name + " holds no private key that can be read", e);
        }
    }
}
