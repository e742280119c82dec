package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.Asked.ClearedPrompt;
import dev.cinnabar.server.gateway.Made.Draft;
import dev.cinnabar.server.gateway.surface.Answer;
import dev.cinnabar.server.gateway.surface.ChatAsk;
import dev.cinnabar.server.gateway.surface.Completion;
import dev.cinnabar.server.gateway.surface.Pictures;
import dev.cinnabar.server.gateway.surface.Said;
import dev.cinnabar.server.gateway.surface.Sound;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import java.util.List;
import java.util.Optional;

/** Room 6: what the model made is reviewed, whole, or window by window as it comes. */
@Article("10")
final class Answered {
    private final Reviewer reviewer;
    private final Who who;
    private final May may;
    private final int mostCharacters;

    Answered(Reviewer reviewer, Who who, May may, int mostCharacters) {
        this.reviewer = reviewer;
        this.who = who;
        this.may = may;
        this.mostCharacters = mostCharacters;
    }

    /** What passed review, or a stream from which only that comes out. */
    static final class ClearedAnswer {
        private final ClearedPrompt prompt;
        private final Work work;

        private ClearedAnswer(ClearedPrompt prompt, Work work) {
            this.prompt = prompt;
            this.work = work;
        }

        ClearedPrompt prompt() {
            return prompt;
        }

        Dossier dossier() {
            return prompt.dossier();
        }

        Work work() {
            return work;
        }
    }

    /** The two ways in which it goes on. */
    sealed interface Work {}

    record Whole(Answer answer) implements Work {}

    record Streaming(ChatAsk ask, ClearedStream stream) implements Work {}

    Outcome<ClearedAnswer> clear(Draft draft) {
        Dossier dossier = draft.dossier();
        dossier.enter(Room.ANSWERED);
        return switch (draft.work()) {
            case Made.Whole(Answer answer) -> whole(draft, answer);
            case Made.Streaming(ChatAsk ask, var stream) ->
                Outcome.done(new ClearedAnswer(
                        draft.prompt(),
                        new Streaming(
                                ask,
                                new ClearedStream(
                                        stream,
                                        draft.prompt().library(),
                                        reviewer,
                                        dossier,
                                        ask.tools(),
                                        mostCharacters,
                                        () -> still(draft)))));
        };
    }

    private Optional<Refused> still(Draft draft) {
        return who.still(draft.prompt().permitted().admitted())
                .or(() -> may.still(draft.prompt().permitted()));
    }

    private Outcome<ClearedAnswer> whole(Draft draft, Answer answer) {
        Dossier dossier = draft.dossier();
        if (answer instanceof Completion completion && completion.calls() && !tools(draft)) {
            return Outcome.not(Refusals.upstreamFailed());
        }
        List<Said> said = switch (answer) {
            case Completion completion -> completion.said();
            case Pictures pictures -> pictures.said();
            case Sound sound -> List.of();
        };
        Judged judged =
                said.isEmpty() ? Judged.UNJUDGED : reviewer.judge(draft.prompt().library(), said);
        if (judged.stops()) {
            dossier.answered = Optional.of(judged);
            dossier.withheld = Optional.of(Withheld.json(said));
            return Outcome.not(judged.holds() ? Refusals.held(dossier.content) : Refusals.blockedAnswer(judged.risk()));
        }
        // No reviewer of pixels or sounds is built in yet; the record says so instead of calling them passed.
        dossier.answered = Optional.of(
                answer instanceof Completion ? judged : new Judged("unjudged", judged.hits(), Optional.empty()));
        return Outcome.done(new ClearedAnswer(draft.prompt(), new Whole(answer)));
    }

    private static boolean tools(Draft draft) {
        return draft.prompt().permitted().ask() instanceof ChatAsk chat && chat.tools();
    }
}
