package dev.cinnabar.cli;

import dev.cinnabar.ledger.Checkpoint;
import dev.cinnabar.ledger.CheckpointSigner;
import dev.cinnabar.ledger.Ed25519Key;
import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.Fsck;
import dev.cinnabar.ledger.FsckReport;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.ledger.LedgerListener;
import dev.cinnabar.ledger.LedgerOptions;
import dev.cinnabar.ledger.Origin;
import dev.cinnabar.ledger.Proof;
import dev.cinnabar.ledger.SignedNote;
import dev.cinnabar.ledger.SigningKeys;
import dev.cinnabar.ledger.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cinnabar ledger}: checks a log, shows its newest checkpoint, proves an entry. The server may run meanwhile. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks and proves the tamper-evident logs of a data folder.",
        footer = {"", "Exit codes: 0 sound, 1 a fault was found, 2 wrong usage, 3 the log could not be read."})
final class LedgerCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The logs of a data folder, by the names of their folders. */
    enum Log {
        TRAFFIC,
        GOVERNANCE;

        String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which log of which data folder. */
    static final class Which {
        @Option(names = "--log", paramLabel = "traffic|governance", description = "The log (default: traffic).")
        private Log log = Log.TRAFFIC;

        @Option(names = "--data", paramLabel = "DIR", description = "The data folder (default: cinnabar-data).")
        private Path data = Path.of("cinnabar-data");

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        Path folder() {
            return data.resolve("logs").resolve(log.folder());
        }

        /** The public keys of the log's checkpoints, from the file beside it. */
        List<Ed25519Key> keys() throws IOException, LedgerException {
            Path file = data.resolve("logs").resolve(log.folder() + ".vkeys");
            if (!Files.exists(file)) {
                throw new IOException("there is no log " + log.folder() + " in " + data + " (no file " + file
                        + "); name the data folder with --data");
            }
            List<Ed25519Key> keys = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                keys.add(Ed25519Key.parse(line));
            }
            if (keys.isEmpty()) {
                throw new IOException(file + " names no key; start the server once, it writes the file anew");
            }
            return keys;
        }

        /** The log's own keys, or where they are not beside it, as in a copy, its public ones, with which nothing can be signed. */
        CheckpointSigner signer(Origin origin, List<Ed25519Key> known) throws LedgerException {
            Path own = data.resolve("keys");
            String first = log.folder() + "-1.key";
            return Files.exists(own.resolve(first))
                    ? SigningKeys.openOrCreate(own, log.folder(), origin, new SecureRandom())
                    : new PublicKeys(known);
        }
    }

    private record PublicKeys(List<Ed25519Key> keys) implements CheckpointSigner {
        @Override
        public Verifier verifier() {
            return keys.getFirst();
        }

        @Override
        public List<Verifier> retired() {
            return List.copyOf(keys.subList(1, keys.size()));
        }

        @Override
        public byte[] sign(byte[] text) throws SignatureException {
            throw new SignatureException(
                    "the log's key is not beside it: only what is under its newest checkpoint can be proved");
        }
    }

    @Command(
            name = "fsck",
            mixinStandardHelpOptions = true,
            description = "Reads the whole log again; one changed byte anywhere is found and named.")
    int fsck(@picocli.CommandLine.Mixin Which which) throws IOException, LedgerException {
        FsckReport report = Fsck.run(which.folder(), which.keys());
        if (which.json) {
            out().println(json(report));
        } else {
            report.notes().forEach(note -> out().println("note: " + note));
            report.faults().forEach(fault -> out().println("fault: " + fault));
            out().printf(
                            "%s: %,d entries, %,d of them under a signed checkpoint, %,d bytes read: %s%n",
                            report.origin().map(Origin::name).orElse("no origin"),
                            report.entries(),
                            report.published(),
                            report.bytesRead(),
                            report.sound() ? "sound" : report.faults().size() + " faults");
        }
        return report.sound() ? Exit.WELL.code() : Exit.FINDING.code();
    }

    private static Json json(FsckReport report) {
        List<Json> faults = report.faults().stream()
                .map(fault -> new Json()
                        .with("file", fault.file())
                        .with("offset", fault.offset().orElse(-1))
                        .with("entry", fault.index().orElse(-1))
                        .with("what", fault.what())
                        .with("remedy", fault.remedy()))
                .toList();
        return new Json()
                .with("sound", report.sound())
                .with("origin", report.origin().map(Origin::name).orElse(""))
                .with("entries", report.entries())
                .with("published", report.published())
                .with("faults", faults);
    }

    @Command(
            name = "checkpoint",
            mixinStandardHelpOptions = true,
            description = "Prints the newest signed checkpoint, after checking its signature.")
    int checkpoint(@picocli.CommandLine.Mixin Which which) throws IOException, LedgerException {
        List<Ed25519Key> keys = which.keys();
        byte[] bytes = Files.readAllBytes(which.folder().resolve("checkpoint"));
        Checkpoint checkpoint = Checkpoint.parse(bytes);
        boolean genuine = checkpoint.note().check(keys) instanceof SignedNote.Verdict.Genuine;
        if (which.json) {
            out().println(new Json()
                    .with("origin", checkpoint.origin().name())
                    .with("size", checkpoint.size())
                    .with("root", checkpoint.root().base64())
                    .with("genuine", genuine));
        } else {
            out().print(new String(bytes, StandardCharsets.UTF_8));
        }
        if (!genuine) {
            spec.commandLine()
                    .getErr()
                    .println("its signature is not by the keys beside the log: run cinnabar ledger fsck");
        }
        return genuine ? Exit.WELL.code() : Exit.FINDING.code();
    }

    @Command(
            name = "prove",
            mixinStandardHelpOptions = true,
            description = "Prints an entry's proof of inclusion with its checkpoint (tlog-proof), after checking it.")
    int prove(
            @picocli.CommandLine.Mixin Which which,
            @Parameters(paramLabel = "INDEX", description = "The entry, from 0.") long index)
            throws IOException, LedgerException {
        List<Ed25519Key> keys = which.keys();
        Origin origin = new Origin(keys.getFirst().name());
        try (Snapshot snapshot = Snapshot.of(which.folder());
                Ledger ledger = Ledger.open(
                        snapshot.folder(),
                        origin,
                        which.signer(origin, keys),
                        InstantSource.system(),
                        LedgerOptions.defaults().reserve(0),
                        LedgerListener.none())) {
            Entry entry = ledger.read(index);
            Checkpoint newest = ledger.checkpoint();
            Checkpoint checkpoint = newest.size() > index ? newest : ledger.sign();
            Proof.Inclusion proof = ledger.proveInclusion(index, checkpoint);
            boolean holds = proof.holds(entry.leafHash(), checkpoint);
            if (which.json) {
                out().println(new Json()
                        .with("index", index)
                        .with("at", entry.instant().toString())
                        .with("entry", new String(entry.content(), StandardCharsets.UTF_8))
                        .with("proof", proof.text(checkpoint))
                        .with("holds", holds));
            } else {
                out().println("entry " + index + " of " + origin.name() + ", " + entry.instant());
                out().println(new String(entry.content(), StandardCharsets.UTF_8));
                out().println();
                out().print(proof.text(checkpoint));
                out().println();
                out().println(holds ? "The proof holds." : "The proof does NOT hold.");
            }
            return holds ? Exit.WELL.code() : Exit.FINDING.code();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
