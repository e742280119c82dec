package dev.cinnabar.server.web;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Slows down guessing: after some free failures a name and an address must wait, longer each time.
 *
 * <p>An attempt is counted before the password is looked at and taken back when it was right, so that many at once win nothing. Names that do not exist wait just the same. The numbers are defaults of ours.
 */
final class Throttle {
    private static final Duration FORGET = Duration.ofDays(1);
    private static final Limit NAME = new Limit(5, Duration.ofMinutes(15));
    private static final Limit ADDRESS = new Limit(20, Duration.ofHours(1));
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);

    private record Limit(int free, Duration longest) {
        Duration waitAfter(int failures) {
            if (failures < free) {
                return Duration.ZERO;
            }
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - free, 20));
            return wait.compareTo(longest) > 0 ? longest : wait;
        }
    }

    private record Row(int failures, Instant last, Instant until) {}

    /** The name typed and the address it came from, as they are counted. */
    record Attempt(String name, String address) {
        static Attempt of(String typedName, String address) {
            return new Attempt(
                    digest("name:" + typedName.strip().toLowerCase(Locale.ROOT)), digest("address:" + block(address)));
        }
    }

    private Throttle() {}

    /** Counts an attempt; gives how long to wait where it may not be made now (it is not counted then). */
    static Optional<Duration> enter(Handle handle, Attempt attempt, Instant clock) {
        // The database keeps microseconds and rounds: a finer instant could come back later than it went in, and block.
        Instant now = clock.truncatedTo(ChronoUnit.MICROS);
        handle.createUpdate("delete from sign_in_failures where last < :old and until < :now")
                .bind("old", now.minus(FORGET))
                .bind("now", now)
                .execute();
        // In one order, so that two attempts never wait for each other in a ring.
        TreeMap<String, Limit> keys = new TreeMap<>();
        keys.put(attempt.name(), NAME);
        keys.put(attempt.address(), ADDRESS);
        Instant until = keys.keySet().stream()
                .map(key -> lock(handle, key, now).until())
                .max(Instant::compareTo)
                .orElse(now);
        if (until.isAfter(now)) {
            return Optional.of(Duration.between(now, until));
        }
        keys.forEach((key, limit) -> count(handle, key, limit, 1, now));
        return Optional.empty();
    }

    /** Takes a counted attempt back: the password was right. The name starts afresh; the address keeps its other failures. */
    static void forgive(Handle handle, Attempt attempt, Instant clock) {
        Instant now = clock.truncatedTo(ChronoUnit.MICROS);
        new TreeSet<>(List.of(attempt.name(), attempt.address())).forEach(key -> lock(handle, key, now));
        handle.createUpdate("delete from sign_in_failures where key = :key")
                .bind("key", attempt.name())
                .execute();
        count(handle, attempt.address(), ADDRESS, -1, now);
    }

    private static Row lock(Handle handle, String key, Instant now) {
        handle.createUpdate(
                        "insert into sign_in_failures (key, failures, last, until) values (:key, 0, :now, :now) on conflict do nothing")
                .bind("key", key)
                .bind("now", now)
                .execute();
        return row(handle, key);
    }

    private static Row row(Handle handle, String key) {
        return handle.createQuery("select failures, last, until from sign_in_failures where key = :key for update")
                .bind("key", key)
                .map((rs, context) -> new Row(
                        rs.getInt("failures"),
                        rs.getTimestamp("last").toInstant(),
                        rs.getTimestamp("until").toInstant()))
                .one();
    }

    private static void count(Handle handle, String key, Limit limit, int by, Instant now) {
        int failures = Math.max(0, row(handle, key).failures() + by);
        Duration wait = by > 0 ? limit.waitAfter(failures) : Duration.ZERO;
        handle.createUpdate(
                        "update sign_in_failures set failures = :failures, last = :now, until = :until where key = :key")
                .bind("failures", failures)
                .bind("now", now)
                .bind("until", now.plus(wait))
                .bind("key", key)
                .execute();
    }

    /** An IPv6 address stands for its block of 64 bits: one customer has the whole of it. */
    private static String block(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, bytes.length == 16 ? 8 : 4);
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
