/** The ledger library of Cinnabar: an append-only log in the tlog-tiles form. */
module dev.cinnabar.ledger {
    requires static org.jspecify;

    exports dev.cinnabar.ledger;
}
