package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.law.Words;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the messages of a chat: every text in them is put on the list to review, our own label is taken off the assistant's history, and what is no text is refused. */
final class ChatMessages {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final Set<String> FIELDS = Set.of(
            "role",
            "content",
            "name",
            "refusal",
            "tool_calls",
            "tool_call_id",
            "function_call",
            "reasoning_content",
            "annotations");
    private static final int MOST_PARTS = 1024;
    private static final int MOST_CALLS = 256;

    private final TextLabel label;
    private final List<Said> said;

    ChatMessages(TextLabel label, List<Said> said) {
        this.label = label;
        this.said = said;
    }

    ArrayNode read(ArrayNode messages) throws Wrong {
        if (messages.isEmpty()) {
            throw Wrong.missing("messages");
        }
        ArrayNode out = messages.arrayNode(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            out.add(message(Fields.at("messages[" + i + "]", messages.get(i))));
        }
        return out;
    }

    private ObjectNode message(Fields message) throws Wrong {
        message.only(FIELDS);
        String role = message.oneOf("role", ROLES).orElseThrow(() -> Wrong.missing(message.where("role")));
        boolean own = role.equals("assistant");
        boolean tool = role.equals("tool") || role.equals("function");
        ObjectNode out = Json.newObject().put("role", role);
        text(message, "name", out, false);
        text(message, "tool_call_id", out, false);
        text(message, "refusal", out, own);
        text(message, "reasoning_content", out, own);
        annotations(message);
        boolean calls = calls(message, out);
        content(message, out, own, tool, calls);
        return out;
    }

    private void text(Fields message, String name, ObjectNode out, boolean own) throws Wrong {
        Optional<String> value = message.string(name, Integer.MAX_VALUE);
        if (value.isPresent()) {
            String text = own ? label.strip(value.get()) : value.get();
            said.add(new Said(message.where(name), text));
            out.put(name, text);
        }
    }

    private static void annotations(Fields message) throws Wrong {
        Optional<ArrayNode> annotations = message.array("annotations", MOST_PARTS);
        if (annotations.isPresent() && !annotations.get().isEmpty()) {
            throw Wrong.unknown(message.where("annotations"));
        }
    }

    private void content(Fields message, ObjectNode out, boolean own, boolean tool, boolean calls) throws Wrong {
        Optional<JsonNode> content = message.get("content");
        if (content.isEmpty()) {
            if (!own || !(calls || out.has("refusal"))) {
                throw Wrong.missing(message.where("content"));
            }
            out.putNull("content");
        } else if (content.get().isString()) {
            text(message, "content", out, own);
            if (tool && content.get().stringValue().indexOf('\\') >= 0) {
                // A tool's answer is mostly JSON, where an escape can hide a word.
                said.add(new Said(
                        message.where("content"), Unescaped.whole(content.get().stringValue())));
            }
        } else if (content.get() instanceof ArrayNode parts && parts.size() <= MOST_PARTS) {
            ArrayNode kept = out.putArray("content");
            for (int i = 0; i < parts.size(); i++) {
                kept.add(part(Fields.at(message.where("content") + '[' + i + ']', parts.get(i)), own && i == 0));
            }
        } else {
            throw Wrong.type(message.where("content"), new Words("字符串或分段数组", "a string or a list of parts"));
        }
    }

    private ObjectNode part(Fields part, boolean own) throws Wrong {
        String type = part.needString("type", 64);
        return switch (type) {
            case "text", "refusal" -> {
                part.only(Set.of("type", type));
                part.needString(type, Integer.MAX_VALUE);
                ObjectNode out = Json.newObject().put("type", type);
                text(part, type, out, own);
                yield out;
            }
            case "image_url", "input_image" ->
                throw Wrong.unreviewable(part.where("type"), new Words("图片", "A picture"));
            case "input_audio" -> throw Wrong.unreviewable(part.where("type"), new Words("音频", "A sound"));
            case "file", "video_url", "video" ->
                throw Wrong.unreviewable(part.where("type"), new Words("文件", "A file"));
            default -> throw Wrong.type(part.where("type"), new Words("text", "text"));
        };
    }

    private boolean calls(Fields message, ObjectNode out) throws Wrong {
        Optional<ArrayNode> calls = message.array("tool_calls", MOST_CALLS);
        if (calls.isPresent()) {
            ArrayNode kept = out.putArray("tool_calls");
            for (int i = 0; i < calls.get().size(); i++) {
                kept.add(call(Fields.at(
                        message.where("tool_calls") + '[' + i + ']', calls.get().get(i))));
            }
        }
        Optional<Fields> legacy = message.object("function_call");
        if (legacy.isPresent()) {
            out.set("function_call", function(legacy.get()));
        }
        return legacy.isPresent() || calls.isPresent();
    }

    private ObjectNode call(Fields call) throws Wrong {
        call.only(Set.of("id", "type", "function", "index"));
        call.oneOf("type", Set.of("function"));
        ObjectNode out = Json.newObject();
        text(call, "id", out, false);
        out.put("type", "function");
        out.set("function", function(call.object("function").orElseThrow(() -> Wrong.missing(call.where("function")))));
        return out;
    }

    private ObjectNode function(Fields function) throws Wrong {
        function.only(Set.of("name", "arguments"));
        ObjectNode out = Json.newObject();
        text(function, "name", out, false);
        String arguments = function.needString("arguments", Integer.MAX_VALUE);
        said.add(new Said(function.where("arguments"), Unescaped.whole(arguments)));
        return out.put("arguments", arguments);
    }
}
