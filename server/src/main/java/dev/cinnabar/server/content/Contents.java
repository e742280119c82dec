package dev.cinnabar.server.content;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Keeps what was asked and what was made, encrypted and durable before anyone is told, until its retention ends. */
public interface Contents {
    /** Keeps one part (like {@code prompt}, {@code answer}, {@code media/0}) of a content; durable when this returns. A part kept again replaces the one before. */
    void put(String contentId, String part, String mediaType, byte[] bytes) throws IOException;

    /** Keeps several parts of a content, by their names; all are durable when this returns. A store may write them at the price of one. */
    default void put(String contentId, Map<String, Part> parts) throws IOException {
        for (Map.Entry<String, Part> each : parts.entrySet()) {
            put(
                    contentId,
                    each.getKey(),
                    each.getValue().mediaType(),
                    each.getValue().bytes());
        }
    }

    /** A part as it was kept, or empty where there is none, or its retention ended, or it was erased. */
    Optional<Part> get(String contentId, String part) throws IOException;

    record Part(String mediaType, byte[] bytes) {}
}
