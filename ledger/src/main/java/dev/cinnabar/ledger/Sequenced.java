package dev.cinnabar.ledger;

import java.time.Instant;

/**
 * First stage of an entry's life: it has its index and is durable in a segment. Only the {@link Sequencer} and recovery make one.
 *
 * @param size the number of durable entries
 * @param last the instant of the last of them; {@link Instant#EPOCH} in an empty log
 */
record Sequenced(long size, Instant last) {}
