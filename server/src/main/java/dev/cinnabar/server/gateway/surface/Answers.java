package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Fetch;
import dev.cinnabar.server.gateway.upstream.Reply;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import dev.cinnabar.server.gateway.upstream.Upstreams;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Asks upstreams for whole answers and reads them strictly. */
public final class Answers {
    /** A whole answer and who gave it. */
    public record Given(String upstream, Answer answer) {}

    private final Upstreams upstreams;
    private final Fetch fetch;

    public Answers(Upstreams upstreams, Fetch fetch) {
        this.upstreams = upstreams;
        this.fetch = fetch;
    }

    /** Asks and waits for the whole answer. */
    public Given whole(Ask ask, String trace) throws UpstreamFailed {
        Upstreams.Answered answered = upstreams.send(ask.call(trace));
        try (Reply reply = answered.reply()) {
            Answer answer = switch (ask) {
                case ChatAsk chat -> Completion.read(json(reply), chat.choices());
                case ImageAsk image -> Pictures.read(json(reply), image.pictures(), fetch);
                case SpeechAsk speech -> sound(reply);
            };
            return new Given(answered.upstream(), answer);
        }
    }

    /** Begins a streamed chat completion. */
    public ChatStream streamed(ChatAsk ask, String trace) {
        return ChatStream.begin(upstreams, ask.call(trace), ask.choices());
    }

    private static ObjectNode json(Reply reply) throws UpstreamFailed {
        Heads.check(reply, "application/json");
        byte[] body = Heads.body(reply);
        Optional<ObjectNode> object = Json.objectOf(body, 0, body.length);
        return object.orElseThrow(() -> Parts.notUnderstood("it is not one JSON object"));
    }

    private static Sound sound(Reply reply) throws UpstreamFailed {
        Heads.check(reply, "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "application/octet-stream");
        byte[] body = Heads.body(reply);
        if (body.length == 0) {
            throw new UpstreamFailed(How.NOT_UNDERSTOOD, "an upstream answered with an empty sound");
        }
        return new Sound(body);
    }
}
