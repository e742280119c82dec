package dev.cinnabar.server.oversight;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether what the gates hold in memory was compared with the database lately; if not, they refuse everything. */
final class MemoryGauge implements Gauge {
    private final BooleanSupplier confirmed;

    MemoryGauge(BooleanSupplier confirmed) {
        this.confirmed = confirmed;
    }

    @Override
    public List<Tile> read() {
        boolean yes = confirmed.getAsBoolean();
        return List.of(new Tile(
                yes ? "overview.memory.yes" : "overview.memory.no",
                yes ? Tile.State.GOOD : Tile.State.BAD,
                "",
                List.of(),
                Optional.empty()));
    }
}
