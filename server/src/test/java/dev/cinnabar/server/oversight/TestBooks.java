package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerListener;
import dev.cinnabar.ledger.LedgerOptions;
import dev.cinnabar.ledger.Origin;
import dev.cinnabar.ledger.SigningKeys;
import dev.cinnabar.server.logs.Logs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Two real logs in a folder of a test's own. */
final class TestBooks implements AutoCloseable {
    final Logs.Log traffic;
    final Logs.Log governance;

    TestBooks(Path folder, InstantSource clock) throws Exception {
        this.traffic = book(folder, "traffic", clock);
        this.governance = book(folder, "governance", clock);
    }

    private static Logs.Log book(Path folder, String name, InstantSource clock) throws Exception {
        Origin origin = new Origin("test.example/" + name);
        SigningKeys keys = SigningKeys.openOrCreate(folder.resolve("keys-" + name), name, origin, new SecureRandom());
        LedgerOptions options = LedgerOptions.defaults().segments(1 << 20).reserve(1 << 20);
        Ledger ledger = Ledger.open(folder.resolve(name), origin, keys, clock, options, new LedgerListener() {});
        return new Logs.Log(name, ledger, List.of(keys.verifier().vkey()));
    }

    List<Logs.Log> all() {
        return List.of(traffic, governance);
    }

    static void say(Logs.Log book, String json) throws Exception {
        book.ledger().append(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        traffic.ledger().close();
        governance.ledger().close();
    }
}
