package dev.cinnabar.server.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one of the interfaces beside the Journey wants to give out; room 8 does.
 *
 * @param kind the kind of entry, where it is to be recorded; empty for what releases no content
 * @param committed what the entry commits to, by names
 * @param facts what else the entry says; no content
 */
record Handover(
        Optional<String> kind,
        String mediaType,
        Body body,
        Map<String, String> headers,
        Map<String, byte[]> committed,
        Map<String, String> facts) {

    /** The body, which may name its own entry. */
    @FunctionalInterface
    interface Body {
        byte[] of(OptionalLong entry);
    }

    /** JSON that releases no content. */
    static Handover json(byte[] body) {
        return new Handover(Optional.empty(), "application/json", entry -> body, Map.of(), Map.of(), Map.of());
    }
}
