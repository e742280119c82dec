package dev.cinnabar.server.cases;

import dev.cinnabar.server.law.Words;
import java.util.Set;

/**
 * A named transition, as data.
 *
 * @param from the states that it leaves; empty for a step that opens a case
 * @param by who may make it
 * @param apart the two-person rule: whoever made any of these steps in the same case may not make this one
 * @param reason whether a reason must be given
 * @param label the words on its button
 */
public record Step<S extends Enum<S>>(
        String name, Set<S> from, S to, Set<Party> by, Set<String> apart, boolean reason, Words label) {
    public Step {
        from = Set.copyOf(from);
        by = Set.copyOf(by);
        apart = Set.copyOf(apart);
    }

    /** Whether it begins a case. */
    public boolean opens() {
        return from.isEmpty();
    }

    /** Whether it needs a second person. */
    public boolean twoPerson() {
        return !apart.isEmpty();
    }
}
