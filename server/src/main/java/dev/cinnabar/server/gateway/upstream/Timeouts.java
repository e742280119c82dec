package dev.cinnabar.server.gateway.upstream;

import java.time.Duration;

/**
 * How long an upstream may take.
 *
 * @param connect to accept a connection
 * @param firstByte from the call to the head of the answer
 * @param idle between two pieces of the answer
 * @param total from the call to the end of the answer
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {
    public Timeouts {
        for (Duration each : new Duration[] {connect, firstByte, idle, total}) {
            if (each.isZero() || each.isNegative()) {
                throw new IllegalArgumentException("a timeout is longer than nothing, not " + each);
            }
        }
    }

    /** 5 s to connect, 120 s to the first byte, 60 s between pieces, 15 min in all. */
    public static Timeouts standard() {
        return new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(120), Duration.ofSeconds(60), Duration.ofMinutes(15));
    }
}
