package dev.cinnabar.ledger;

/**
 * Third stage: entries that a signed checkpoint on disk vouches for. Only the {@link Publisher} and recovery make one.
 *
 * @param tree what was integrated
 * @param checkpoint the checkpoint over exactly that
 */
record Published(Integrated tree, Checkpoint checkpoint) {
    long size() {
        return checkpoint.size();
    }
}
