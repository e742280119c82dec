package dev.cinnabar.server.people;

import java.time.Instant;

/**
 * That a user accepted a version of a document.
 *
 * @param hash of the text that was shown
 * @param accepted when, by the application's word
 * @param channel where it was shown, like {@code app-sign-up}
 */
public record Acceptance(
        String id,
        String userId,
        Document.Kind kind,
        int version,
        String hash,
        Instant accepted,
        Instant recorded,
        String channel) {}
