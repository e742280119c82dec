package dev.cinnabar.server.gateway;

import dev.cinnabar.review.Library;
import dev.cinnabar.server.features.Live;
import dev.cinnabar.server.gateway.May.Permitted;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import java.util.Optional;

/** Room 4: everything that a model would read is reviewed in one go, with the snapshot of the features that the whole request is then held to. */
@Article("10")
final class Asked {
    private final Live live;
    private final Reviewer reviewer;

    Asked(Live live, Reviewer reviewer) {
        this.live = live;
        this.reviewer = reviewer;
    }

    /** A request whose input passed. */
    static final class ClearedPrompt {
        private final Permitted permitted;
        private final Library library;

        private ClearedPrompt(Permitted permitted, Library library) {
            this.permitted = permitted;
            this.library = library;
        }

        Permitted permitted() {
            return permitted;
        }

        Library library() {
            return library;
        }

        Dossier dossier() {
            return permitted.dossier();
        }
    }

    Outcome<ClearedPrompt> clear(Permitted permitted) {
        Dossier dossier = permitted.dossier();
        dossier.enter(Room.ASKED);
        Optional<Library> current = live.current();
        if (current.isEmpty()) {
            return Outcome.not(Refusals.notReady());
        }
        Library library = current.get();
        dossier.library = Optional.of(library.version());
        Judged judged = reviewer.judge(library, permitted.ask().said());
        dossier.asked = Optional.of(judged);
        if (!judged.stops()) {
            return Outcome.done(new ClearedPrompt(permitted, library));
        }
        dossier.point(judged);
        return Outcome.not(judged.holds() ? Refusals.held(dossier.content) : Refusals.blockedPrompt(judged.risk()));
    }
}
