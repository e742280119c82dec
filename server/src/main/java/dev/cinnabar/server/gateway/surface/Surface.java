package dev.cinnabar.server.gateway.surface;

import java.util.Optional;

/** A place where content can be asked for, and the function of Article 23 that it is. */
public enum Surface {
    CHAT("/v1/chat/completions", "chat", "text.dialogue"),
    IMAGES("/v1/images/generations", "images", "image.generate"),
    SPEECH("/v1/audio/speech", "speech", "voice.speech");

    private final String path;
    private final String word;
    private final String function;

    Surface(String path, String word, String function) {
        this.path = path;
        this.word = word;
        this.function = function;
    }

    public String path() {
        return path;
    }

    /** The word in entries and metrics. */
    public String word() {
        return word;
    }

    /** The row of the function table that must be on. */
    public String function() {
        return function;
    }

    /** The surface at a path. */
    public static Optional<Surface> at(String path) {
        for (Surface surface : values()) {
            if (surface.path.equals(path)) {
                return Optional.of(surface);
            }
        }
        return Optional.empty();
    }
}
