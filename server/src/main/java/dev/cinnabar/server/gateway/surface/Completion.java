package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole chat completion.
 *
 * @param choices the answers by their index
 */
public record Completion(List<Choice> choices, Optional<ObjectNode> usage) implements Answer {
    /**
     * One answer.
     *
     * @param texts its texts that people read, by kind; never empty ones
     */
    public record Choice(
            int index, Map<Track.Kind, String> texts, List<ToolCall> calls, List<Logprob> logprobs, String finish) {}

    /**
     * A call of a tool.
     *
     * @param legacy whether it stood in the old field {@code function_call}
     */
    public record ToolCall(String id, String name, String arguments, boolean legacy) {}

    /** Reads what an upstream answered to {@code n} choices asked for. */
    public static Completion read(ObjectNode answer, int n) throws UpstreamFailed {
        Parts.noError(answer);
        if (!(answer.get("choices") instanceof ArrayNode all) || all.isEmpty() || all.size() > n) {
            throw Parts.notUnderstood("choices");
        }
        List<Choice> choices = new ArrayList<>();
        for (JsonNode each : all) {
            Choice choice = choice(each, n);
            if (choices.stream().anyMatch(other -> other.index() == choice.index())) {
                throw Parts.notUnderstood("a choice comes twice");
            }
            choices.add(choice);
        }
        return new Completion(choices, Parts.usage(answer));
    }

    private static Choice choice(JsonNode choice, int n) throws UpstreamFailed {
        int index = choice.get("index") == null ? 0 : Parts.number(choice, "index", 0, n - 1);
        if (!(choice.get("message") instanceof ObjectNode message)) {
            throw Parts.notUnderstood("a choice without message");
        }
        Map<Track.Kind, String> texts = new LinkedHashMap<>();
        put(texts, Track.Kind.REASONING, Parts.reasoning(message));
        put(texts, Track.Kind.CONTENT, Parts.text(message, "content"));
        put(texts, Track.Kind.REFUSAL, Parts.text(message, "refusal"));
        List<Logprob> given = Logprob.list(Optional.ofNullable(choice.get("logprobs")));
        LogprobQueue queue = new LogprobQueue();
        queue.add(given);
        List<Logprob> logprobs = queue.release(texts.getOrDefault(Track.Kind.CONTENT, ""));
        return new Choice(
                index, texts, calls(message), logprobs, Parts.reason(choice).orElse("stop"));
    }

    private static void put(Map<Track.Kind, String> texts, Track.Kind kind, Optional<String> text) {
        text.filter(each -> !each.isEmpty()).ifPresent(each -> texts.put(kind, each));
    }

    private static List<ToolCall> calls(ObjectNode message) throws UpstreamFailed {
        List<ToolCall> calls = new ArrayList<>();
        if (message.get("tool_calls") instanceof ArrayNode all) {
            for (JsonNode each : all) {
                if (!(each.get("function") instanceof ObjectNode function)) {
                    throw Parts.notUnderstood("a call of something else than a function");
                }
                calls.add(call(Parts.id(Parts.text(each, "id")), function, false));
            }
        }
        if (message.get("function_call") instanceof ObjectNode legacy) {
            calls.add(call("", legacy, true));
        }
        return calls;
    }

    private static ToolCall call(String id, ObjectNode function, boolean legacy) throws UpstreamFailed {
        return new ToolCall(
                id,
                Parts.text(function, "name").orElse(""),
                Parts.text(function, "arguments").orElse(""),
                legacy);
    }

    /** Every text in it, named by its place, as it must be reviewed: arguments without their escapes. */
    public List<Said> said() {
        List<Said> said = new ArrayList<>();
        for (Choice choice : choices) {
            String at = "choices[" + choice.index() + "].message.";
            choice.texts().forEach((kind, text) -> said.add(new Said(at + kind.field(), text)));
            for (ToolCall call : choice.calls()) {
                said.add(new Said(at + "tool_calls.name", call.name()));
                said.add(new Said(at + "tool_calls.arguments", Unescaped.whole(call.arguments())));
            }
            for (Logprob each : choice.logprobs()) {
                each.words().forEach(word -> said.add(new Said("choices[" + choice.index() + "].logprobs", word)));
            }
        }
        return said;
    }

    /** Whether any answer calls something. */
    public boolean calls() {
        return choices.stream().anyMatch(choice -> !choice.calls().isEmpty());
    }
}
