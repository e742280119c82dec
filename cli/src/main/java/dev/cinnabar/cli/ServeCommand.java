package dev.cinnabar.cli;

import dev.cinnabar.server.ServeOptions;
import dev.cinnabar.server.Server;
import dev.cinnabar.server.law.NotStarted;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cinnabar serve}: runs the service until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Runs the service: gateway, console and public pages. Prints one line \"Ready http://HOST:PORT\" when it serves.",
        footer = {
            "",
            "On the first start of a data folder it also prints, once, the admin's password and an API key.",
            "Every setting is in docs/operations/settings.md; the configuration is cinnabar.yaml in the data folder, or --config FILE.",
            "Exit codes: 0 it served and was stopped, 2 wrong usage, 3 it could not start."
        })
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port (default: 8080, or the configuration's); 0 takes a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "The address to listen on (default: 127.0.0.1, or the configuration's).")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder (default: cinnabar-data, or the configuration's).")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--demo",
            description =
                    "On a fresh folder only: a demo upstream, a verified user, a reviewer and an approver, sample features; says DEMO everywhere.")
    private boolean demo;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    @SuppressWarnings("ClosingStandardOutputStreams") // what is closed is the server, which only prints there
    public Integer call() throws InterruptedException {
        OptionalInt asked = port == null ? OptionalInt.empty() : OptionalInt.of(port);
        try (Server server =
                Server.start(new ServeOptions(host, asked, data, config, demo, System.getenv(), System.out))) {
            server.await();
            return Exit.WELL.code();
        } catch (NotStarted e) {
            spec.commandLine().getErr().println("cinnabar: " + e.getMessage());
            spec.commandLine().getErr().println("  remedy: " + e.remedy());
            return Exit.FAILED.code();
        }
    }
}
