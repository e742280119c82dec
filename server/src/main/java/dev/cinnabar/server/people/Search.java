package dev.cinnabar.server.people;

import java.util.Optional;

/**
 * Which users to list.
 *
 * @param appId of one application, or empty for all
 * @param name the beginning of the application's name for the user, or our id, or empty for all
 * @param after our id of the last user of the page before, or empty for the first page
 */
public record Search(String appId, String name, Optional<Identity> state, String after) {
    /** Everybody, from the newest. */
    public static final Search ALL = new Search("", "", Optional.empty(), "");
}
