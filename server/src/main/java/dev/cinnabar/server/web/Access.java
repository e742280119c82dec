package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Role;
import java.util.EnumSet;
import java.util.Set;

/** Who may walk a route. Every route says it when it is put on the table; there is no route without it. */
public sealed interface Access {
    /** Anybody, without sign-in. */
    record Anyone() implements Access {}

    /** Signed-in people who hold one of the roles. */
    record Staff(Set<Role> roles) implements Access {
        public Staff {
            if (roles.isEmpty()) {
                throw new IllegalArgumentException("a route for staff names the roles that may walk it");
            }
            roles = Set.copyOf(roles);
        }
    }

    /** Anybody, without sign-in. */
    static Access anyone() {
        return new Anyone();
    }

    /** Everybody who is signed in, whatever the role. */
    static Access anyStaff() {
        return new Staff(EnumSet.allOf(Role.class));
    }

    /** Those who hold one of the roles. */
    static Access staff(Role first, Role... others) {
        return new Staff(EnumSet.of(first, others));
    }
}
