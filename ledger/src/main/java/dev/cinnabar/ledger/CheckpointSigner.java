package dev.cinnabar.ledger;

import java.security.SignatureException;
import java.util.List;

/** Signs checkpoints: with a key file ({@link SigningKeys}), or with a device that keeps its key to itself. Called from one thread at a time. */
public interface CheckpointSigner {
    /** The public side of the key that signs; its name should be the log's origin. */
    Verifier verifier();

    /** Keys that signed before and still verify what they signed. */
    List<Verifier> retired();

    /** A signature over this text. */
    byte[] sign(byte[] text) throws SignatureException;
}
