package dev.cinnabar.server.oversight;

import dev.cinnabar.server.features.Entry;
import dev.cinnabar.server.features.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The feature database: how many versions in each state, and how many candidates wait for a second person. */
final class FeatureGauge implements Gauge {
    private static final String PATH = "/console/features";
    private static final Features.Filter ALL = new Features.Filter(Optional.empty(), "", "");

    private final Features features;

    FeatureGauge(Features features) {
        this.features = features;
    }

    @Override
    public List<Tile> read() {
        Map<Entry.State, Long> states = features.list(ALL, 0, 1).states();
        long waiting = states.getOrDefault(Entry.State.CANDIDATE, 0L);
        long active = states.getOrDefault(Entry.State.ACTIVE, 0L);
        List<Tile> tiles = new ArrayList<>();
        tiles.add(Tile.of("overview.candidates", waiting > 0 ? Tile.State.CARE : Tile.State.GOOD, waiting)
                .at(PATH));
        tiles.add(Tile.of(
                        "overview.features",
                        active > 0 ? Tile.State.INFO : Tile.State.CARE,
                        active,
                        states.getOrDefault(Entry.State.SHADOW, 0L),
                        states.getOrDefault(Entry.State.RETIRED, 0L))
                .at(PATH));
        return tiles;
    }
}
