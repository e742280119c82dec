package dev.cinnabar.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** An Ed25519 public key of signed-note, kind 0x01. */
public final class Ed25519Key implements Verifier {
    /** The kind byte in front of key bytes. */
    static final byte KIND = 1;
    /** The length of a public key and of a private key's seed, in bytes. */
    static final int KEY_BYTES = 32;

    static final int SIGNATURE_BYTES = 64;
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] raw;
    private final int id;
    private final PublicKey key;

    private Ed25519Key(String name, byte[] raw) throws GeneralSecurityException {
        this.name = name;
        this.raw = raw.clone();
        this.id = keyId(name, raw);
        this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(join(SPKI, raw)));
    }

    /** A key from its text {@code name+id+base64}; refuses one whose id does not belong to it. */
    public static Ed25519Key parse(String vkey) throws LedgerException.Malformed {
        List<String> parts = List.of(vkey.split("\\+", 3));
        if (parts.size() != 3 || !Origin.fits(parts.get(0))) {
            throw malformed(vkey, "it is not name+id+base64");
        }
        byte[] bytes = StrictBase64.decode(parts.get(2)).orElseThrow(() -> malformed(vkey, "its key is not base64"));
        if (bytes.length != 1 + KEY_BYTES || bytes[0] != KIND) {
            throw malformed(vkey, "it is not an Ed25519 key");
        }
        Ed25519Key key = of(parts.get(0), Arrays.copyOfRange(bytes, 1, bytes.length));
        if (!HexFormat.of().toHexDigits(key.id).equals(parts.get(1))) {
            throw malformed(vkey, "its id does not belong to name and key");
        }
        return key;
    }

    static Ed25519Key of(String name, byte[] raw) throws LedgerException.Malformed {
        try {
            return new Ed25519Key(name, raw);
        } catch (GeneralSecurityException e) {
            throw malformed(name, "its bytes are no point on the curve");
        }
    }

    private static LedgerException.Malformed malformed(String key, String why) {
        return new LedgerException.Malformed("Not a verifier key: " + why + ": " + key);
    }

    static int keyId(String name, byte[] raw) {
        byte[] kind = {'\n', KIND};
        byte[] hash = Merkle.sha256().digest(join(name.getBytes(StandardCharsets.UTF_8), kind, raw));
        return ByteBuffer.wrap(hash).getInt();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int keyId() {
        return id;
    }

    @Override
    public boolean verifies(byte[] text, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature checker = Signature.getInstance("Ed25519");
            checker.initVerify(key);
            checker.update(text);
            return checker.verify(signature);
        } catch (SignatureException e) {
            return false; // the provider says so for points and scalars out of range
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform since 15 has Ed25519", e);
        }
    }

    @Override
    public String vkey() {
        byte[] kind = {KIND};
        return name
                + '+'
                + HexFormat.of().toHexDigits(id)
                + '+'
                + Base64.getEncoder().encodeToString(join(kind, raw));
    }

    @Override
    public String toString() {
        return vkey();
    }
}
