/** The ledger library of Cinnabar. */
module dev.cinnabar.ledger {
    requires static org.jspecify;
}
