package dev.cinnabar.server.gateway;

import dev.cinnabar.review.Hit;
import java.util.List;
import java.util.Optional;

/**
 * What the review said, as it goes into the record.
 *
 * @param word {@code pass}, {@code hold}, {@code block}, or {@code unjudged} where nothing here can judge it
 * @param hits those that count for the record
 * @param first where the passage lies because of which it stopped
 */
record Judged(String word, List<Hit> hits, Optional<Place> first) {
    /**
     * A passage, without its words.
     *
     * @param start first UTF-16 unit
     * @param end one past the last
     */
    record Place(String where, int start, int end) {}

    /** Nothing was there to judge, or nothing here can judge it: never recorded as a pass. */
    static final Judged UNJUDGED = new Judged("unjudged", List.of(), Optional.empty());

    boolean stops() {
        return word.equals("block") || word.equals("hold");
    }

    boolean holds() {
        return word.equals("hold");
    }

    /** The risk of the first hit that stopped it. */
    String risk() {
        return hits.stream()
                .filter(hit -> hit.feature().action().word().equals(word))
                .findFirst()
                .map(hit -> hit.feature().risk().code())
                .orElse("-");
    }
}
