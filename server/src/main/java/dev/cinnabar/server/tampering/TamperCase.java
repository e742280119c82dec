package dev.cinnabar.server.tampering;

import java.time.Instant;

/**
 * A file whose label does not agree with what was released.
 *
 * @param file SHA-256 of the file, hex; the file itself is not kept
 * @param content the content of ours that it is or claims to be; empty where there is none
 * @param found the labels found in the file, as text
 * @param evidence what was compared and what differs
 * @param seen how often the same file was met with the same finding
 */
public record TamperCase(
        String id,
        Tampered outcome,
        State state,
        String file,
        String content,
        String format,
        long bytes,
        String found,
        String evidence,
        Examiner.Source source,
        Instant made,
        int seen,
        Instant lastSeen) {
    /** Where a case is. */
    public enum State {
        /** Waits for a person. */
        OPEN,
        /** A person found that the label was tampered with. */
        CONFIRMED,
        /** A person found that it was not. */
        DISMISSED
    }
}
