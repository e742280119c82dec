package dev.cinnabar.ledger;

/** A public key that checks signatures on notes (signed-note). */
public interface Verifier {
    /** The key's name, for a log's own key its origin. */
    String name();

    /** The key's id, the first four bytes of a hash over name, kind and key. */
    int keyId();

    /** Whether this signature over this text was made with the key. */
    boolean verifies(byte[] text, byte[] signature);

    /** The key as text, {@code name+id+base64}, as Go's sumdb/note and other tools take it. */
    String vkey();
}
