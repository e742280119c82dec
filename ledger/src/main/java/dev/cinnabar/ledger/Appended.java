package dev.cinnabar.ledger;

import java.time.Instant;

/**
 * An entry that is durable: sequenced, written and synced. It is integrated into the tree and published under a signed checkpoint a little later.
 *
 * @param index its place in the log, from 0
 * @param instant when it was sequenced, UTC, microseconds, never before the entry in front of it
 */
public record Appended(long index, Instant instant) {}
