package dev.cinnabar.server.logs;

import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.ledger.State;

/** The traffic log over its ledger. */
record LedgerTraffic(Ledger ledger) implements Traffic {
    @Override
    public long append(byte[] entry) throws NotRecorded {
        try {
            return ledger.append(entry).index();
        } catch (LedgerException e) {
            throw new NotRecorded(
                    "the traffic log did not keep an entry of " + entry.length + " bytes: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean writable() {
        return ledger.state() instanceof State.Writable;
    }
}
