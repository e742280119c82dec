package dev.cinnabar.server.gateway;

import dev.cinnabar.server.tampering.Mark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one of the interfaces beside the Journey wants to give out; room 8 does.
 *
 * @param kind the kind of entry, where it is to be recorded; empty for what releases no content
 * @param committed what the entry commits to, by names
 * @param facts what else the entry says; no content
 * @param marks how the files among it are labelled, to be kept for comparison
 */
record Handover(
        Optional<String> kind,
        String mediaType,
        Body body,
        Map<String, String> headers,
        Map<String, byte[]> committed,
        Map<String, String> facts,
        List<Mark> marks) {
    /** Without a labelled file. */
    Handover(
            Optional<String> kind,
            String mediaType,
            Body body,
            Map<String, String> headers,
            Map<String, byte[]> committed,
            Map<String, String> facts) {
        this(kind, mediaType, body, headers, committed, facts, List.of());
    }

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
