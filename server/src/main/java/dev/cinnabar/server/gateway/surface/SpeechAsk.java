package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Call;
import dev.cinnabar.server.law.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speech asked for. The answer is WAV, also where the request names no format: it is the format that can be labelled without loss.
 *
 * @param outgoing what the model is asked, without its name
 */
public record SpeechAsk(String model, Set<String> users, List<Said> said, ObjectNode outgoing) implements Ask {
    private static final Set<String> PARAMETERS = Set.of(
            "model",
            "input",
            "voice",
            "response_format",
            "speed",
            "instructions",
            "stream_format",
            "user",
            "safety_identifier");
    private static final int LONGEST_INPUT = 8_192;

    static SpeechAsk read(Fields root) throws Wrong {
        root.only(PARAMETERS);
        String model = root.needString("model", ChatForm.LONGEST_NAME);
        String input = root.needString("input", LONGEST_INPUT);
        Optional<String> voice = root.string("voice", 64);
        Optional<String> instructions = root.string("instructions", LONGEST_INPUT);
        root.number("speed", 0.25, 4);
        format(root);
        List<Said> said = new ArrayList<>(List.of(new Said("input", input)));
        ObjectNode outgoing = Json.newObject().put("input", input).put("response_format", "wav");
        voice.ifPresent(name -> {
            said.add(new Said("voice", name));
            outgoing.put("voice", name);
        });
        instructions.ifPresent(text -> {
            said.add(new Said("instructions", text));
            outgoing.put("instructions", text);
        });
        root.get("speed").ifPresent(value -> outgoing.set("speed", value));
        return new SpeechAsk(model, ChatForm.users(root), List.copyOf(said), outgoing);
    }

    private static void format(Fields root) throws Wrong {
        Optional<String> format = root.string("response_format", 64);
        if (format.isPresent() && !format.get().equals("wav")) {
            throw Wrong.because(
                    "response_format",
                    "17",
                    new Words(
                            "目前只能为 wav 语音加标识，其他格式不予生成。",
                            "Only speech in wav can be labelled as yet; no other format is made."),
                    new Words("请使用 response_format: \"wav\"。", "Ask for response_format \"wav\"."));
        }
        if (root.string("stream_format", 64)
                .filter(word -> !word.equals("audio"))
                .isPresent()) {
            throw Wrong.type("stream_format", new Words("audio", "audio"));
        }
    }

    @Override
    public Surface surface() {
        return Surface.SPEECH;
    }

    @Override
    public boolean streamed() {
        return false;
    }

    @Override
    public Optional<String> unlabelledBy() {
        return Optional.empty();
    }

    @Override
    public Call call(String trace) {
        return new Call(Call.Kind.SPEECH, model, name -> ChatAsk.body(outgoing, name), false, trace);
    }
}
