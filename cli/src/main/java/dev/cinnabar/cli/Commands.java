package dev.cinnabar.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The table of commands. Only the one that is asked for is made, so that a short command loads no class of the others; help makes them all. */
final class Commands {
    private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("serve", ServeCommand::new);
        ALL.put("try", TryCommand::new);
        ALL.put("label", LabelCommand::new);
        ALL.put("verify", VerifyCommand::new);
        ALL.put("review", ReviewCommand::new);
        ALL.put("ledger", LedgerCommand::new);
        ALL.put("admin", AdminCommand::new);
        ALL.put("doctor", DoctorCommand::new);
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
