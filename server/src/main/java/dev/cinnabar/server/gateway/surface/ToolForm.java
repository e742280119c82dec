package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.law.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what makes an answer something else than labelled text: tools, legacy functions, and a response format. Every word in them is put on the list to review. */
final class ToolForm {
    private static final int MOST_TOOLS = 256;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final List<Said> said;
    private final ObjectNode outgoing;
    private boolean any;

    ToolForm(List<Said> said, ObjectNode outgoing) {
        this.said = said;
        this.outgoing = outgoing;
    }

    /** Whether the model may call anything. */
    boolean any() {
        return any;
    }

    /** Reads them; gives the field because of which no label fits into the answer. */
    Optional<String> read(Fields root) throws Wrong {
        Optional<String> by = Optional.empty();
        if (tools(root)) {
            by = Optional.of("tools");
        }
        if (functions(root)) {
            by = Optional.of("functions");
        }
        choice(root, "tool_choice", Set.of("none", "auto", "required"));
        choice(root, "function_call", Set.of("none", "auto"));
        if (format(root)) {
            by = Optional.of("response_format");
        }
        any = outgoing.has("tools") || outgoing.has("functions");
        return by;
    }

    private boolean tools(Fields root) throws Wrong {
        Optional<ArrayNode> tools = root.array("tools", MOST_TOOLS);
        if (tools.isEmpty() || tools.get().isEmpty()) {
            return false;
        }
        ArrayNode kept = outgoing.putArray("tools");
        for (int i = 0; i < tools.get().size(); i++) {
            Fields tool = Fields.at("tools[" + i + "]", tools.get().get(i));
            tool.only(Set.of("type", "function"));
            tool.needOneOf("type", Set.of("function"));
            Fields function = tool.object("function").orElseThrow(() -> Wrong.missing(tool.where("function")));
            ObjectNode out = Json.newObject().put("type", "function");
            out.set("function", function(function));
            kept.add(out);
        }
        return true;
    }

    private boolean functions(Fields root) throws Wrong {
        Optional<ArrayNode> functions = root.array("functions", MOST_TOOLS);
        if (functions.isEmpty() || functions.get().isEmpty()) {
            return false;
        }
        ArrayNode kept = outgoing.putArray("functions");
        for (int i = 0; i < functions.get().size(); i++) {
            kept.add(function(Fields.at("functions[" + i + "]", functions.get().get(i))));
        }
        return true;
    }

    private ObjectNode function(Fields function) throws Wrong {
        function.only(Set.of("name", "description", "parameters", "strict"));
        String name = function.needString("name", 64);
        named(function.where("name"), name);
        ObjectNode out = Json.newObject().put("name", name);
        said.add(new Said(function.where("name"), name));
        Optional<String> description = function.string("description", 1 << 16);
        if (description.isPresent()) {
            said.add(new Said(function.where("description"), description.get()));
            out.put("description", description.get());
        }
        Optional<Fields> parameters = function.object("parameters");
        if (parameters.isPresent()) {
            words(function.where("parameters"), parameters.get().node());
            out.set("parameters", parameters.get().node());
        }
        if (function.get("strict").isPresent()) {
            out.put("strict", function.flag("strict"));
        }
        return out;
    }

    private void choice(Fields root, String field, Set<String> words) throws Wrong {
        Optional<JsonNode> choice = root.get(field);
        if (choice.isEmpty()) {
            return;
        }
        if (choice.get().isString()) {
            root.oneOf(field, words);
            outgoing.set(field, choice.get());
            return;
        }
        Fields named = Fields.at(field, choice.get());
        boolean tool = field.equals("tool_choice");
        named.only(tool ? Set.of("type", "function") : Set.of("name"));
        Fields holder = named;
        if (tool) {
            named.needOneOf("type", Set.of("function"));
            holder = named.object("function").orElseThrow(() -> Wrong.missing(named.where("function")));
            holder.only(Set.of("name"));
        }
        named(holder.where("name"), holder.needString("name", 64));
        outgoing.set(field, choice.get());
    }

    private boolean format(Fields root) throws Wrong {
        Optional<Fields> format = root.object("response_format");
        if (format.isEmpty()) {
            return false;
        }
        format.get().only(Set.of("type", "json_schema"));
        String type = format.get()
                .oneOf("type", Set.of("text", "json_object", "json_schema"))
                .orElseThrow(() -> Wrong.missing("response_format.type"));
        if (type.equals("text")) {
            return false;
        }
        ObjectNode out = outgoing.putObject("response_format").put("type", type);
        Optional<Fields> schema = format.get().object("json_schema");
        if (schema.isPresent()) {
            schema.get().only(Set.of("name", "description", "schema", "strict"));
            words("response_format.json_schema", schema.get().node());
            out.set("json_schema", schema.get().node());
        }
        return true;
    }

    /** Puts every key and every string of a free piece of JSON on the list to review. */
    private void words(String where, JsonNode node) {
        StringBuilder all = new StringBuilder();
        gather(node, all);
        said.add(new Said(where, all.toString()));
    }

    private static void gather(JsonNode node, StringBuilder out) {
        if (node.isString()) {
            out.append(node.stringValue()).append('\n');
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            out.append(each.getKey()).append('\n');
            gather(each.getValue(), out);
        }
        if (node.isArray()) {
            node.forEach(each -> gather(each, out));
        }
    }

    private static void named(String where, String name) throws Wrong {
        if (!NAME.matcher(name).matches()) {
            throw Wrong.type(where, new Words("1 至 64 个字母、数字、_ 或 -", "1 to 64 letters, digits, _ or -"));
        }
    }
}
