package dev.cinnabar.server.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One part of a content as it stands in a segment.
 *
 * <p>Big-endian: magic (4), length of the whole record (4), length of the header (2), the part's own AES-256 key wrapped by the master key (nonce 12, key 32, tag 16),
 * nonce (12), header (UTF-8 lines: content id, part, media type, epoch millis), AES-GCM ciphertext with the header as associated data, CRC-32C over all but the wrapped
 * key. Erasure overwrites the wrapped key with zeros where it stands, which is why the checksum leaves it out.
 */
record Sealed(
        String contentId,
        String part,
        String mediaType,
        Instant at,
        byte[] wrappedKey,
        byte[] nonce,
        byte[] cipherText) {
    static final int MAGIC = 0x43_4E_42_31;
    static final int KEY_AT = 10;
    static final int KEY_BYTES = 60;
    static final int HEADER_AT = KEY_AT + KEY_BYTES + 12;
    /** The longest record, so that a damaged length never asks for all memory. */
    static final int LONGEST = 256 << 20;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /** A part sealed under a fresh key of its own. */
    static Sealed of(
            String contentId,
            String part,
            String mediaType,
            Instant at,
            byte[] bytes,
            SecretKey master,
            SecureRandom random) {
        checkName(contentId);
        checkName(part);
        checkName(mediaType);
        byte[] key = random(random, 32);
        byte[] nonce = random(random, NONCE);
        byte[] wrapNonce = random(random, NONCE);
        byte[] header = header(contentId, part, mediaType, at);
        byte[] wrapped = crypt(Cipher.ENCRYPT_MODE, master, wrapNonce, new byte[0], key);
        byte[] cipherText = crypt(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), nonce, header, bytes);
        return new Sealed(
                contentId,
                part,
                mediaType,
                at,
                ByteBuffer.allocate(KEY_BYTES).put(wrapNonce).put(wrapped).array(),
                nonce,
                cipherText);
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.length() > 256 || name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "content ids, parts and media types have 1 to 256 characters and no line end");
        }
    }

    private static byte[] random(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] header(String contentId, String part, String mediaType, Instant at) {
        return (contentId + "\n" + part + "\n" + mediaType + "\n" + at.toEpochMilli()).getBytes(StandardCharsets.UTF_8);
    }

    /** The record's bytes. */
    byte[] bytes() {
        byte[] header = header(contentId, part, mediaType, at);
        long length = (long) HEADER_AT + header.length + cipherText.length + 4;
        if (length > LONGEST) {
            throw new IllegalArgumentException("a part of a content has at most " + LONGEST + " bytes with its header");
        }
        ByteBuffer out = ByteBuffer.allocate((int) length);
        out.putInt(MAGIC)
                .putInt((int) length)
                .putShort((short) header.length)
                .put(wrappedKey)
                .put(nonce)
                .put(header)
                .put(cipherText);
        out.putInt(checksum(out.array()));
        return out.array();
    }

    /** The checksum that a whole record must end with. */
    static int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, KEY_AT);
        crc.update(record, KEY_AT + KEY_BYTES, record.length - KEY_AT - KEY_BYTES - 4);
        return (int) crc.getValue();
    }

    /** Reads a record; throws {@link Damaged} where it is not one whole record. */
    static Sealed parse(byte[] record) throws Damaged {
        try {
            ByteBuffer in = ByteBuffer.wrap(record);
            if (record.length < HEADER_AT + 4
                    || in.getInt() != MAGIC
                    || in.getInt() != record.length
                    || ByteBuffer.wrap(record, record.length - 4, 4).getInt() != checksum(record)) {
                throw new Damaged("its checksum is wrong");
            }
            byte[] header = new byte[in.getShort() & 0xffff];
            byte[] wrapped = new byte[KEY_BYTES];
            byte[] nonce = new byte[NONCE];
            in.get(wrapped).get(nonce).get(header);
            byte[] cipherText = new byte[in.remaining() - 4];
            in.get(cipherText);
            String[] lines = new String(header, StandardCharsets.UTF_8).split("\n", 4);
            return new Sealed(
                    lines[0],
                    lines[1],
                    lines[2],
                    Instant.ofEpochMilli(Long.parseLong(lines[3])),
                    wrapped,
                    nonce,
                    cipherText);
        } catch (RuntimeException e) {
            throw new Damaged("it is not a record: " + e);
        }
    }

    /** Whether the part's key was destroyed. */
    boolean erased() {
        for (byte b : wrappedKey) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The part's bytes; throws {@link Damaged} where key, header or ciphertext were changed, or the master key is another. */
    byte[] open(SecretKey master) throws Damaged {
        try {
            byte[] wrapNonce = Arrays.copyOf(wrappedKey, NONCE);
            byte[] key = crypt(
                    Cipher.DECRYPT_MODE,
                    master,
                    wrapNonce,
                    new byte[0],
                    Arrays.copyOfRange(wrappedKey, NONCE, KEY_BYTES));
            return crypt(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    nonce,
                    header(contentId, part, mediaType, at),
                    cipherText);
        } catch (IllegalStateException e) {
            throw new Damaged("it does not open: it was changed, or sealed under another master key");
        }
    }

    private static byte[] crypt(int mode, SecretKey key, byte[] nonce, byte[] associated, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands there is not what was written. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String what) {
            super(what);
        }
    }
}
