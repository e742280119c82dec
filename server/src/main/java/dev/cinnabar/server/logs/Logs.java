package dev.cinnabar.server.logs;

import dev.cinnabar.ledger.Checkpoint;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.ledger.LedgerListener;
import dev.cinnabar.ledger.LedgerOptions;
import dev.cinnabar.ledger.Origin;
import dev.cinnabar.ledger.SigningKeys;
import dev.cinnabar.ledger.State;
import dev.cinnabar.ledger.Verifier;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.store.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two logs of this node, open: {@code traffic} says what was asked, made, refused and released, {@code governance} who decided what. Beside each folder stands
 * {@code NAME.vkeys}, the public keys that check its checkpoints.
 */
@Article({"10", "16"})
public final class Logs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);

    private final Log traffic;
    private final Log governance;

    /**
     * One log.
     *
     * @param keys the public keys of its checkpoints as text, the one that signs first
     */
    public record Log(String name, Ledger ledger, List<String> keys) {
        public Log {
            keys = List.copyOf(keys);
        }

        /** Whether it takes entries. */
        public boolean writable() {
            return ledger.state() instanceof State.Writable;
        }
    }

    private Logs(Log traffic, Log governance) {
        this.traffic = traffic;
        this.governance = governance;
    }

    /** Opens both logs, made where they are missing, recovered after a crash. */
    public static Logs open(LogSettings settings, DataFolder data, InstantSource clock, SecureRandom random)
            throws NotStarted {
        Log traffic = open("traffic", settings, data, clock, random);
        try {
            return new Logs(traffic, open("governance", settings, data, clock, random));
        } catch (NotStarted e) {
            traffic.ledger().close();
            throw e;
        }
    }

    private static Log open(
            String name, LogSettings settings, DataFolder data, InstantSource clock, SecureRandom random)
            throws NotStarted {
        Path folder = data.log(name);
        try {
            Origin origin = new Origin(settings.origin() + "/" + name);
            SigningKeys signer = SigningKeys.openOrCreate(data.root().resolve("keys"), name, origin, random);
            LedgerOptions options = LedgerOptions.defaults().checkpoints(settings.checkpointEvery());
            Files.createDirectories(folder);
            Ledger ledger = Ledger.open(folder, origin, signer, clock, options, new Told(name));
            List<String> keys = Stream.concat(Stream.of(signer.verifier()), signer.retired().stream())
                    .map(Verifier::vkey)
                    .toList();
            publish(folder.resolveSibling(name + ".vkeys"), keys);
            return new Log(name, ledger, keys);
        } catch (LedgerException | IOException e) {
            throw new NotStarted(
                    "the " + name + " log cannot be opened: " + e.getMessage(),
                    "run cinnabar ledger fsck --log " + name + " and follow its remedies",
                    e);
        }
    }

    private static void publish(Path file, List<String> keys) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, keys.stream().collect(Collectors.joining("\n", "", "\n")));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public Log traffic() {
        return traffic;
    }

    public Log governance() {
        return governance;
    }

    /** Both, for whoever shows or serves them by name. */
    public List<Log> all() {
        return List.of(traffic, governance);
    }

    /** The log of this name. */
    public Optional<Log> byName(String name) {
        return all().stream().filter(log -> log.name().equals(name)).findFirst();
    }

    /** Whether both take entries. */
    public boolean writable() {
        return traffic.writable() && governance.writable();
    }

    /** The traffic log as the gateway writes it. */
    public Traffic writer() {
        return new LedgerTraffic(traffic.ledger());
    }

    @Override
    public void close() {
        traffic.ledger().close();
        governance.ledger().close();
    }

    /** Says in the server's own log what happens to a ledger. */
    private record Told(String name) implements LedgerListener {
        @Override
        public void refusing(State.Refusing state) {
            LOG.error("the {} log takes no entries, everything is refused: {}", name, state.reason());
        }

        @Override
        public void writable() {
            LOG.warn("the {} log takes entries again", name);
        }

        @Override
        public void published(Checkpoint checkpoint) {
            LOG.debug("the {} log signed a checkpoint over {} entries", name, checkpoint.size());
        }

        @Override
        public void alarm(String what) {
            LOG.error("the {} log: {}", name, what);
        }

        @Override
        public void recovered(String what) {
            LOG.warn("the {} log was recovered: {}", name, what);
        }
    }
}
