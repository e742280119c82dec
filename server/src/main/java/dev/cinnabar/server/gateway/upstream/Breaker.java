package dev.cinnabar.server.gateway.upstream;

import java.time.Duration;

/** Rests an upstream that keeps failing: after so many failures in a row nothing is sent for a while, then one call tries it. */
final class Breaker {
    private final int failuresToRest;
    private final long restNanos;
    private int failures;
    private long restUntil;
    private boolean trying;

    Breaker(int failuresToRest, Duration rest) {
        this.failuresToRest = failuresToRest;
        this.restNanos = rest.toNanos();
    }

    /** Whether a call may go; while it rests none may, and after the rest one at a time. */
    synchronized boolean mayTry(long now) {
        if (failures < failuresToRest) {
            return true;
        }
        if (now - restUntil < 0 || trying) {
            return false;
        }
        trying = true;
        return true;
    }

    synchronized void worked() {
        failures = 0;
        trying = false;
    }

    synchronized void failed(long now) {
        failures = Math.min(failures + 1, failuresToRest);
        trying = false;
        restUntil = now + restNanos;
    }

    /** The call that was let through was given up by us; it says nothing about the upstream. */
    synchronized void undecided() {
        trying = false;
    }

    synchronized boolean resting(long now) {
        return failures >= failuresToRest && now - restUntil < 0;
    }
}
