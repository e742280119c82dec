package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.law.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a chat request: only listed parameters pass, each of its type; what goes to the model is written anew from them. */
final class ChatForm {
    private static final Set<String> PARAMETERS = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "n",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "repetition_penalty",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "user",
            "safety_identifier",
            "seed",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "response_format",
            "modalities",
            "reasoning_effort",
            "enable_thinking",
            "store");
    private static final Set<String> COPIED = Set.of(
            "n",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "repetition_penalty",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "seed",
            "parallel_tool_calls",
            "reasoning_effort",
            "enable_thinking");
    static final int LONGEST_NAME = 128;
    private static final int MOST_MESSAGES = 4096;
    private static final int MOST_BIASES = 1024;
    private static final Pattern TOKEN_ID = Pattern.compile("\\d{1,9}");

    private final TextLabel label;
    private final int mostChoices;
    private final List<Said> said = new ArrayList<>();
    private final ObjectNode outgoing = Json.newObject();

    ChatForm(TextLabel label, int mostChoices) {
        this.label = label;
        this.mostChoices = mostChoices;
    }

    ChatAsk read(Fields root) throws Wrong {
        root.only(PARAMETERS);
        String model = root.needString("model", LONGEST_NAME);
        Set<String> users = users(root);
        numbers(root);
        int choices = root.integer("n", 1, mostChoices).orElse(1);
        stop(root);
        biases(root);
        textOnly(root);
        boolean streamed = root.flag("stream");
        boolean usage = usageWanted(root, streamed);
        for (String name : COPIED) {
            root.get(name).ifPresent(value -> outgoing.set(name, value));
        }
        ArrayNode messages = root.array("messages", MOST_MESSAGES).orElseThrow(() -> Wrong.missing("messages"));
        outgoing.set("messages", new ChatMessages(label, said).read(messages));
        ToolForm tools = new ToolForm(said, outgoing);
        Optional<String> unlabelledBy = tools.read(root);
        if (streamed) {
            outgoing.put("stream", true);
            outgoing.putObject("stream_options").put("include_usage", true);
        }
        return new ChatAsk(
                model,
                users,
                List.copyOf(said),
                streamed,
                usage,
                choices,
                root.flag("logprobs"),
                tools.any(),
                unlabelledBy,
                outgoing);
    }

    static Set<String> users(Fields root) throws Wrong {
        Set<String> users = new LinkedHashSet<>();
        root.string("user", LONGEST_NAME).filter(name -> !name.isBlank()).ifPresent(users::add);
        root.string("safety_identifier", LONGEST_NAME)
                .filter(name -> !name.isBlank())
                .ifPresent(users::add);
        return users;
    }

    private void numbers(Fields root) throws Wrong {
        root.number("temperature", 0, 2);
        root.number("top_p", 0, 1);
        root.integer("top_k", -1, 100_000);
        root.number("min_p", 0, 1);
        root.number("repetition_penalty", 0, 10);
        root.number("presence_penalty", -2, 2);
        root.number("frequency_penalty", -2, 2);
        root.integer("max_tokens", 1, 10_000_000);
        root.integer("max_completion_tokens", 1, 10_000_000);
        root.integer("top_logprobs", 0, 20);
        root.integer("seed", Integer.MIN_VALUE, Integer.MAX_VALUE);
        root.flag("logprobs");
        root.flag("parallel_tool_calls");
        root.flag("enable_thinking");
        root.oneOf("reasoning_effort", Set.of("none", "minimal", "low", "medium", "high"));
        if (root.flag("store")) {
            throw Wrong.because(
                    "store",
                    "16",
                    new Words(
                            "不接受 store：内容只由本系统留存。", "store is not taken: what was made is kept here and nowhere else."),
                    new Words("请去掉该字段。", "Leave this field out."));
        }
    }

    private void stop(Fields root) throws Wrong {
        Optional<JsonNode> stop = root.get("stop");
        if (stop.isEmpty()) {
            return;
        }
        List<JsonNode> all = stop.get() instanceof ArrayNode array ? List.copyOf(array.values()) : List.of(stop.get());
        for (JsonNode each : all) {
            if (!each.isString() || each.stringValue().length() > 256 || all.size() > 16) {
                throw Wrong.type("stop", new Words("一个或最多 16 个短字符串", "a short string or at most 16 of them"));
            }
            said.add(new Said("stop", each.stringValue()));
        }
    }

    private static void biases(Fields root) throws Wrong {
        Optional<Fields> biases = root.object("logit_bias");
        if (biases.isEmpty()) {
            return;
        }
        Set<Map.Entry<String, JsonNode>> all = biases.get().node().properties();
        for (Map.Entry<String, JsonNode> each : all) {
            double value = each.getValue().isNumber() ? each.getValue().doubleValue() : Double.NaN;
            if (all.size() > MOST_BIASES
                    || !TOKEN_ID.matcher(each.getKey()).matches()
                    || !(value >= -100 && value <= 100)) {
                throw Wrong.type(
                        "logit_bias",
                        new Words("词元编号到 -100 至 100 的映射", "a map of token numbers to values from -100 to 100"));
            }
        }
    }

    private static void textOnly(Fields root) throws Wrong {
        Optional<ArrayNode> modalities = root.array("modalities", 8);
        if (modalities.isPresent()) {
            for (JsonNode each : modalities.get()) {
                if (!each.isString() || !each.stringValue().equals("text")) {
                    throw Wrong.type(
                            "modalities",
                            new Words(
                                    "[\"text\"]（语音请用 /v1/audio/speech）",
                                    "[\"text\"] (for speech use /v1/audio/speech)"));
                }
            }
        }
    }

    private static boolean usageWanted(Fields root, boolean streamed) throws Wrong {
        Optional<Fields> options = root.object("stream_options");
        if (options.isEmpty()) {
            return false;
        }
        options.get().only(Set.of("include_usage", "include_obfuscation"));
        options.get().flag("include_obfuscation");
        if (!streamed) {
            throw Wrong.type("stream_options", new Words("仅与 stream: true 同用", "only together with stream: true"));
        }
        return options.get().flag("include_usage");
    }
}
