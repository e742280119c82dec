package dev.cinnabar.server.law;

import java.util.function.Function;

/** Either what was asked for, or why not. */
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    record Not<T>(Refused refused) implements Outcome<T> {}

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> not(Refused refused) {
        return new Not<>(refused);
    }

    /** The next step on what was done, or the same refusal. */
    default <R> Outcome<R> then(Function<T, Outcome<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Not<T>(Refused refused) -> new Not<>(refused);
        };
    }
}
