package dev.cinnabar.ledger;

import java.util.function.LongSupplier;

/** What the parts of one ledger share from the moment it is opened. */
record Setting(
        Layout layout,
        Origin origin,
        CheckpointSigner signer,
        LedgerOptions options,
        LedgerListener listener,
        Reserve reserve,
        LongSupplier nonces) {
    Disk disk() {
        return options.disk();
    }
}
