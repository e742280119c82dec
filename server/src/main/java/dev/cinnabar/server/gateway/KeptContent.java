package dev.cinnabar.server.gateway;

import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.content.Contents.Part;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Outcome;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A content as it was kept.
 *
 * @param about whose it is and what became of it
 * @param outcome the word of its last entry; {@code open} of a stream that has no end yet
 */
record KeptContent(String id, ObjectNode about, String outcome, Optional<Part> answer) {
    private static final Pattern ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    /** Whether this could be a content id at all. */
    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** The content, when it is kept and belongs to the application. */
    static Outcome<KeptContent> of(Contents contents, Caller caller, String id) {
        if (!isId(id)) {
            return Outcome.not(Refusals.noContent());
        }
        try {
            Optional<ObjectNode> about = json(contents, id, "about");
            if (about.isEmpty() || !about.get().path("app").asString("").equals(caller.appId())) {
                return Outcome.not(Refusals.noContent());
            }
            String outcome = json(contents, id, "end")
                    .map(end -> end.path("outcome").asString("open"))
                    .orElseGet(() -> about.get().path("outcome").asString("open"));
            return Outcome.done(new KeptContent(id, about.get(), outcome, contents.get(id, "answer")));
        } catch (IOException e) {
            return Outcome.not(Refusals.notReady());
        }
    }

    /** Whether it was released whole, or as far as its client stayed. */
    boolean released() {
        return outcome.equals("complete") || outcome.equals("client_left");
    }

    /** How many files of their own belong to it. */
    int media() {
        return about.path("media").asInt(0);
    }

    /** The word of its state for clients. */
    String state() {
        return outcome.equals("complete") ? "released" : outcome;
    }

    /** The answer as JSON, where it is JSON. */
    Optional<ObjectNode> answerJson() {
        return answer.filter(part -> part.mediaType().equals("application/json"))
                .flatMap(part -> Json.objectOf(part.bytes(), 0, part.bytes().length));
    }

    String surface() {
        JsonNode surface = about.path("surface");
        return surface.asString("");
    }

    private static Optional<ObjectNode> json(Contents contents, String id, String part) throws IOException {
        return contents.get(id, part).flatMap(kept -> Json.objectOf(kept.bytes(), 0, kept.bytes().length));
    }
}
