package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.Asked.ClearedPrompt;
import dev.cinnabar.server.gateway.surface.Answer;
import dev.cinnabar.server.gateway.surface.Answers;
import dev.cinnabar.server.gateway.surface.Ask;
import dev.cinnabar.server.gateway.surface.ChatAsk;
import dev.cinnabar.server.gateway.surface.ChatStream;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.law.Outcome;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Room 5: the model is asked. A stream is only begun here; room 8 pulls it. */
final class Made {
    private static final Logger LOG = LoggerFactory.getLogger(Made.class);

    private final Answers answers;

    Made(Answers answers) {
        this.answers = answers;
    }

    /** What a model made, or is making; nobody has looked at it. */
    static final class Draft {
        private final ClearedPrompt prompt;
        private final Work work;

        private Draft(ClearedPrompt prompt, Work work) {
            this.prompt = prompt;
            this.work = work;
        }

        ClearedPrompt prompt() {
            return prompt;
        }

        Work work() {
            return work;
        }

        Dossier dossier() {
            return prompt.dossier();
        }
    }

    /** The two ways in which something is made. */
    sealed interface Work {}

    record Whole(Answer answer) implements Work {}

    record Streaming(ChatAsk ask, ChatStream stream) implements Work {}

    Outcome<Draft> make(ClearedPrompt prompt) {
        Dossier dossier = prompt.dossier();
        dossier.enter(Room.MADE);
        Ask ask = prompt.permitted().ask();
        if (ask instanceof ChatAsk chat && chat.streamed()) {
            return Outcome.done(new Draft(prompt, new Streaming(chat, answers.streamed(chat, dossier.trace))));
        }
        try {
            Answers.Given given = answers.whole(ask, dossier.trace);
            dossier.upstream = Optional.of(given.upstream());
            dossier.usage = usage(given.answer());
            return Outcome.done(new Draft(prompt, new Whole(given.answer())));
        } catch (UpstreamFailed e) {
            return Outcome.not(failed(dossier, e));
        }
    }

    private static Optional<tools.jackson.databind.node.ObjectNode> usage(Answer answer) {
        return switch (answer) {
            case dev.cinnabar.server.gateway.surface.Completion completion -> completion.usage();
            case dev.cinnabar.server.gateway.surface.Pictures pictures -> pictures.usage();
            case dev.cinnabar.server.gateway.surface.Sound sound -> Optional.empty();
        };
    }

    /** What a client is told of an upstream's failure: that it failed, and nothing of what it said. */
    static dev.cinnabar.server.law.Refused failed(Dossier dossier, UpstreamFailed e) {
        LOG.warn("upstream failed: trace={} how={} {}", dossier.trace, e.how(), e.getMessage());
        return switch (e.how()) {
            case REJECTED -> Refusals.upstreamRejected();
            case NO_SUCH_MODEL -> Refusals.noModel();
            case ALL_RESTING, UNREACHABLE, TOO_SLOW, BROKEN_OFF, TOO_MUCH, STATUS, NOT_UNDERSTOOD ->
                Refusals.upstreamFailed();
        };
    }
}
