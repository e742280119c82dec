package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Call;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat completion asked for.
 *
 * @param choices how many answers
 * @param usageWanted whether a stream shall end with the usage
 * @param logprobs whether probabilities of tokens are wanted
 * @param tools whether the model may call tools
 * @param outgoing what the model is asked, without its name
 */
public record ChatAsk(
        String model,
        Set<String> users,
        List<Said> said,
        boolean streamed,
        boolean usageWanted,
        int choices,
        boolean logprobs,
        boolean tools,
        Optional<String> unlabelledBy,
        ObjectNode outgoing)
        implements Ask {
    @Override
    public Surface surface() {
        return Surface.CHAT;
    }

    @Override
    public Call call(String trace) {
        return new Call(Call.Kind.CHAT, model, name -> body(outgoing, name), streamed, trace);
    }

    static byte[] body(ObjectNode outgoing, String model) {
        ObjectNode copy = Json.newObject();
        copy.put("model", model);
        copy.setAll(outgoing);
        return Json.bytes(copy);
    }
}
