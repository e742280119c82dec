package dev.cinnabar.server.cases;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Role;
import java.util.EnumSet;
import java.util.Set;

/** Who may make a step of a case. An admin configures and an inspector reads, so neither is here. */
public enum Party {
    REVIEWER,
    SENIOR,
    OFFICER,
    /** A timer of ours: never the second person. */
    SYSTEM,
    /** An application through its key: never the second person. */
    APP;

    /** As what the actor may act: several parties where a person holds several roles, none where no role counts here. */
    public static Set<Party> of(Actor actor) {
        if (actor.id().equals(Actor.SYSTEM.id())) {
            return Set.of(SYSTEM);
        }
        if (actor.id().startsWith("app:")) {
            return Set.of(APP);
        }
        Set<Party> parties = EnumSet.noneOf(Party.class);
        for (Role role : actor.roles()) {
            switch (role) {
                case REVIEWER -> parties.add(REVIEWER);
                case SENIOR -> parties.add(SENIOR);
                case OFFICER -> parties.add(OFFICER);
                case ADMIN, INSPECTOR -> {}
            }
        }
        return parties;
    }

    /** Whether this is a person, who alone may be the second of two. */
    boolean person() {
        return switch (this) {
            case REVIEWER, SENIOR, OFFICER -> true;
            case SYSTEM, APP -> false;
        };
    }
}
