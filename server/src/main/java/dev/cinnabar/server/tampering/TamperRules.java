package dev.cinnabar.server.tampering;

import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Sheet;

/** The rules of tamper cases: their states, and how many strangers may open. */
final class TamperRules {
    static final Machine<TamperCase.State> MACHINE =
            Machine.of("tamper", TamperCase.State.class, Sheet.of(TamperRules.class, "tamper.txt"));

    private static final Sheet LIMITS = Sheet.of(TamperRules.class, "limits.txt");

    private TamperRules() {}

    /** The number of this name. */
    static int limit(String name) {
        return LIMITS.rows().stream()
                .filter(row -> name.equals(row.get("name")))
                .map(row -> Integer.parseInt(row.getOrDefault("number", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("limits.txt has no row " + name));
    }
}
