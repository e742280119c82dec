package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the chunks of one streamed chat completion into deltas, and holds the upstream to the order they must have. */
final class Chunks {
    private static final int MOST_CALLS = 256;

    private final int n;
    private final Set<Integer> begun = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();
    private final Set<Long> calls = new HashSet<>();

    Chunks(int n) {
        this.n = n;
    }

    /** Whether every answer asked for has ended; an upstream that answers less often than asked is held to those it began. */
    boolean complete() {
        return !begun.isEmpty() && ended.containsAll(begun);
    }

    void read(byte[] bytes, int from, int length, List<Delta> into) throws UpstreamFailed {
        Optional<ObjectNode> read = Json.objectOf(bytes, from, length);
        if (read.isEmpty()) {
            throw Parts.notUnderstood("a chunk is not one JSON object");
        }
        ObjectNode chunk = read.get();
        Parts.noError(chunk);
        JsonNode choices = chunk.get("choices");
        if (choices instanceof ArrayNode all) {
            for (JsonNode choice : all) {
                choice(choice, into);
            }
        } else if (choices != null && !choices.isNull()) {
            throw Parts.notUnderstood("choices");
        }
        Parts.usage(chunk).ifPresent(usage -> into.add(new Delta.Usage(usage)));
    }

    private void choice(JsonNode choice, List<Delta> into) throws UpstreamFailed {
        int index = choice.get("index") == null ? 0 : Parts.number(choice, "index", 0, n - 1);
        if (ended.contains(index)) {
            if (choice.get("delta") instanceof ObjectNode late && !late.isEmpty() && hasText(late)) {
                throw Parts.notUnderstood("a choice goes on after its end");
            }
            return;
        }
        if (begun.add(index)) {
            into.add(new Delta.Role(index));
        }
        if (choice.get("delta") instanceof ObjectNode delta) {
            texts(index, choice, delta, into);
            toolCalls(index, delta, into);
        }
        Optional<String> reason = Parts.reason(choice);
        if (reason.isPresent()) {
            ended.add(index);
            into.add(new Delta.Finish(index, reason.get()));
        }
    }

    private static boolean hasText(ObjectNode delta) throws UpstreamFailed {
        return delta.has("tool_calls")
                || delta.has("function_call")
                || Parts.text(delta, "content").filter(text -> !text.isEmpty()).isPresent()
                || Parts.reasoning(delta).filter(text -> !text.isEmpty()).isPresent();
    }

    private static void texts(int index, JsonNode choice, ObjectNode delta, List<Delta> into) throws UpstreamFailed {
        text(index, Track.Kind.REASONING, Parts.reasoning(delta), List.of(), into);
        List<Logprob> logprobs = Logprob.list(Optional.ofNullable(choice.get("logprobs")));
        text(index, Track.Kind.CONTENT, Parts.text(delta, "content"), logprobs, into);
        text(index, Track.Kind.REFUSAL, Parts.text(delta, "refusal"), List.of(), into);
    }

    private static void text(
            int index, Track.Kind kind, Optional<String> text, List<Logprob> logprobs, List<Delta> into) {
        if (text.filter(each -> !each.isEmpty()).isPresent() || !logprobs.isEmpty()) {
            into.add(new Delta.Text(new Track(index, kind, 0), text.orElse(""), logprobs));
        }
    }

    private void toolCalls(int index, ObjectNode delta, List<Delta> into) throws UpstreamFailed {
        if (delta.get("tool_calls") instanceof ArrayNode all) {
            for (JsonNode each : all) {
                int call = each.get("index") == null ? 0 : Parts.number(each, "index", 0, MOST_CALLS);
                call(
                        index,
                        call,
                        each,
                        each.get("function") instanceof ObjectNode function ? function : Json.newObject(),
                        into);
            }
        }
        if (delta.get("function_call") instanceof ObjectNode legacy) {
            call(index, Track.LEGACY, Json.newObject(), legacy, into);
        }
    }

    private void call(int index, int call, JsonNode holder, ObjectNode function, List<Delta> into)
            throws UpstreamFailed {
        if (calls.add((long) index << 32 | (call & 0xffff_ffffL))) {
            String id = Parts.id(Parts.text(holder, "id"));
            into.add(
                    new Delta.Call(index, call, id, Parts.text(function, "name").orElse("")));
        }
        Optional<String> arguments = Parts.text(function, "arguments").filter(text -> !text.isEmpty());
        arguments.ifPresent(
                text -> into.add(new Delta.Text(new Track(index, Track.Kind.ARGUMENTS, call), text, List.of())));
    }
}
