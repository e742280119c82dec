package dev.cinnabar.server.algorithms;

/** Tells whether a function of Article 23 may run, from memory: asked on every request. */
public interface Functions {
    /** Whether the function, like {@code text.dialogue}, is on. A function that nobody listed is off. */
    Switch of(String function);

    sealed interface Switch {}

    record On(String function) implements Switch {}

    /** Off: never switched on, switched off, or not in the table. */
    record Off(String function, String why) implements Switch {}

    /** What is in memory could not be confirmed lately: refuse (fail closed). */
    record Unready() implements Switch {}
}
