package dev.cinnabar.server.law;

/** Where a number (a deadline, a limit, a retention) comes from, so that a default of ours is never shown as law. */
public enum Basis {
    /** A law, a regulation or a mandatory standard says it. */
    LAW,
    /** The provider published it and is bound by it. */
    PUBLISHED,
    /** An authority ordered it. */
    ORDER,
    /** A default of ours. */
    INTERNAL
}
