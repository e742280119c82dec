package dev.cinnabar.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A clock that tests move by hand. */
public final class MovedClock implements InstantSource {
    private volatile Instant now;

    public MovedClock(Instant start) {
        this.now = start.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock forward. */
    public void forward(Duration by) {
        now = now.plus(by);
    }

    /** Sets the clock. */
    public void set(Instant to) {
        now = to;
    }
}
