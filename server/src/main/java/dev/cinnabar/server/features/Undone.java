package dev.cinnabar.server.features;

import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.store.Database;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Takes a half-done transaction back when a racer was faster; the refusal is the outcome. */
final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    Undone(Refused refused) {
        super(refused.reason().en());
        this.refused = refused;
    }

    /** Runs the work in a transaction; what it throws as undone is rolled back and becomes the outcome. */
    static <T> Outcome<T> or(Database database, Function<Handle, Outcome<T>> work) {
        try {
            return database.inTransaction(work::apply);
        } catch (Undone e) {
            return Outcome.not(e.refused);
        }
    }

    /** The value, or the whole transaction is taken back. */
    static <T> T must(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(Refused refused) -> throw new Undone(refused);
        };
    }
}
