package dev.cinnabar.server.gateway.surface;

/**
 * A text that someone gave or a model made, and where it stands.
 *
 * @param where the place in the JSON, like {@code messages[2].content}
 */
public record Said(String where, String text) {}
