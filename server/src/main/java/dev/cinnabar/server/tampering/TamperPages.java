package dev.cinnabar.server.tampering;

import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.Moment;
import dev.cinnabar.server.web.Tone;
import java.util.List;

/** What the pages of tamper cases show. */
public final class TamperPages {
    private TamperPages() {}

    /** All cases, open ones first, and a form to look at a file. */
    public record All(List<TamperCase> cases, Form form) {}

    /** A step that may be made now, or why not. */
    public record Offer(String step, String label, String closed) {}

    /** A case with its evidence and history. */
    public record One(TamperCase about, List<Offer> offers, List<Moment> moments, Form form) {}

    /** How an outcome is coloured. */
    public static Tone tone(Tampered outcome) {
        return switch (outcome) {
            case INTACT -> Tone.GOOD;
            case REMOVED, ALTERED, FORGED -> Tone.BAD;
            case UNKNOWN -> Tone.CARE;
        };
    }

    /** How a state is coloured. */
    public static Tone tone(TamperCase.State state) {
        return switch (state) {
            case OPEN -> Tone.CARE;
            case CONFIRMED -> Tone.BAD;
            case DISMISSED -> Tone.PLAIN;
        };
    }
}
