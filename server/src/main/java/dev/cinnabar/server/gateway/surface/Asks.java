package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.law.Words;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of requests. */
public final class Asks {
    private final TextLabel label;
    private final int mostChoices;
    private final int mostPictures;

    /**
     * @param label the label of text, which is taken off what comes back as history
     * @param mostChoices how many answers at most may be asked for at once
     * @param mostPictures how many pictures at most may be asked for at once
     */
    public Asks(TextLabel label, int mostChoices, int mostPictures) {
        this.label = label;
        this.mostChoices = mostChoices;
        this.mostPictures = mostPictures;
    }

    /** What reading gave. */
    public sealed interface Read {}

    public record Good(Ask ask) implements Read {}

    public record Bad(Objection objection) implements Read {}

    /** Reads the body that came to the surface. */
    public Read read(Surface surface, byte[] body) {
        try {
            Fields fields = Fields.root(object(body));
            return new Good(
                    switch (surface) {
                        case CHAT -> new ChatForm(label, mostChoices).read(fields);
                        case IMAGES -> ImageAsk.read(fields, mostPictures);
                        case SPEECH -> SpeechAsk.read(fields);
                    });
        } catch (Wrong e) {
            return new Bad(e.objection());
        }
    }

    private static ObjectNode object(byte[] body) throws Wrong {
        return switch (Json.object(body, 0, body.length)) {
            case Json.Good good -> good.object();
            case Json.Bad bad ->
                throw Wrong.because(
                        "",
                        "",
                        new Words(
                                "请求体不是一个可接受的 JSON 对象（第 " + bad.line() + " 行第 " + bad.column() + " 列）。",
                                "The body is not one JSON object that is taken (line " + bad.line() + ", column "
                                        + bad.column() + ")."),
                        new Words(
                                "请发送一个 UTF-8 编码的 JSON 对象：无重复键，嵌套不超过 64 层。",
                                "Send one JSON object in UTF-8, without doubled keys, nested at most 64 deep."));
        };
    }
}
