package dev.cinnabar.server.content;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts bodies with AES-256-GCM under a key of their own, which is wrapped by the master key (RFC 3394) and can be destroyed alone. */
final class Cipherer {
    /** Length of a wrapped key; all zero where it was destroyed. */
    static final int WRAPPED = 40;

    static final int NONCE = 12;
    static final int TAG = 16;

    private final SecretKey master;
    private final SecureRandom random;

    /** A body's wrapped key and the body: nonce, ciphertext, tag. */
    record Sealed(byte[] wrappedKey, byte[] body) {}

    Cipherer(byte[] master, SecureRandom random) {
        this.master = new SecretKeySpec(master, "AES");
        this.random = random;
    }

    /** A few bytes that tell this master key from others and tell nothing about it. */
    byte[] check() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("cinnabar content key check".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest.digest(master.getEncoded()), 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Sealed seal(byte[] plain, byte[] bound) {
        byte[] noise = new byte[32 + NONCE];
        random.nextBytes(noise);
        SecretKey key = new SecretKeySpec(noise, 0, 32, "AES");
        try {
            Cipher wrap = Cipher.getInstance("AESWrap");
            wrap.init(Cipher.WRAP_MODE, master);
            byte[] body = new byte[NONCE + plain.length + TAG];
            System.arraycopy(noise, 32, body, 0, NONCE);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, noise, 32, NONCE));
            cipher.updateAAD(bound);
            cipher.doFinal(plain, 0, plain.length, body, NONCE);
            return new Sealed(wrap.wrap(key), body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /** Opens a body; fails for anything but what was sealed. */
    byte[] open(Sealed sealed, byte[] bound) throws AEADBadTagException {
        try {
            Cipher unwrap = Cipher.getInstance("AESWrap");
            unwrap.init(Cipher.UNWRAP_MODE, master);
            SecretKey key = (SecretKey) unwrap.unwrap(sealed.wrappedKey(), "AES", Cipher.SECRET_KEY);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, sealed.body(), 0, NONCE));
            cipher.updateAAD(bound);
            return cipher.doFinal(sealed.body(), NONCE, sealed.body().length - NONCE);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (InvalidKeyException e) {
            throw new AEADBadTagException("the wrapped key is damaged or belongs to another master key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /** Whether the wrapped key was destroyed. */
    static boolean destroyed(byte[] wrappedKey) {
        int any = 0;
        for (byte b : wrappedKey) {
            any |= b;
        }
        return any == 0;
    }
}
