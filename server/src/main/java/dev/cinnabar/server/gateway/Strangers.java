package dev.cinnabar.server.gateway;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts, by address, refusals of those who show no valid key, so that guessing keys and filling the log are both slow. */
final class Strangers {
    private static final int MOST_ADDRESSES = 50_000;

    private final InstantSource clock;
    private final int perMinute;
    private volatile Minute minute = new Minute(0);

    private record Minute(long number, ConcurrentHashMap<String, AtomicInteger> counts) {
        Minute(long number) {
            this(number, new ConcurrentHashMap<>());
        }
    }

    Strangers(InstantSource clock, int perMinute) {
        this.clock = clock;
        this.perMinute = perMinute;
    }

    /** Whether this address was refused too often within this minute to be heard. */
    boolean turnedAway(String address) {
        AtomicInteger count = now().counts().get(address);
        return count != null && count.get() >= perMinute;
    }

    /** Counts a refusal. Beyond so many addresses a minute the memory is full: the rest share one count. */
    void refused(String address) {
        Minute minute = now();
        String counted = minute.counts().size() < MOST_ADDRESSES ? address : "";
        minute.counts().computeIfAbsent(counted, a -> new AtomicInteger()).incrementAndGet();
    }

    private Minute now() {
        long number = clock.millis() / 60_000;
        Minute current = minute;
        if (current.number() != number) {
            current = new Minute(number);
            minute = current;
        }
        return current;
    }
}
