package dev.cinnabar.server.people;

/** Tells the standing of an end user, from memory, loaded on a miss: asked on every request. */
public interface Standings {
    /** The standing of the user that the application knows by this name. */
    Lookup of(String appId, String endUser);

    sealed interface Lookup {}

    record Known(Standing standing) implements Lookup {}

    /** The application never registered such a user. */
    record Unknown() implements Lookup {}

    /** What is in memory could not be confirmed lately: refuse (fail closed). */
    record Unready() implements Lookup {}
}
