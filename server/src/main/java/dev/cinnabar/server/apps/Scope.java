package dev.cinnabar.server.apps;

/** What a key may do. */
public enum Scope {
    GENERATE,
    PUBLISH,
    LABELS,
    PEOPLE,
    READ
}
