package dev.cinnabar.cli;

import dev.cinnabar.server.ServeOptions;
import dev.cinnabar.server.Server;
import dev.cinnabar.server.law.NotStarted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cinnabar try}: the whole story on a fresh temporary data folder; exit 0 only if every step held. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description =
                "A guided tour on a temporary data folder: every step names its article, what was done, what came back and where to look.",
        footer = {"", "Exit codes: 0 every step held, 1 one did not, 3 the tour could not be given."})
final class TryCommand implements Callable<Integer> {
    @Option(names = "--keep", description = "Leave the server running at the end, to look around.")
    private boolean keep;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("cinnabar-try-");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        out.println("Starting a server on a fresh folder, with a demo model behind it ...");
        try (Server server = Server.start(ServeOptions.quiet(
                folder.resolve("data"), true, new PrintStream(said, true, StandardCharsets.UTF_8)))) {
            String printed = said.toString(StandardCharsets.UTF_8);
            out.println(printed.indent(2).stripTrailing());
            boolean held = new Tour(server, folder.resolve("data"), key(printed), out).walk();
            if (keep) {
                out.println("The server goes on at " + server.url() + " with the data in " + folder
                        + "; end it with Ctrl-C.");
                server.await();
            }
            return held ? Exit.WELL.code() : Exit.FINDING.code();
        } catch (NotStarted e) {
            spec.commandLine().getErr().println("cinnabar: " + e.getMessage() + "\n  remedy: " + e.remedy());
            return Exit.FAILED.code();
        } finally {
            if (!keep) {
                delete(folder);
            }
        }
    }

    private static String key(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("key: "))
                .map(line -> line.substring(5).strip())
                .findFirst()
                .orElse("");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
