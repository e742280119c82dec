package dev.cinnabar.ledger;

/** Is told what happens to a ledger. Called on the ledger's own threads: be quick, and do not call the ledger back. */
public interface LedgerListener {
    /** The ledger refuses entries from now on. */
    default void refusing(State.Refusing state) {}

    /** The ledger takes entries again. */
    default void writable() {}

    /** A signed checkpoint stands on disk. */
    default void published(Checkpoint checkpoint) {}

    /** Something that a person should look at while the ledger goes on: the disk reserve was used, tiles cannot be written, the clock went back. */
    default void alarm(String what) {}

    /** What recovery found and did when the ledger was opened after a crash. */
    default void recovered(String what) {}

    /** A listener that does not listen. */
    static LedgerListener none() {
        return new LedgerListener() {};
    }
}
