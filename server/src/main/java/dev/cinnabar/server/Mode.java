package dev.cinnabar.server;

/** How this start was asked for: {@code DEMO} says so on every page and answer, and brings people and an upstream of its own. */
public enum Mode {
    NORMAL,
    DEMO;

    static Mode of(boolean demo) {
        return demo ? DEMO : NORMAL;
    }

    /** Whether this is the demo. */
    public boolean demo() {
        return this == DEMO;
    }
}
