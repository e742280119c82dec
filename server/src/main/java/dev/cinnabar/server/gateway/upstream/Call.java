package dev.cinnabar.server.gateway.upstream;

/**
 * One question to a model.
 *
 * @param model the name by which the client asked
 * @param streamed whether the answer should come as server-sent events
 * @param trace the trace id, handed on to the upstream
 */
public record Call(Kind kind, String model, Body body, boolean streamed, String trace) {
    /** What is asked for, and where an OpenAI-compatible endpoint takes it. */
    public enum Kind {
        CHAT("/chat/completions", "application/json"),
        IMAGES("/images/generations", "application/json"),
        SPEECH("/audio/speech", "audio/wav");

        private final String path;
        private final String accept;

        Kind(String path, String accept) {
            this.path = path;
            this.accept = accept;
        }

        /** The path under the endpoint's base URL. */
        public String path() {
            return path;
        }

        /** The media type of a whole answer. */
        public String accept() {
            return accept;
        }
    }

    /** The JSON of the question, made for the name under which an upstream knows the model. */
    @FunctionalInterface
    public interface Body {
        byte[] as(String upstreamModel);
    }
}
