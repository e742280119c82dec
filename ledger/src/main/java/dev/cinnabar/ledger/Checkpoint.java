package dev.cinnabar.ledger;

import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.List;

/**
 * What a log commits itself to at one size: origin, size and root hash, signed (tlog-checkpoint). A checkpoint that was read is only as
 * good as its {@link SignedNote#check}.
 *
 * @param origin the log's name
 * @param size the number of entries
 * @param root the root of the tree over them
 * @param note the signed text
 */
public record Checkpoint(Origin origin, long size, Hash root, SignedNote note) {
    /** Refuses a note that says something else. */
    public Checkpoint {
        if (size < 0 || !note.text().startsWith(body(origin, size, root))) {
            throw new IllegalArgumentException("the note does not say origin, size and root");
        }
    }

    /** Reads a checkpoint; its signatures are not yet checked. */
    public static Checkpoint parse(byte[] bytes) throws LedgerException.Malformed {
        SignedNote note = SignedNote.parse(bytes);
        String[] lines = note.text().split("\n", -1);
        if (lines.length < 4 || !Origin.fits(lines[0])) {
            throw malformed("it does not begin with origin, size and root");
        }
        for (int i = 3; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                throw malformed("it has an empty extension line");
            }
        }
        byte[] root = StrictBase64.decode(lines[2]).orElseThrow(() -> malformed("its root is not base64"));
        if (root.length != Hash.BYTES) {
            throw malformed("its root is not a SHA-256 hash");
        }
        return new Checkpoint(new Origin(lines[0]), size(lines[1]), Hash.of(root), note);
    }

    private static long size(String line) throws LedgerException.Malformed {
        if (!line.matches("0|[1-9][0-9]{0,17}")) {
            throw malformed("its size is not a number: " + line);
        }
        return Long.parseLong(line);
    }

    private static LedgerException.Malformed malformed(String why) {
        return new LedgerException.Malformed("Not a checkpoint: " + why + ".");
    }

    static Checkpoint signed(Origin origin, long size, Hash root, CheckpointSigner signer) throws SignatureException {
        String text = body(origin, size, root);
        byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
        NoteSignature line = NoteSignature.by(signer.verifier(), signature);
        return new Checkpoint(origin, size, root, new SignedNote(text, List.of(line)));
    }

    private static String body(Origin origin, long size, Hash root) {
        return origin.name() + '\n' + size + '\n' + root.base64() + '\n';
    }

    /** The checkpoint as it is served and kept, UTF-8. */
    public byte[] bytes() {
        return note.bytes();
    }
}
