package dev.cinnabar.server;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Staff;
import dev.cinnabar.server.web.Surfer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The whole server on free ports, with one person for each role, for the tests of its pages. */
final class TestServer implements AutoCloseable {
    static final String PASSWORD = "cobalt teapots sing";

    private final Server server;
    private final Map<Role, Staff.Member> people = new EnumMap<>(Role.class);

    TestServer(Path data, boolean demo) throws Exception {
        PrintStream printed = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        this.server = Server.start(ServeOptions.quiet(data, demo, printed));
        for (Role role : Role.values()) {
            people.put(role, person("the-" + role.name().toLowerCase(Locale.ROOT), role));
        }
    }

    /** A person of this role who can sign in with {@link #PASSWORD}. */
    Staff.Member person(String name, Role role) {
        Staff staff = server.get(Staff.class);
        if (!(staff.create(Actor.SYSTEM, name, name, Set.of(role))
                instanceof Outcome.Done<Staff.Issued>(Staff.Issued issued))) {
            throw new AssertionError("no account for " + name);
        }
        if (!(staff.changePassword(issued.member().id(), issued.password(), PASSWORD)
                instanceof Outcome.Done<Staff.Member>(Staff.Member member))) {
            throw new AssertionError("no password for " + name);
        }
        return member;
    }

    Staff.Member of(Role role) {
        return java.util.Objects.requireNonNull(people.get(role), "every role has somebody");
    }

    Surfer signedIn(Role role) throws Exception {
        Surfer surfer = new Surfer(url());
        if (surfer.signIn(of(role).name(), PASSWORD).statusCode() != 303) {
            throw new AssertionError(role + " could not sign in");
        }
        return surfer;
    }

    String url() {
        return server.url();
    }

    <T> T get(Class<T> type) {
        return server.get(type);
    }

    @Override
    public void close() {
        server.close();
    }
}
