package dev.cinnabar.server.cases;

import java.time.Instant;

/**
 * One step that somebody made: a row of a case's history, written once and never changed.
 *
 * @param kind of case, like {@code feature}
 * @param seq 1 for the step that opened the case, then one more each
 * @param from the state left; empty text where the step opened the case
 * @param roles as what the actor acted, joined by {@code +}
 * @param rules the version of the rules that allowed it
 */
public record Turn(
        String kind,
        String id,
        int seq,
        String from,
        String name,
        String to,
        String actor,
        String roles,
        String reason,
        Instant at,
        String rules) {}
