package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.Ledger;

/**
 * One of the logs, as the pages show it.
 *
 * @param name {@code traffic} or {@code governance}
 * @param key the public key that checks its checkpoints, as text
 */
public record Book(String name, Ledger ledger, String key) {}
