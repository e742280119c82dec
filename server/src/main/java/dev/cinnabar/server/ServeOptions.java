package dev.cinnabar.server;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line says to {@code serve}; it wins over the settings.
 *
 * @param environment the environment's variables
 * @param out where the line {@code Ready}, and on the first start the first passwords, are printed
 */
public record ServeOptions(
        Optional<String> host,
        OptionalInt port,
        Optional<Path> data,
        Optional<Path> config,
        boolean demo,
        Map<String, String> environment,
        PrintStream out) {
    public ServeOptions {
        environment = Map.copyOf(environment);
    }

    /** Serves this data folder on free ports of the loopback: for tests and the guided tour. */
    public static ServeOptions quiet(Path data, boolean demo, PrintStream out) {
        return new ServeOptions(
                Optional.of("127.0.0.1"), OptionalInt.of(0), Optional.of(data), Optional.empty(), demo, Map.of(), out);
    }

    /** The settings that hold for this start. */
    Settings over(Settings read) {
        Settings.Http http = new Settings.Http(
                host.orElse(read.http().host()),
                port.orElse(read.http().port()),
                read.http().trustedProxies(),
                read.http().drain());
        // Whoever asks for any free port wants no second port that may be taken either.
        Settings.Management management = port.isPresent() && port.getAsInt() == 0
                ? new Settings.Management(read.management().host(), 0)
                : read.management();
        return new Settings(
                data.orElse(read.data()),
                read.lang(),
                http,
                management,
                read.tls(),
                read.database(),
                read.upstreams(),
                read.label(),
                read.identity(),
                read.limits(),
                read.content(),
                read.logs(),
                read.logging());
    }
}
