package dev.cinnabar.label.sign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A file or hardware module that holds a signing key, named {@code FILE} or {@code FILE#ALIAS}: PEM or DER (PKCS#8, also encrypted, and SEC 1), PKCS#12, JCEKS, JKS, told apart by their
 * bytes; or {@code pkcs11:CONFIGURATION#ALIAS} for a module through the JDK's provider (RSA and ECDSA).
 */
final class KeyFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final String PKCS11 = "pkcs11:";

    private final String name;
    private final String alias;
    private final Passwords passwords;

    private KeyFile(String name, String alias, Passwords passwords) {
        this.name = name;
        this.alias = alias;
        this.passwords = passwords;
    }

    /** The key that a name stands for; a relative file is looked for in {@code folder}. */
    static SigningKey load(Path folder, String spec, Passwords passwords) throws KeyFailed {
        int hash = spec.lastIndexOf('#');
        String name = hash < 0 ? spec : spec.substring(0, hash);
        KeyFile file = new KeyFile(name, hash < 0 ? "" : spec.substring(hash + 1), passwords);
        if (name.startsWith(PKCS11)) {
            return file.token(folder.resolve(name.substring(PKCS11.length())));
        }
        return file.read(bytes(folder.resolve(name), name));
    }

    static byte[] bytes(Path path, String name) throws KeyFailed {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new KeyFailed(name + " is too large for a key file");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new KeyFailed("the key file " + name + " could not be read", e);
        }
    }

    private SigningKey read(byte[] bytes) throws KeyFailed {
        if (new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
            return Pem.privateKey(new String(bytes, StandardCharsets.ISO_8859_1), name, passwords);
        }
        return switch (bytes.length < 8 ? 0 : bytes[0] & 0xFF) {
            case 0xCE -> fromStore("JCEKS", bytes);
            case 0xFE -> fromStore("JKS", bytes);
            case 0x30 -> isPkcs12(bytes) ? fromStore("PKCS12", bytes) : PrivateKeys.ofPkcs8(bytes, name);
            default -> throw new KeyFailed(name + " is neither PEM, DER, PKCS#12, JCEKS nor JKS");
        };
    }

    /** PKCS#12 begins with version 3, a private key with version 0 or 1. */
    private static boolean isPkcs12(byte[] der) {
        int at = (der[1] & 0x80) == 0 ? 2 : 2 + (der[1] & 0x7F);
        return at + 2 < der.length && der[at] == 2 && der[at + 2] == 3;
    }

    private SigningKey fromStore(String type, byte[] bytes) throws KeyFailed {
        char[] password = passwords.of(name);
        try {
            // the JDK's PKCS#12 knows no SM2
            KeyStore store = type.equals("PKCS12")
                    ? KeyStore.getInstance(type, new BouncyCastleProvider())
                    : KeyStore.getInstance(type);
            store.load(new ByteArrayInputStream(bytes), password);
            return PrivateKeys.ofPkcs8(encoded(store, chosen(store), password), name);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFailed(
                    name + " could not be opened (is the password right? set it in the environment or a file)", e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private byte[] encoded(KeyStore store, String chosen, char[] password) throws GeneralSecurityException, KeyFailed {
        Key key = store.getKey(chosen, password);
        if (key instanceof PrivateKey && key.getEncoded() != null) {
            return key.getEncoded();
        }
        throw new KeyFailed(name + " does not give out the private key " + chosen);
    }

    private String chosen(KeyStore store) throws GeneralSecurityException, KeyFailed {
        List<String> keys = new ArrayList<>();
        for (String each : Collections.list(store.aliases())) {
            if (store.isKeyEntry(each) && (alias.isEmpty() || alias.equalsIgnoreCase(each))) {
                keys.add(each);
            }
        }
        if (keys.isEmpty()) {
            throw new KeyFailed(name + " holds no private key" + (alias.isEmpty() ? "" : " named " + alias));
        }
        if (keys.size() > 1) {
            throw new KeyFailed(
                    name + " holds several private keys " + keys + "; choose one: " + name + "#" + keys.getFirst());
        }
        return keys.getFirst();
    }

    private SigningKey token(Path configuration) throws KeyFailed {
        char[] pin = passwords.of(name);
        try {
            Provider provider = Security.getProvider("SunPKCS11");
            if (provider == null) {
                throw new KeyFailed("this Java has no PKCS#11 provider (module jdk.crypto.cryptoki)");
            }
            Provider token = provider.configure(configuration.toString());
            KeyStore store = KeyStore.getInstance("PKCS11", token);
            store.load(null, pin);
            String chosen = chosen(store);
            Certificate certificate = store.getCertificate(chosen);
            if (!(store.getKey(chosen, pin) instanceof PrivateKey key) || certificate == null) {
                throw new KeyFailed("the token has no private key with a certificate named " + chosen);
            }
            return new JcaKey(key, new JcaPublic(certificate.getPublicKey()), Optional.of(token));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // the provider says several things, checked and unchecked, of a module that is not there
            throw new KeyFailed("the hardware module of " + configuration + " could not be used", e);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }
}
