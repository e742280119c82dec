package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.surface.Completion;
import dev.cinnabar.server.gateway.surface.Delta;
import dev.cinnabar.server.gateway.surface.Logprob;
import dev.cinnabar.server.gateway.surface.Track;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Puts the pieces of a stream together, as a client does, so that what was handed over can be kept as one answer. */
final class Assembled {
    private final Map<Integer, Begun> choices = new TreeMap<>();

    private static final class Begun {
        final Map<Track.Kind, StringBuilder> texts = new LinkedHashMap<>();
        final Map<Integer, Delta.Call> calls = new TreeMap<>();
        final Map<Integer, StringBuilder> arguments = new TreeMap<>();
        final List<Logprob> logprobs = new ArrayList<>();
        String finish = "incomplete";
    }

    void role(int choice) {
        begun(choice);
    }

    void text(Track track, String text, List<Logprob> logprobs) {
        Begun choice = begun(track.choice());
        StringBuilder all = track.kind() == Track.Kind.ARGUMENTS
                ? choice.arguments.computeIfAbsent(track.call(), c -> new StringBuilder())
                : choice.texts.computeIfAbsent(track.kind(), k -> new StringBuilder());
        all.append(text);
        choice.logprobs.addAll(logprobs);
    }

    void call(Delta.Call call) {
        begun(call.choice()).calls.put(call.call(), call);
    }

    void finish(int choice, String reason) {
        begun(choice).finish = reason;
    }

    private Begun begun(int choice) {
        return choices.computeIfAbsent(choice, c -> new Begun());
    }

    Completion completion(Optional<ObjectNode> usage) {
        List<Completion.Choice> all = new ArrayList<>();
        choices.forEach((index, begun) -> {
            Map<Track.Kind, String> texts = new LinkedHashMap<>();
            begun.texts.forEach((kind, text) -> texts.put(kind, text.toString()));
            all.add(new Completion.Choice(index, texts, calls(begun), begun.logprobs, begun.finish));
        });
        return new Completion(all, usage);
    }

    private static List<Completion.ToolCall> calls(Begun begun) {
        List<Completion.ToolCall> all = new ArrayList<>();
        begun.calls.forEach((number, call) -> all.add(new Completion.ToolCall(
                call.id(),
                call.name(),
                begun.arguments.getOrDefault(number, new StringBuilder()).toString(),
                number == Track.LEGACY)));
        return all;
    }
}
