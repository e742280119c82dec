package dev.cinnabar.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The table of commands. Only the one that is asked for is made, so that a short command loads no class of the others; help makes them all. */
final class Commands {
    private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

    // Lambdas, not constructor references: a reference would link the class, and the short class path has no server to
    // link against.
    static {
        ALL.put("serve", () -> new ServeCommand());
        ALL.put("try", () -> new TryCommand());
        ALL.put("label", () -> new LabelCommand());
        ALL.put("verify", () -> new VerifyCommand());
        ALL.put("propagate", () -> new PropagateCommand());
        ALL.put("code", () -> new CodeCommand());
        ALL.put("review", () -> new ReviewCommand());
        ALL.put("ledger", () -> new LedgerCommand());
        ALL.put("admin", () -> new AdminCommand());
        ALL.put("doctor", () -> new DoctorCommand());
    }

    private Commands() {}

    static void addTo(CommandLine line, String... args) {
        Supplier<Object> asked = args.length > 0 ? ALL.get(args[0]) : null;
        if (asked != null) {
            line.addSubcommand(args[0], asked.get());
        } else {
            ALL.forEach((name, make) -> line.addSubcommand(name, make.get()));
        }
    }
}
