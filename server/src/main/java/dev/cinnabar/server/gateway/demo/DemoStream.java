package dev.cinnabar.server.gateway.demo;

import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.gateway.upstream.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Writes an answer as the server-sent events of a chat completion: its choices take turns, piece by piece. */
final class DemoStream {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> events = new ArrayList<>();

    private DemoStream() {}

    static Reply of(ObjectNode asked, Duration pace) {
        DemoStream stream = new DemoStream();
        List<DemoAnswer> answers = new ArrayList<>();
        int n = asked.path("n").asInt(1);
        int longest = 0;
        int words = 0;
        for (int i = 0; i < n; i++) {
            DemoAnswer answer = DemoAnswer.to(asked, i);
            answers.add(answer);
            longest = Math.max(longest, answer.pieces().size());
            words += answer.pieces().size();
            stream.begin(i, answer);
        }
        for (int at = 0; at < longest; at++) {
            for (int i = 0; i < n; i++) {
                stream.piece(i, answers.get(i), at);
            }
        }
        for (int i = 0; i < n; i++) {
            stream.choice(i, Json.newObject(), answers.get(i).tool().isPresent() ? "tool_calls" : "stop");
        }
        ObjectNode last = chunk();
        last.putArray("choices");
        last.set("usage", DemoUpstream.usage(asked, words));
        stream.event(Json.bytes(last));
        stream.events.add(DONE);
        return new DemoReply("text/event-stream", stream.events, pace);
    }

    private static ObjectNode chunk() {
        return Json.newObject()
                .put("id", "demo")
                .put("object", "chat.completion.chunk")
                .put("created", 0)
                .put("model", "demo");
    }

    private void begin(int i, DemoAnswer answer) {
        ObjectNode delta = Json.newObject().put("role", "assistant");
        if (answer.tool().isPresent()) {
            ObjectNode call = delta.putArray("tool_calls")
                    .addObject()
                    .put("index", 0)
                    .put("id", "call_demo_" + i)
                    .put("type", "function");
            call.putObject("function").put("name", answer.tool().get()).put("arguments", "");
        } else {
            delta.put("content", "");
        }
        choice(i, delta, "");
    }

    private void piece(int i, DemoAnswer answer, int at) {
        if (at >= answer.pieces().size()) {
            return;
        }
        String text = answer.pieces().get(at);
        ObjectNode delta = Json.newObject();
        if (answer.tool().isPresent()) {
            ObjectNode call = delta.putArray("tool_calls").addObject().put("index", 0);
            call.putObject("function").put("arguments", text);
        } else {
            delta.put("content", text);
        }
        choice(i, delta, "");
    }

    private void choice(int i, ObjectNode delta, String finish) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", i);
        choice.set("delta", delta);
        if (finish.isEmpty()) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", finish);
        }
        event(Json.bytes(chunk));
    }

    private void event(byte[] json) {
        byte[] event = new byte[json.length + 8];
        byte[] head = "data: ".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, event, 0, 6);
        System.arraycopy(json, 0, event, 6, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        events.add(event);
    }
}
