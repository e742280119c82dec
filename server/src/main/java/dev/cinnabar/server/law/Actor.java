package dev.cinnabar.server.law;

import java.util.Set;

/**
 * Who does something: a person who works here, an application through its key, or the system itself (a timer).
 *
 * @param id a staff id, {@code app:ID} or {@code system}
 */
public record Actor(String id, Set<Role> roles) {
    /** The system itself, for what timers do. */
    public static final Actor SYSTEM = new Actor("system", Set.of());

    /** An application, through its key. */
    public static Actor app(String appId) {
        return new Actor("app:" + appId, Set.of());
    }

    /** Whether the actor holds the role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }
}
