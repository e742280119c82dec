package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state of every listed function, in memory. */
final class SwitchBoard implements Functions {
    private static final Unready UNREADY = new Unready();

    private final Database background;
    private final Changes changes;
    private final FunctionStore store;
    private final FunctionTable table;
    private volatile Map<String, Switch> states = Map.of();
    private volatile boolean trusted;

    SwitchBoard(Database background, Changes changes, FunctionStore store, FunctionTable table) {
        this.background = background;
        this.changes = changes;
        this.store = store;
        this.table = table;
    }

    void start() {
        changes.listen("functions", this::load);
    }

    @Override
    public Switch of(String function) {
        if (!trusted || !changes.confirmed()) {
            return UNREADY;
        }
        Switch known = states.get(function);
        return known == null ? new Off(function, "unlisted") : known;
    }

    /** The table is small: every change reloads it whole. The listener is called by one thread at a time. */
    private void load(Collection<String> changed) {
        try {
            List<Switching> rows = background.inTransaction(store::switches);
            Map<String, Switch> fresh = new HashMap<>();
            table.all().forEach(function -> fresh.put(function.id(), new Off(function.id(), "never_on")));
            for (Switching row : rows) {
                // A row of a function that is no longer listed, or that may never be on, opens nothing.
                boolean may = table.find(row.function())
                        .filter(function -> !function.trait().biometric())
                        .isPresent();
                Switch state = row.on() && may ? new On(row.function()) : new Off(row.function(), "switched_off");
                fresh.computeIfPresent(row.function(), (id, old) -> state);
            }
            states = Map.copyOf(fresh);
            trusted = true;
        } catch (RuntimeException e) {
            trusted = false;
            throw e;
        }
    }
}
