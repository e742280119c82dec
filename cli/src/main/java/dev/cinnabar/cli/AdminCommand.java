package dev.cinnabar.cli;

import dev.cinnabar.server.ServeOptions;
import dev.cinnabar.server.Server;
import dev.cinnabar.server.apps.App;
import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.apps.Key;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Staff;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cinnabar admin}: staff, applications and keys on the machine of the data folder, for the first set-up and for the day the admin is lost. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Manages staff, applications and keys on the machine of the data folder. Stop the server first; while it runs, use the console.",
        footer = {"", "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the data folder could not be opened."})
final class AdminCommand implements Runnable {
    /** Who acts here: whoever may read the data folder is trusted with this, and every act is in the governance log under this name. */
    private static final Actor LOCAL = new Actor("local-admin", Set.of(Role.ADMIN));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The data folder. */
    static final class Where {
        @Option(names = "--data", paramLabel = "DIR", description = "The data folder (default: cinnabar-data).")
        private Path data = Path.of("cinnabar-data");

        @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
        private Optional<Path> config = Optional.empty();
    }

    private interface Work {
        int with(Server server);
    }

    /** Runs the house on free ports of the loopback for as long as the work takes: the same code that serves also governs. */
    private int inside(Where where, Work work) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ServeOptions options = new ServeOptions(
                Optional.of("127.0.0.1"),
                OptionalInt.of(0),
                Optional.of(where.data),
                where.config,
                false,
                System.getenv(),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        try (Server server = Server.start(options)) {
            // The first start of a folder shows its first password and key once, whoever starts it.
            said.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("Ready "))
                    .forEach(out()::println);
            return work.with(server);
        } catch (NotStarted e) {
            spec.commandLine().getErr().println("cinnabar: " + e.getMessage() + "\n  remedy: " + e.remedy());
            return Exit.FAILED.code();
        }
    }

    private <T> int told(Outcome<T> outcome, java.util.function.Function<T, String> say) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> {
                out().println(say.apply(value));
                yield Exit.WELL.code();
            }
            case Outcome.Not<T>(Refused refused) -> {
                spec.commandLine()
                        .getErr()
                        .println("refused" + (refused.article().isEmpty() ? "" : " (Article " + refused.article() + ")")
                                + ": " + refused.reason().in(Lang.EN) + " "
                                + refused.remedy().in(Lang.EN));
                yield Exit.FINDING.code();
            }
        };
    }

    @Command(
            name = "reset-admin",
            mixinStandardHelpOptions = true,
            description = "Gives the admin a new password for one use.")
    int resetAdmin(@Mixin Where where) {
        return inside(where, server -> {
            Staff.Issued issued = server.get(Staff.class).resetAdmin();
            out().println("admin: " + issued.member().name() + " / " + issued.password());
            return Exit.WELL.code();
        });
    }

    @Command(
            name = "staff",
            mixinStandardHelpOptions = true,
            description = "Lists the people who work here, or adds one.")
    int staff(
            @Mixin Where where,
            @Option(names = "--add", paramLabel = "NAME", description = "Adds somebody with this sign-in name.")
                    Optional<String> add,
            @Option(names = "--display", paramLabel = "TEXT", description = "The name that others see.")
                    Optional<String> display,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "REVIEWER, SENIOR, OFFICER, ADMIN or INSPECTOR; may be given several times.")
                    List<Role> roles) {
        return inside(where, server -> {
            Staff staff = server.get(Staff.class);
            if (add.isPresent()) {
                Set<Role> given = roles == null || roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
                return told(
                        staff.create(LOCAL, add.get(), display.orElse(add.get()), given),
                        issued -> issued.member().name() + " / " + issued.password());
            }
            staff.all()
                    .forEach(member -> out().println(
                                    member.name() + "  " + member.roles() + (member.disabled() ? "  disabled" : "")));
            return Exit.WELL.code();
        });
    }

    @Command(name = "apps", mixinStandardHelpOptions = true, description = "Lists the applications, or adds one.")
    int apps(
            @Mixin Where where,
            @Option(names = "--add", paramLabel = "NAME", description = "Adds an application of this name.")
                    Optional<String> add) {
        return inside(where, server -> {
            Apps apps = server.get(Apps.class);
            if (add.isPresent()) {
                return told(apps.create(LOCAL, App.Draft.named(add.get())), app -> app.id() + "  " + app.name());
            }
            apps.all()
                    .forEach(app -> out().println(app.id() + "  " + app.name() + "  label shown in " + app.explicit()));
            return Exit.WELL.code();
        });
    }

    @Command(
            name = "keys",
            mixinStandardHelpOptions = true,
            description = "Lists an application's keys, issues, rotates or revokes one.")
    int keys(
            @Mixin Where where,
            @Parameters(paramLabel = "APP", description = "The application's id.") String app,
            @Option(names = "--issue", description = "Issues a key; it is printed once.") boolean issue,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description =
                                    "GENERATE, PUBLISH, LABELS, PEOPLE or READ; may be given several times (default: all).")
                    List<Scope> scopes,
            @Option(
                            names = "--rotate",
                            paramLabel = "KEY",
                            description = "Issues a successor; the old key goes on for a day.")
                    Optional<String> rotate,
            @Option(names = "--revoke", paramLabel = "KEY", description = "Ends a key at once.")
                    Optional<String> revoke,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is revoked.")
                    Optional<String> reason) {
        return inside(where, server -> {
            Apps apps = server.get(Apps.class);
            if (issue) {
                Set<Scope> given =
                        scopes == null || scopes.isEmpty() ? EnumSet.allOf(Scope.class) : EnumSet.copyOf(scopes);
                Key.Grant grant = new Key.Grant(given, OptionalInt.empty(), OptionalLong.empty(), Optional.empty());
                return told(
                        apps.issue(LOCAL, app, grant),
                        issued -> "key: " + issued.secret().reveal());
            }
            if (rotate.isPresent()) {
                return told(
                        apps.rotate(LOCAL, rotate.get(), Duration.ofDays(1)),
                        issued -> "key: " + issued.secret().reveal());
            }
            if (revoke.isPresent()) {
                return told(apps.revoke(LOCAL, revoke.get(), reason.orElse("")), key -> "revoked " + key.id());
            }
            apps.keys(app)
                    .forEach(key -> out().println(key.id() + "  ..." + key.hint() + "  " + key.state(Instant.now())
                            + "  " + key.grant().scopes()));
            return Exit.WELL.code();
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
