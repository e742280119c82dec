package dev.cinnabar.server.oversight;

import dev.cinnabar.server.algorithms.Algorithms;
import dev.cinnabar.server.algorithms.Condition;
import java.util.List;

/** The functions of Article 23: how many are on, which requests wait for a second person, and which conditions nothing can evaluate yet. */
final class FunctionGauge implements Gauge {
    private static final String PATH = "/console/functions";

    private final Algorithms algorithms;

    FunctionGauge(Algorithms algorithms) {
        this.algorithms = algorithms;
    }

    @Override
    public List<Tile> read() {
        List<Algorithms.Listed> all = algorithms.all();
        long on = all.stream().filter(Algorithms.Listed::on).count();
        long open = all.stream().filter(f -> f.open().isPresent()).count();
        return List.of(
                Tile.of("overview.functions", Tile.State.INFO, on, all.size()).at(PATH),
                Tile.of("overview.functions.open", open > 0 ? Tile.State.CARE : Tile.State.GOOD, open)
                        .at(PATH),
                conditions(all).at(PATH));
    }

    private static Tile conditions(List<Algorithms.Listed> all) {
        long unknown = all.stream()
                .filter(Algorithms.Listed::on)
                .flatMap(f -> f.conditions().stream())
                .filter(c -> c.state() == Condition.State.NOT_EVALUABLE)
                .count();
        return Tile.of("overview.conditions", unknown > 0 ? Tile.State.NOT_EVALUABLE : Tile.State.INFO, unknown);
    }
}
