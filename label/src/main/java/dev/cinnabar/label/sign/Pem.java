package dev.cinnabar.label.sign;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.x509.Certificate;

/** The blocks of a PEM text. */
final class Pem {
    private record Block(String kind, byte[] der) {}

    private static final String BEGIN = "-----BEGIN ";

    private Pem() {}

    /** The first private key of the text. */
    static SigningKey privateKey(String text, String name, Passwords passwords) throws KeyFailed {
        for (Block block : blocks(text, name)) {
            switch (block.kind()) {
                case "PRIVATE KEY" -> {
                    return PrivateKeys.ofPkcs8(block.der(), name);
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return PrivateKeys.ofPkcs8(decrypted(block.der(), name, passwords), name);
                }
                case "EC PRIVATE KEY", "SM2 PRIVATE KEY" -> {
                    return PrivateKeys.ofSec1(block.der(), name);
                }
                case "RSA PRIVATE KEY", "DSA PRIVATE KEY" ->
                    throw new KeyFailed(name + " is a " + block.kind()
                            + " of the old kind; convert it: openssl pkcs8 -topk8 -in FILE -out NEW");
                default -> {
                    // parameters and certificates may stand before the key
                }
            }
        }
        throw new KeyFailed(name + " holds no private key");
    }

    /** Every public key of the text: of certificates too. */
    static List<VerifyingKey> publicKeys(String text, String name) throws KeyFailed {
        List<VerifyingKey> keys = new ArrayList<>();
        for (Block block : blocks(text, name)) {
            switch (block.kind()) {
                case "PUBLIC KEY", "RSA PUBLIC KEY" -> keys.add(PublicKeys.ofDer(block.der()));
                case "CERTIFICATE" -> keys.add(PublicKeys.ofDer(ofCertificate(block.der(), name)));
                default -> {
                    // a private key beside them is nobody's business here
                }
            }
        }
        if (keys.isEmpty()) {
            throw new KeyFailed(name + " holds no public key");
        }
        return keys;
    }

    private static byte[] ofCertificate(byte[] der, String name) throws KeyFailed {
        try {
            return Certificate.getInstance(der).getSubjectPublicKeyInfo().getEncoded("DER");
        } catch (IOException | RuntimeException e) {
            throw new KeyFailed(name + " holds a certificate that cannot be read", e);
        }
    }

    private static byte[] decrypted(byte[] der, String name, Passwords passwords) throws KeyFailed {
        char[] password = passwords.of(name);
        try {
            EncryptedPrivateKeyInfo sealed = new EncryptedPrivateKeyInfo(der);
            Key key = SecretKeyFactory.getInstance(sealed.getAlgName()).generateSecret(new PBEKeySpec(password));
            Cipher cipher = Cipher.getInstance(sealed.getAlgName());
            cipher.init(Cipher.DECRYPT_MODE, key, sealed.getAlgParameters());
            // not getKeySpec: it looks inside, and the JDK knows no SM2
            return cipher.doFinal(sealed.getEncryptedData());
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFailed(
                    name + " could not be opened (is the password right? set it in the environment or a file)", e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static List<Block> blocks(String text, String name) throws KeyFailed {
        List<Block> blocks = new ArrayList<>();
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
            int kindEnd = text.indexOf("-----", at + BEGIN.length());
            String kind = kindEnd < 0 ? "" : text.substring(at + BEGIN.length(), kindEnd);
            int end = text.indexOf("-----END " + kind + "-----", at);
            if (kindEnd < 0 || end < 0) {
                throw new KeyFailed(name + " is a PEM text that is cut short");
            }
            String body = text.substring(kindEnd + 5, end);
            if (body.contains("Proc-Type:")) {
                throw new KeyFailed(
                        name + " is encrypted the old way; convert it: openssl pkcs8 -topk8 -in FILE -out NEW");
            }
            try {
                blocks.add(new Block(kind, Base64.getMimeDecoder().decode(body)));
            } catch (IllegalArgumentException e) {
                throw new KeyFailed(name + " is no PEM text", e);
            }
            at = end;
        }
        return blocks;
    }
}
