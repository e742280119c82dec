package dev.cinnabar.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Spec;

/** The command {@code cinnabar}. */
@Command(
        name = "cinnabar",
        version = "cinnabar 0.1.0-SNAPSHOT",
        description = "Labels, reviews and records what generative services make.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all well",
            "1:a finding: not compliant, blocked, a fault found",
            "2:wrong usage",
            "3:something could not be read, judged or written"
        })
final class Main implements Runnable {
    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command line and gives its exit code; never throws. */
    static int run(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new Main());
        Commands.addTo(line, args);
        line.setOut(out).setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, at, parsed) -> {
            at.getErr()
                    .println("cinnabar: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
            if (Boolean.getBoolean("cinnabar.debug")) {
                failure.printStackTrace(at.getErr());
            }
            return Exit.FAILED.code();
        });
        int code = line.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
