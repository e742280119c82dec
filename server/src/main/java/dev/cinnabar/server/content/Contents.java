package dev.cinnabar.server.content;

import java.io.IOException;
import java.util.Optional;

/** Keeps what was asked and what was made, encrypted and durable before anyone is told, until its retention ends. */
public interface Contents {
    /** Keeps one part (like {@code prompt}, {@code answer}, {@code media/0}) of a content; durable when this returns. */
    void put(String contentId, String part, String mediaType, byte[] bytes) throws IOException;

    /** A part as it was kept, or empty where there is none, or its retention ended, or it was erased. */
    Optional<Part> get(String contentId, String part) throws IOException;

    record Part(String mediaType, byte[] bytes) {}
}
