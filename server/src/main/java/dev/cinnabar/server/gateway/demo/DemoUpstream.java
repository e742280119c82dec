package dev.cinnabar.server.gateway.demo;

import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.gateway.upstream.Call;
import dev.cinnabar.server.gateway.upstream.Reply;
import dev.cinnabar.server.gateway.upstream.Upstream;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers without any model: the same question always gets the same answer, which says that it is a demo. It speaks the same bytes as a real endpoint. */
public final class DemoUpstream implements Upstream {
    /** The names of the models it offers: for text, pictures and speech. */
    public static final List<String> MODELS = List.of("demo", "demo-image", "demo-voice");

    private final Duration pace;

    /** @param pace how long it waits between two pieces of a stream, so that a stream can be seen to flow; zero for none */
    public DemoUpstream(Duration pace) {
        this.pace = pace;
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public Reply send(Call call, String upstreamModel) throws UpstreamFailed {
        byte[] body = call.body().as(upstreamModel);
        ObjectNode asked = Json.objectOf(body, 0, body.length)
                .orElseThrow(() ->
                        new UpstreamFailed(How.REJECTED, "the demo was asked with something that is no JSON object"));
        return switch (call.kind()) {
            case CHAT -> call.streamed() ? DemoStream.of(asked, pace) : json(completion(asked));
            case IMAGES -> json(pictures(asked));
            case SPEECH ->
                new DemoReply(
                        "audio/wav", List.of(DemoTone.wav(asked.path("input").asString(""))), Duration.ZERO);
        };
    }

    private static Reply json(ObjectNode body) {
        return new DemoReply("application/json", List.of(Json.bytes(body)), Duration.ZERO);
    }

    private static ObjectNode completion(ObjectNode asked) {
        ObjectNode out = Json.newObject()
                .put("id", "demo")
                .put("object", "chat.completion")
                .put("created", 0)
                .put("model", "demo");
        ArrayNode choices = out.putArray("choices");
        int words = 0;
        for (int i = 0; i < asked.path("n").asInt(1); i++) {
            DemoAnswer answer = DemoAnswer.to(asked, i);
            ObjectNode choice = choices.addObject().put("index", i);
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            if (answer.tool().isPresent()) {
                message.putNull("content");
                ObjectNode call = message.putArray("tool_calls")
                        .addObject()
                        .put("id", "call_demo_" + i)
                        .put("type", "function");
                call.putObject("function").put("name", answer.tool().get()).put("arguments", answer.text());
            } else {
                message.put("content", answer.text());
            }
            choice.put("finish_reason", answer.tool().isPresent() ? "tool_calls" : "stop");
            words += answer.pieces().size();
        }
        out.set("usage", usage(asked, words));
        return out;
    }

    /** What a model would have counted: four bytes of the question a token, a piece of the answer a token. */
    static ObjectNode usage(ObjectNode asked, int words) {
        int prompt = Math.max(1, Json.bytes(asked.path("messages")).length / 4);
        return Json.newObject()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", words)
                .put("total_tokens", prompt + words);
    }

    private static ObjectNode pictures(ObjectNode asked) {
        ObjectNode out = Json.newObject().put("created", 0);
        ArrayNode data = out.putArray("data");
        for (int i = 0; i < asked.path("n").asInt(1); i++) {
            byte[] png = DemoPicture.png(
                    asked.path("prompt").asString(""), asked.path("size").asString("512x512"), i);
            data.addObject().put("b64_json", java.util.Base64.getEncoder().encodeToString(png));
        }
        return out;
    }
}
