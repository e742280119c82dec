package dev.cinnabar.server.gateway;

import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.content.Contents.Part;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.tampering.Mark;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gathers the parts of one content and keeps them at once: {@code prompt}, {@code answer}, {@code media/N}, {@code withheld}, and {@code about}, which says whose it is
 * and holds the salts; of a stream also {@code end}.
 */
final class Shelf {
    private static final String JSON = "application/json";

    private final Contents contents;
    private final String content;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    Shelf(Contents contents, String content) {
        this.contents = contents;
        this.content = content;
    }

    Shelf put(String part, String mediaType, byte[] bytes) {
        parts.put(part, new Part(mediaType, bytes));
        return this;
    }

    Shelf json(String part, byte[] bytes) {
        return put(part, JSON, bytes);
    }

    /** Says whose the content is, with the salts of its commitments. */
    Shelf about(Dossier dossier, Salts salts, String outcome, int media) {
        ObjectNode about = Json.newObject().put("surface", dossier.surface).put("outcome", outcome);
        dossier.caller.ifPresent(caller -> about.put("app", caller.appId()));
        dossier.standing.ifPresent(standing -> about.put("who", standing.pseudonym()));
        about.put("media", media).put("at", dossier.at.toString());
        dossier.caller.ifPresent(
                caller -> about.put("explicit", caller.explicit().name()));
        ObjectNode hex = about.putObject("salts");
        salts.hex().forEach(hex::put);
        return json("about", Json.bytes(about));
    }

    /** Keeps how its files are labelled, where there are any. */
    Shelf marks(List<Mark> marks) {
        return marks.isEmpty() ? this : json(Mark.PART, Mark.json(marks));
    }

    /** Says how a stream ended. */
    Shelf end(String outcome) {
        return json("end", Json.bytes(Json.newObject().put("outcome", outcome)));
    }

    /** Keeps all of it; durable when this returns. */
    void keep() throws IOException {
        contents.put(content, parts);
    }
}
