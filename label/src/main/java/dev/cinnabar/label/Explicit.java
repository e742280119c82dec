package dev.cinnabar.label;

/** What explicit label a writer is asked to put (GB 45438-2025 chapter 5). */
public sealed interface Explicit {
    /** The wording of the table for the service, the medium and the language. */
    record Auto() implements Explicit {}

    /** No explicit label: for a service that owes none, or that shows one persistently beside the content. */
    record None() implements Explicit {}

    /** The caller's own wording; a writer refuses one without both elements of 5.1 c), or with a character it cannot draw. */
    record Text(String wording) implements Explicit {}

    /** The wording of the table. */
    static Explicit auto() {
        return new Auto();
    }

    /** No explicit label. */
    static Explicit none() {
        return new None();
    }
}
