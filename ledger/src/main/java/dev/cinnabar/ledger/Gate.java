package dev.cinnabar.ledger;

import java.time.InstantSource;
import java.util.Optional;

/** Holds whether the ledger takes entries, and tells the listener when that changes. */
final class Gate {
    private final InstantSource clock;
    private final LedgerListener listener;
    private volatile State state = new State.Writable();

    Gate(InstantSource clock, LedgerListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    State state() {
        return state;
    }

    /** Why an entry is refused just now, if it is. */
    Optional<LedgerException.NotRecorded> refusal() {
        return switch (state) {
            case State.Writable writable -> Optional.empty();
            case State.Refusing refusing ->
                Optional.of(new LedgerException.NotRecorded("The ledger cannot record since " + refusing.since() + ": "
                        + refusing.reason()
                        + (refusing.recoverable()
                                ? ". It tries again by itself."
                                : ". It stays so until it is checked and opened again.")));
        };
    }

    boolean broken() {
        return state instanceof State.Refusing refusing && !refusing.recoverable();
    }

    /** Refuses until {@link #open}; the first reason stands. */
    synchronized void refuse(String reason) {
        if (state instanceof State.Writable) {
            become(new State.Refusing(reason, clock.instant(), true));
        }
    }

    /** Refuses for good: something that must hold does not. */
    synchronized void breakDown(String reason) {
        if (!broken()) {
            become(new State.Refusing(reason, clock.instant(), false));
        }
    }

    private void become(State.Refusing refusing) {
        state = refusing;
        listener.refusing(refusing);
    }

    synchronized void open() {
        if (!broken() && !(state instanceof State.Writable)) {
            state = new State.Writable();
            listener.writable();
        }
    }
}
