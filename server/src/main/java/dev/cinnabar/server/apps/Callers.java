package dev.cinnabar.server.apps;

/** Tells the caller behind a presented key, from memory: asked on every request. */
public interface Callers {
    /** The caller behind the key; expiry is compared here, at this moment. */
    Lookup byKey(String presented);

    /** What is known of a presented key. */
    sealed interface Lookup {}

    record Known(Caller caller) implements Lookup {}

    /** No such key, or one that is revoked or expired: the three are not told apart to the outside. */
    record Unknown() implements Lookup {}

    /** What is in memory could not be confirmed lately: refuse (fail closed). */
    record Unready() implements Lookup {}
}
