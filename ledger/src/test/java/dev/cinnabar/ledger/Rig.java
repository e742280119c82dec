package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of a ledger share: a folder, keys, small segments, and an ear for what the ledger says. */
final class Rig {
    static final Origin ORIGIN = new Origin("log.invalid/traffic");

    final Path folder;
    final SigningKeys keys;
    final Ear ear = new Ear();

    private Rig(Path folder, SigningKeys keys) {
        this.folder = folder;
        this.keys = keys;
    }

    /** Writes down what it is told. */
    static final class Ear implements LedgerListener {
        final List<String> alarms = Collections.synchronizedList(new ArrayList<>());
        final List<String> recoveries = Collections.synchronizedList(new ArrayList<>());
        final List<State.Refusing> refusals = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void alarm(String what) {
            alarms.add(what);
        }

        @Override
        public void recovered(String what) {
            recoveries.add(what);
        }

        @Override
        public void refusing(State.Refusing state) {
            refusals.add(state);
        }
    }

    static Rig in(Path folder) throws LedgerException {
        Path keys = folder.resolveSibling(folder.getFileName() + "-keys");
        return new Rig(folder, SigningKeys.openOrCreate(keys, "traffic", ORIGIN, new SecureRandom()));
    }

    /** Small segments, no reserve, checkpoints only when asked or at the end. */
    static LedgerOptions small() {
        return LedgerOptions.defaults()
                .segments(LedgerOptions.LEAST_SEGMENT)
                .reserve(0)
                .checkpoints(Duration.ofHours(1));
    }

    Ledger open() throws LedgerException {
        return open(small());
    }

    Ledger open(LedgerOptions options) throws LedgerException {
        return Ledger.open(folder, ORIGIN, keys, InstantSource.system(), options, ear);
    }

    FsckReport fsck() throws LedgerException {
        return Fsck.run(folder, List.of(keys.verifier()));
    }

    /** A copy of the folder as it is now; of a ledger that is open it is what a crash would leave. */
    Rig copyTo(Path target) throws IOException {
        copy(folder, target);
        return new Rig(target, keys);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.getFileName().toString().equals("lock")) {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                } else if (Files.size(file) > 0) {
                    Files.writeString(copy, "1\n"); // read by nobody: opening it would drop the lock of this process
                } else {
                    Files.createFile(copy);
                }
            }
        }
    }
}
