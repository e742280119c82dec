package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The file {@code log}: which log a folder holds, and in which form. */
final class Identity {
    static final String FORM = "cinnabar ledger 1";
    private static final String ORIGIN = "origin ";

    private Identity() {}

    static ByteBuffer bytes(Origin origin) {
        return SealedText.bytes(FORM, ORIGIN + origin.name());
    }

    /** The origin that the file names. */
    static Origin read(Path file) throws LedgerException {
        try {
            List<String> lines = SealedText.read(file).orElseThrow(() -> damaged(file));
            if (!lines.getFirst().equals(FORM)) {
                throw new LedgerException.Foreign(file + " says \"" + lines.getFirst() + "\"; this version knows \""
                        + FORM + "\". Open the folder with the version that wrote it.");
            }
            if (lines.size() != 2 || !lines.get(1).startsWith(ORIGIN)) {
                throw damaged(file);
            }
            return new Origin(lines.get(1).substring(ORIGIN.length()));
        } catch (IOException e) {
            throw new LedgerException.Unavailable("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static LedgerException.Damaged damaged(Path file) {
        return new LedgerException.Damaged(
                file, OptionalLong.empty(), "it is not as it was written", "Restore the file from a backup.");
    }
}
