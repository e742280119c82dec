package dev.cinnabar.server.features;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of a feature in the database.
 *
 * @param batch the import that it came with; empty where it was proposed alone
 */
public record Entry(
        String id,
        int version,
        Proposal content,
        State state,
        String proposer,
        Instant proposed,
        String batch,
        Trial trial) {
    private static final String SHADOW = "~shadow";

    /** Where a version stands. */
    public enum State {
        CANDIDATE,
        /** Found good by a second person. */
        REVIEWED,
        /** Counts what it would match, without effect. */
        SHADOW,
        ACTIVE,
        RETIRED,
        REJECTED;

        /** Whether the live library holds it. */
        boolean live() {
            return switch (this) {
                case SHADOW, ACTIVE -> true;
                case CANDIDATE, REVIEWED, RETIRED, REJECTED -> false;
            };
        }
    }

    /** How many of so many ordinary sentences it matched, of which set. */
    public record Trial(String set, int of, int matched) {}

    /** The name of this version's case. */
    public String caseId() {
        return caseId(id, version);
    }

    static String caseId(String id, int version) {
        return id + "/" + version;
    }

    /** The feature as the live library holds it; empty where it does not. One in shadow is a mere note, under an id of its own beside the version in force. */
    Optional<Feature> live() {
        return switch (state) {
            case ACTIVE -> Optional.of(feature(id, content.action()));
            case SHADOW -> Optional.of(feature(id + SHADOW, Action.NOTE));
            case CANDIDATE, REVIEWED, RETIRED, REJECTED -> Optional.empty();
        };
    }

    /** The same with another trial. */
    Entry with(Trial other) {
        return new Entry(id, version, content, state, proposer, proposed, batch, other);
    }

    /** The feature as it would be in force. */
    Feature feature() {
        return feature(id, content.action());
    }

    private Feature feature(String as, Action action) {
        return new Feature(as, version, content.pattern(), content.risk(), content.severity(), action, content.folds());
    }

    static boolean shadow(Feature feature) {
        return feature.id().endsWith(SHADOW);
    }

    /** The ids under which a library may hold this feature. */
    static String shadowId(String id) {
        return id + SHADOW;
    }

    /** The feature's own id behind the one that a library holds. */
    static String idOf(Feature feature) {
        return shadow(feature) ? feature.id().substring(0, feature.id().length() - SHADOW.length()) : feature.id();
    }
}
