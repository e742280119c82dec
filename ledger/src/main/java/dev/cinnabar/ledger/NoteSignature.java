package dev.cinnabar.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** One signature line of a note: a key's name, its id and what it made. */
public final class NoteSignature {
    private final String name;
    private final byte[] blob;

    NoteSignature(String name, byte[] blob) {
        this.name = name;
        this.blob = blob.clone();
    }

    static NoteSignature by(Verifier key, byte[] signature) {
        return new NoteSignature(
                key.name(),
                ByteBuffer.allocate(4 + signature.length)
                        .putInt(key.keyId())
                        .put(signature)
                        .array());
    }

    /** The key's name. */
    public String name() {
        return name;
    }

    /** The key's id. */
    public int keyId() {
        return ByteBuffer.wrap(blob).getInt();
    }

    /** A copy of the signature itself, without the id. */
    public byte[] signature() {
        return Arrays.copyOfRange(blob, 4, blob.length);
    }

    byte[] blob() {
        return blob.clone();
    }

    boolean names(Verifier key) {
        return key.keyId() == keyId() && key.name().equals(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that && name.equals(that.name) && Arrays.equals(blob, that.blob);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return name + '#' + Integer.toHexString(keyId());
    }
}
