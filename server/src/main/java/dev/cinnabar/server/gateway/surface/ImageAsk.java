package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Call;
import dev.cinnabar.server.law.Words;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pictures asked for.
 *
 * @param pictures how many
 * @param url whether the client wants URLs (ours) and not the pictures themselves
 * @param outgoing what the model is asked, without its name
 */
public record ImageAsk(String model, Set<String> users, List<Said> said, int pictures, boolean url, ObjectNode outgoing)
        implements Ask {
    private static final Set<String> PARAMETERS = Set.of(
            "model",
            "prompt",
            "n",
            "size",
            "response_format",
            "quality",
            "style",
            "background",
            "output_format",
            "user",
            "safety_identifier",
            "seed");
    private static final Set<String> COPIED =
            Set.of("n", "size", "quality", "style", "background", "output_format", "seed");
    private static final Pattern SIZE = Pattern.compile("auto|[1-9]\\d{1,3}x[1-9]\\d{1,3}");
    private static final int LONGEST_PROMPT = 32_000;

    static ImageAsk read(Fields root, int mostPictures) throws Wrong {
        if (root.flag("stream")) {
            throw Wrong.because(
                    "stream",
                    "17",
                    new Words(
                            "图片不支持流式输出：未完成的图片无法加标识。",
                            "Pictures are not streamed: a picture that is not finished cannot be labelled."),
                    new Words("请去掉 stream。", "Leave stream out."));
        }
        root.only(with(PARAMETERS, "stream"));
        String model = root.needString("model", ChatForm.LONGEST_NAME);
        String prompt = root.needString("prompt", LONGEST_PROMPT);
        OptionalInt n = root.integer("n", 1, mostPictures);
        Optional<String> size = root.string("size", 16);
        if (size.isPresent() && !SIZE.matcher(size.get()).matches()) {
            throw Wrong.type("size", new Words("形如 1024x1024 的尺寸", "a size like 1024x1024"));
        }
        root.oneOf("quality", Set.of("auto", "low", "medium", "high", "standard", "hd"));
        root.oneOf("style", Set.of("vivid", "natural"));
        root.oneOf("background", Set.of("auto", "opaque", "transparent"));
        root.oneOf("output_format", Set.of("png", "jpeg"));
        root.integer("seed", Integer.MIN_VALUE, Integer.MAX_VALUE);
        boolean url = root.oneOf("response_format", Set.of("url", "b64_json"))
                .orElse("url")
                .equals("url");
        ObjectNode outgoing = Json.newObject().put("prompt", prompt);
        for (String name : COPIED) {
            root.get(name).ifPresent(value -> outgoing.set(name, value));
        }
        outgoing.put("response_format", "b64_json");
        return new ImageAsk(
                model, ChatForm.users(root), List.of(new Said("prompt", prompt)), n.orElse(1), url, outgoing);
    }

    private static Set<String> with(Set<String> all, String one) {
        return java.util.stream.Stream.concat(all.stream(), java.util.stream.Stream.of(one))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    @Override
    public Surface surface() {
        return Surface.IMAGES;
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
        return new Call(Call.Kind.IMAGES, model, name -> ChatAsk.body(outgoing, name), false, trace);
    }
}
