package dev.cinnabar.label.sign;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECPoint;

/** Reads public keys in every spelling that labels carry. */
final class PublicKeys {
    private PublicKeys() {}

    /**
     * The keys that a hex text may mean: a SubjectPublicKeyInfo, a PKCS#1 RSA key, an SM2 point as 04||X||Y, 00||X||Y, 00||04||X||Y, X||Y, or compressed. 00||X alone leaves Y open: both are
     * given.
     */
    static List<VerifyingKey> ofHex(String text) throws KeyFailed {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(text.strip());
        } catch (IllegalArgumentException e) {
            throw new KeyFailed("the key is not hexadecimal");
        }
        try {
            return bytes.length > 66 ? List.of(ofDer(bytes)) : points(bytes);
        } catch (IllegalArgumentException e) {
            throw new KeyFailed("the key is no point of the curve SM2", e);
        }
    }

    private static List<VerifyingKey> points(byte[] bytes) throws KeyFailed {
        if (bytes.length == 33 && bytes[0] == 0) {
            return List.of(compressed(2, bytes), compressed(3, bytes));
        }
        return List.of(point(
                switch (bytes.length) {
                    case 33 -> bytes;
                    case 64 -> uncompressed(bytes, 0);
                    case 65 -> uncompressed(bytes, 1);
                    case 66 -> uncompressed(bytes, 2);
                    default -> throw new KeyFailed("a key of " + bytes.length + " bytes is of no spelling known here");
                }));
    }

    private static byte[] uncompressed(byte[] bytes, int from) throws KeyFailed {
        boolean known = from == 0
                || (from == 1 && (bytes[0] == 4 || bytes[0] == 0))
                || (from == 2 && bytes[0] == 0 && bytes[1] == 4);
        if (!known) {
            throw new KeyFailed("the key begins with " + HexFormat.of().toHexDigits(bytes[0])
                    + ", which is of no spelling known here");
        }
        byte[] out = new byte[65];
        out[0] = 4;
        System.arraycopy(bytes, from, out, 1, 64);
        return out;
    }

    private static VerifyingKey compressed(int sign, byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[0] = (byte) sign;
        return point(copy);
    }

    private static VerifyingKey point(byte[] encoded) {
        ECPoint point = Sm2Public.CURVE.getCurve().decodePoint(encoded);
        return new Sm2Public(point);
    }

    /** A SubjectPublicKeyInfo, or a PKCS#1 RSA key. */
    static VerifyingKey ofDer(byte[] der) throws KeyFailed {
        try {
            SubjectPublicKeyInfo info = info(der);
            if (isSm2(info)) {
                return point(info.getPublicKeyData().getOctets());
            }
            String kind = X9ObjectIdentifiers.id_ecPublicKey.equals(
                            info.getAlgorithm().getAlgorithm())
                    ? "EC"
                    : "RSA";
            return new JcaPublic(
                    KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(info.getEncoded("DER"))));
        } catch (GeneralSecurityException | java.io.IOException | RuntimeException e) {
            // Bouncy Castle's ASN.1 throws several runtime exceptions on malformed input; whichever it is, this is no
            // key
            throw new KeyFailed("the key cannot be read", e);
        }
    }

    private static SubjectPublicKeyInfo info(byte[] der) throws java.io.IOException, GeneralSecurityException {
        if (der.length > 4 && der[0] == 0x30 && der[headerLength(der)] == 0x02) {
            RSAPublicKey key = RSAPublicKey.getInstance(der);
            BigInteger modulus = key.getModulus();
            return SubjectPublicKeyInfo.getInstance(KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, key.getPublicExponent()))
                    .getEncoded());
        }
        return SubjectPublicKeyInfo.getInstance(Arrays.copyOf(der, der.length));
    }

    private static int headerLength(byte[] der) {
        return (der[1] & 0x80) == 0 ? 2 : Math.min(der.length - 1, 2 + (der[1] & 0x7F));
    }

    static boolean isSm2(SubjectPublicKeyInfo info) {
        return GMObjectIdentifiers.sm2p256v1.equals(info.getAlgorithm().getParameters());
    }
}
