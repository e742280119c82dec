package dev.cinnabar.server.gateway.surface;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/** Writes chat completions, whole and in chunks: only what this class names can be in them. */
public final class CompletionWriter {
    private final String id;
    private final long created;
    private final String model;
    private final String aigc;

    /**
     * @param id the id of the completion
     * @param created seconds since 1970
     * @param model the name by which the client asked
     * @param aigc the implicit label, JSON
     */
    public CompletionWriter(String id, long created, String model, String aigc) {
        this.id = id;
        this.created = created;
        this.model = model;
        this.aigc = aigc;
    }

    /** A whole completion. */
    public byte[] whole(Completion completion) {
        Utf8 out = new Utf8(1024);
        head(out, "chat.completion").ascii(",\"choices\":[");
        for (int i = 0; i < completion.choices().size(); i++) {
            choice(i == 0 ? out : out.ascii(","), completion.choices().get(i));
        }
        out.ascii("]");
        completion.usage().ifPresent(usage -> out.ascii(",\"usage\":").raw(Json.bytes(usage)));
        return aigc(out).ascii("}").copy();
    }

    private static void choice(Utf8 out, Completion.Choice choice) {
        out.ascii("{\"index\":").number(choice.index()).ascii(",\"message\":{\"role\":\"assistant\",\"content\":");
        Optional<String> content = Optional.ofNullable(choice.texts().get(Track.Kind.CONTENT));
        if (content.isPresent()) {
            out.string(content.get());
        } else {
            out.ascii(choice.calls().isEmpty() ? "\"\"" : "null");
        }
        for (Map.Entry<Track.Kind, String> text : choice.texts().entrySet()) {
            if (text.getKey() != Track.Kind.CONTENT) {
                out.ascii(",\"").ascii(text.getKey().field()).ascii("\":").string(text.getValue());
            }
        }
        if (!choice.texts().containsKey(Track.Kind.REFUSAL)) {
            out.ascii(",\"refusal\":null");
        }
        calls(out, choice.calls());
        out.ascii("},\"logprobs\":");
        logprobs(out, choice.logprobs());
        out.ascii(",\"finish_reason\":").string(choice.finish()).ascii("}");
    }

    private static void calls(Utf8 out, List<Completion.ToolCall> calls) {
        List<Completion.ToolCall> now =
                calls.stream().filter(call -> !call.legacy()).toList();
        for (int i = 0; i < now.size(); i++) {
            Completion.ToolCall call = now.get(i);
            out.ascii(i == 0 ? ",\"tool_calls\":[" : ",").ascii("{\"id\":").string(call.id());
            out.ascii(",\"type\":\"function\",\"function\":");
            function(out, call);
            out.ascii(i == now.size() - 1 ? "}]" : "}");
        }
        calls.stream().filter(Completion.ToolCall::legacy).findFirst().ifPresent(call -> {
            out.ascii(",\"function_call\":");
            function(out, call);
        });
    }

    private static void function(Utf8 out, Completion.ToolCall call) {
        out.ascii("{\"name\":")
                .string(call.name())
                .ascii(",\"arguments\":")
                .string(call.arguments())
                .ascii("}");
    }

    private static void logprobs(Utf8 out, List<Logprob> all) {
        if (all.isEmpty()) {
            out.ascii("null");
            return;
        }
        ArrayNode shown = Json.newObject().putArray("content");
        all.forEach(each -> shown.add(each.shown()));
        out.ascii("{\"content\":").raw(Json.bytes(shown)).ascii(",\"refusal\":null}");
    }

    private Utf8 head(Utf8 out, String object) {
        return out.ascii("{\"id\":")
                .string(id)
                .ascii(",\"object\":\"")
                .ascii(object)
                .ascii("\",\"created\":")
                .number(created)
                .ascii(",\"model\":")
                .string(model);
    }

    private Utf8 aigc(Utf8 out) {
        return out.ascii(",\"aigc\":").raw(aigc.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Writes the chunks of one stream into a buffer of events. */
    public final class Chunks {
        private final Utf8 out;
        private final byte[] head;
        private final boolean usage;
        private boolean first = true;

        /**
         * @param usage whether a last chunk with the usage was asked for: then all others say null
         */
        public Chunks(Utf8 out, boolean usage) {
            this.out = out;
            this.usage = usage;
            Utf8 begin = new Utf8(128);
            head(begin.ascii("data: "), "chat.completion.chunk").ascii(",\"choices\":[");
            this.head = begin.copy();
        }

        public void role(int choice) {
            open(choice).ascii("\"role\":\"assistant\",\"content\":\"\"");
            close(List.of(), Optional.empty());
        }

        public void text(Track track, String text, List<Logprob> logprobs) {
            open(track.choice());
            if (track.kind() == Track.Kind.ARGUMENTS) {
                if (track.call() == Track.LEGACY) {
                    out.ascii("\"function_call\":{\"arguments\":").string(text).ascii("}");
                } else {
                    out.ascii("\"tool_calls\":[{\"index\":")
                            .number(track.call())
                            .ascii(",\"function\":{\"arguments\":")
                            .string(text)
                            .ascii("}}]");
                }
            } else {
                out.ascii("\"").ascii(track.kind().field()).ascii("\":").string(text);
            }
            close(logprobs, Optional.empty());
        }

        public void call(Delta.Call call) {
            open(call.choice());
            if (call.call() == Track.LEGACY) {
                out.ascii("\"function_call\":{\"name\":").string(call.name()).ascii(",\"arguments\":\"\"}");
            } else {
                out.ascii("\"tool_calls\":[{\"index\":")
                        .number(call.call())
                        .ascii(",\"id\":")
                        .string(call.id());
                out.ascii(",\"type\":\"function\",\"function\":{\"name\":")
                        .string(call.name())
                        .ascii(",\"arguments\":\"\"}}]");
            }
            close(List.of(), Optional.empty());
        }

        public void finish(int choice, String reason) {
            open(choice);
            close(List.of(), Optional.of(reason));
        }

        /** The last chunk, without choices, where it was asked for and the upstream said what it took. */
        public void usage(Optional<tools.jackson.databind.node.ObjectNode> numbers) {
            if (usage && numbers.isPresent()) {
                out.raw(head)
                        .ascii("],\"usage\":")
                        .raw(Json.bytes(numbers.get()))
                        .ascii("}\n\n");
            }
        }

        public void done() {
            out.ascii("data: [DONE]\n\n");
        }

        private Utf8 open(int choice) {
            return out.raw(head).ascii("{\"index\":").number(choice).ascii(",\"delta\":{");
        }

        private void close(List<Logprob> logprobs, Optional<String> reason) {
            out.ascii("},\"logprobs\":");
            CompletionWriter.logprobs(out, logprobs);
            out.ascii(",\"finish_reason\":");
            if (reason.isPresent()) {
                out.string(reason.get());
            } else {
                out.ascii("null");
            }
            out.ascii("}]");
            if (usage) {
                out.ascii(",\"usage\":null");
            }
            if (first) {
                first = false;
                aigc(out);
            }
            out.ascii("}\n\n");
        }
    }
}
