package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.ledger.State;
import dev.cinnabar.server.logs.Logs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of the logs: whether they take entries, how many there are, and how old the oldest entry is that no checkpoint covers. */
final class BookGauge implements Gauge {
    /** A default of ours: checkpoints are made every second or so, so this long without one is a fault. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final List<Logs.Log> books;
    private final InstantSource clock;

    BookGauge(List<Logs.Log> books, InstantSource clock) {
        this.books = books;
        this.clock = clock;
    }

    @Override
    public List<Tile> read() {
        List<Tile> tiles = new ArrayList<>();
        for (Logs.Log book : books) {
            tiles.add(state(book).at("/console/ledger/" + book.name()));
            tiles.add(checkpoint(book).at("/console/ledger/" + book.name()));
        }
        return tiles;
    }

    private static Tile state(Logs.Log book) {
        String key = "overview.log." + book.name();
        long size = book.ledger().size();
        return switch (book.ledger().state()) {
            case State.Writable() -> Tile.of(key, Tile.State.GOOD, size);
            case State.Refusing(String reason, Instant since, boolean recoverable) ->
                Tile.of("overview.log.refusing." + book.name(), Tile.State.BAD, size, reason, since);
        };
    }

    private Tile checkpoint(Logs.Log book) {
        String key = "overview.checkpoint." + book.name();
        long covered = book.ledger().checkpoint().size();
        long waiting = book.ledger().size() - covered;
        if (waiting <= 0) {
            return Tile.of(key, Tile.State.GOOD, covered, 0);
        }
        Optional<Instant> oldest = instant(book, covered);
        boolean late = oldest.map(at -> at.plus(LATE).isBefore(clock.instant())).orElse(true);
        return Tile.of(key, late ? Tile.State.BAD : Tile.State.GOOD, covered, waiting);
    }

    private static Optional<Instant> instant(Logs.Log book, long index) {
        try {
            return Optional.of(book.ledger().read(index).instant());
        } catch (LedgerException e) {
            return Optional.empty();
        }
    }
}
