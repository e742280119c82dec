package dev.cinnabar.server.conduct;

import dev.cinnabar.server.people.Acceptance;
import dev.cinnabar.server.people.Revocation;
import dev.cinnabar.server.people.User;
import dev.cinnabar.server.people.Verification;
import dev.cinnabar.server.web.Choice;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.Moment;
import dev.cinnabar.server.web.Tone;
import dev.cinnabar.server.web.View;
import java.util.List;
import java.util.stream.Stream;

/** What the pages of a user and of measures show. */
public final class ConductPages {
    private ConductPages() {}

    /** The rungs of the ladder, to choose from. */
    public enum Step {
        WARN,
        LIMIT_FUNCTION,
        SUSPEND,
        CLOSE
    }

    /** A user with everything that happened. */
    public record Person(
            User user,
            boolean accepted,
            List<Row> measures,
            List<Verification> verifications,
            List<Acceptance> acceptances,
            List<Revocation> revocations,
            Form form) {
        /** The rungs of the ladder. */
        public List<Choice> steps(View v) {
            return choices(v, "conduct.step", Step.values());
        }

        /** On what a measure may stand. */
        public List<Choice> grounds(View v) {
            return choices(v, "conduct.ground", Reasons.Ground.values());
        }

        /** How a breach may come to notice. */
        public List<Choice> sources(View v) {
            return choices(v, "conduct.source", Reasons.Source.values());
        }
    }

    /** A measure in a list. */
    public record Row(Measure measure, boolean binds) {}

    /** What waits for a second person. */
    public record Waiting(List<Row> measures) {}

    /** A step that may be made now, or why not. */
    public record Offer(String step, String label, String closed) {}

    /** A measure with its history. */
    public record One(
            Measure measure, boolean binds, String notice, List<Offer> offers, List<Moment> moments, Form form) {}

    /** How a state is coloured. */
    public static Tone tone(Measure.State state) {
        return switch (state) {
            case PROPOSED, URGENT, APPEALED -> Tone.CARE;
            case EFFECTIVE -> Tone.BAD;
            case DECLINED, LAPSED, EXPIRED, LIFTED, REVERSED -> Tone.PLAIN;
        };
    }

    private static List<Choice> choices(View v, String family, Enum<?>[] all) {
        return Stream.of(all)
                .map(one -> new Choice(one.name(), v.t(family, one)))
                .toList();
    }
}
