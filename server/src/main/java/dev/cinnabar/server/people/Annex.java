package dev.cinnabar.server.people;

import dev.cinnabar.server.apps.Caller;
import java.util.List;

/** What another room offers an application about one of its users, under {@code /users/{id}/NAME}. */
public interface Annex {
    /** The word in the path. */
    String name();

    /** Answers a GET; the rest of the path is what follows the name. */
    Reply get(Caller caller, User user, List<String> rest);

    /** Answers a POST. */
    Reply post(Caller caller, User user, List<String> rest, Body body);
}
