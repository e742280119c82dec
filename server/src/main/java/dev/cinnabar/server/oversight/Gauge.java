package dev.cinnabar.server.oversight;

import java.util.List;

/** Reads facts for the overview from one façade. */
@FunctionalInterface
interface Gauge {
    List<Tile> read();
}
