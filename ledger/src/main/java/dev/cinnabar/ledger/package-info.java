/**
 * An append-only, tamper-evident log on disk, in the open C2SP forms (tlog-tiles, tlog-checkpoint, signed-note), so that it can be
 * checked with tools we did not write. {@link dev.cinnabar.ledger.Ledger} appends, reads and proves; {@link dev.cinnabar.ledger.Fsck}
 * reads everything again. No HTTP, no SQL, no logging: what happens is told to a {@link dev.cinnabar.ledger.LedgerListener}.
 */
@NullMarked
package dev.cinnabar.ledger;

import org.jspecify.annotations.NullMarked;
