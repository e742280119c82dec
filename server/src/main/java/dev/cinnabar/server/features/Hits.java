package dev.cinnabar.server.features;

import dev.cinnabar.review.Hit;
import java.util.List;

/** Counts what features matched, version by version: every review tells it its hits, once. */
public interface Hits {
    /**
     * Counts the hits and gives back those that count for the record: a feature in shadow matches as a mere note under an id of its own, is counted here, and
     * shows nowhere else. Never waits for the database.
     */
    List<Hit> count(List<Hit> hits);
}
