package dev.cinnabar.server.cases;

import java.util.List;

/** A thing that goes through the states of a {@link Machine}, with everything that happened to it, oldest first. */
public record Case<S extends Enum<S>>(String kind, String id, S state, List<Turn> turns) {
    public Case {
        turns = List.copyOf(turns);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("A case begins with a step: " + kind + ' ' + id);
        }
    }
}
