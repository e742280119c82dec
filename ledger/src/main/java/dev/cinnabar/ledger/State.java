package dev.cinnabar.ledger;

import java.time.Instant;

/** Whether a ledger takes entries. */
public sealed interface State {
    /** It takes entries. */
    record Writable() implements State {}

    /**
     * It cannot make entries durable and refuses every one at once. It tries by itself to become writable again.
     *
     * @param reason what failed, in plain words
     * @param since when it began to refuse
     * @param recoverable false where only a person can help: an invariant is broken, and the ledger stays closed to writes until it is reopened
     */
    record Refusing(String reason, Instant since, boolean recoverable) implements State {}
}
