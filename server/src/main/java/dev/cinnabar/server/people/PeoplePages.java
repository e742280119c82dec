package dev.cinnabar.server.people;

import dev.cinnabar.server.web.Choice;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.Tone;
import dev.cinnabar.server.web.View;
import java.util.List;
import java.util.stream.Stream;

/** What the pages of users show. */
public final class PeoplePages {
    private PeoplePages() {}

    /**
     * The list.
     *
     * @param next the address of the next page; empty at the end
     */
    public record All(Form form, List<User> users, String next) {
        public All {
            users = List.copyOf(users);
        }

        /** The states to choose from. */
        public List<Choice> states(View v) {
            return Stream.of(Identity.values())
                    .map(state -> new Choice(state.name(), v.t("people.identity", state)))
                    .toList();
        }
    }

    /** How a state is coloured. */
    public static Tone tone(Identity state) {
        return switch (state) {
            case VERIFIED -> Tone.GOOD;
            case RECHECK_DUE, PENDING -> Tone.CARE;
            case UNVERIFIED -> Tone.PLAIN;
            case LAPSED, FAILED, LOCKED, REVOKED -> Tone.BAD;
        };
    }
}
