package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Fetch;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The pictures that a model made. */
public record Pictures(List<Picture> pictures, Optional<ObjectNode> usage) implements Answer {
    /** One picture.
     *
     * @param revisedPrompt what the model made of the prompt
     */
    public record Picture(byte[] bytes, Optional<String> revisedPrompt) {}

    /** Reads what an upstream answered; pictures that it only points to are fetched. */
    public static Pictures read(ObjectNode answer, int asked, Fetch fetch) throws UpstreamFailed {
        Parts.noError(answer);
        if (!(answer.get("data") instanceof ArrayNode data) || data.isEmpty() || data.size() > asked) {
            throw Parts.notUnderstood("data");
        }
        List<Picture> pictures = new ArrayList<>();
        for (JsonNode each : data) {
            Optional<String> inline = Parts.text(each, "b64_json");
            Optional<String> url = Parts.text(each, "url");
            byte[] bytes;
            if (inline.isPresent()) {
                bytes = decoded(inline.get());
            } else if (url.isPresent()) {
                bytes = fetch.get(url.get());
            } else {
                throw Parts.notUnderstood("a picture without b64_json or url");
            }
            pictures.add(new Picture(bytes, Parts.text(each, "revised_prompt")));
        }
        return new Pictures(pictures, Parts.usage(answer));
    }

    private static byte[] decoded(String base64) throws UpstreamFailed {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Parts.notUnderstood("b64_json is not base64");
        }
    }

    /** The texts that came with the pictures. */
    public List<Said> said() {
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            String where = "data[" + i + "].revised_prompt";
            pictures.get(i).revisedPrompt().ifPresent(text -> said.add(new Said(where, text)));
        }
        return said;
    }
}
