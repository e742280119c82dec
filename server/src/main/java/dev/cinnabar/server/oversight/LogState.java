package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.State;
import dev.cinnabar.server.logs.Logs;

/**
 * A log as it stands.
 *
 * @param covered how many entries the newest checkpoint covers
 * @param refusing why it takes no entries; empty where it does
 */
public record LogState(
        String name,
        String origin,
        long size,
        long minimum,
        long covered,
        String refusing,
        String checkpoint,
        String key) {

    static LogState of(Logs.Log book) {
        var ledger = book.ledger();
        var checkpoint = ledger.checkpoint();
        String refusing = switch (ledger.state()) {
            case State.Writable() -> "";
            case State.Refusing refused -> refused.reason();
        };
        return new LogState(
                book.name(),
                ledger.origin().name(),
                ledger.size(),
                ledger.minimum(),
                checkpoint.size(),
                refusing,
                new String(checkpoint.bytes(), java.nio.charset.StandardCharsets.UTF_8),
                book.keys().getFirst());
    }
}
