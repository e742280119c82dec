package dev.cinnabar.label.propagation;

import dev.cinnabar.label.Found;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import java.util.List;
import java.util.Optional;

/**
 * What a propagator must say of content, and why.
 *
 * @param level is, may be, suspected; empty where nothing must be said, or nothing can be said ({@link Branch#UNREAD})
 * @param branch the item of Art. 6 it comes from
 * @param reasons what it stands on, the strongest first
 * @param kept the label whose producer's side is kept
 */
public record Decision(Optional<Level> level, Branch branch, List<Reason> reasons, Optional<Found> kept) {
    public Decision {
        reasons = List.copyOf(reasons);
    }

    /** The conspicuous notice to show around the content; empty where none is owed. */
    public Optional<String> notice(Lang lang) {
        return level.map(said -> PropagationWords.notice(said, lang));
    }
}
