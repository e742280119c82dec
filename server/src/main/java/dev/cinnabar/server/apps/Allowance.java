package dev.cinnabar.server.apps;

import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each key may still send in this minute and on this day (of UTC+8, the provider's day), on all interfaces together. */
public final class Allowance {
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    private static final long DAY_BEGINS = 8 * 3_600_000L;

    private final InstantSource clock;
    private final int perMinute;
    private final ConcurrentHashMap<String, Spent> byKey = new ConcurrentHashMap<>();

    /**
     * Nothing is spent yet.
     *
     * @param perMinute requests a minute of a key that has no limit of its own
     */
    public Allowance(InstantSource clock, int perMinute) {
        this.clock = clock;
        this.perMinute = perMinute;
    }

    /** Takes one request from what the caller has left, or says that nothing is, and until when. */
    public Optional<Refused> spend(Caller caller) {
        return byKey.computeIfAbsent(caller.keyId(), id -> new Spent()).spend(caller);
    }

    private final class Spent {
        private long minute;
        private long day;
        private long inMinute;
        private long inDay;

        synchronized Optional<Refused> spend(Caller caller) {
            long now = clock.millis();
            turn(now);
            int mostMinute = caller.perMinute().orElse(perMinute);
            long mostDay = caller.perDay().orElse(Long.MAX_VALUE);
            if (inDay >= mostDay) {
                long next = now + DAY - (now + DAY_BEGINS) % DAY;
                return Optional.of(budgetSpent(mostDay).until(Instant.ofEpochMilli(next)));
            }
            if (inMinute >= mostMinute) {
                long next = now + MINUTE - now % MINUTE;
                return Optional.of(rateLimited(mostMinute).until(Instant.ofEpochMilli(next)));
            }
            inMinute++;
            inDay++;
            return Optional.empty();
        }

        private void turn(long now) {
            if (now / MINUTE != minute) {
                minute = now / MINUTE;
                inMinute = 0;
            }
            if ((now + DAY_BEGINS) / DAY != day) {
                day = (now + DAY_BEGINS) / DAY;
                inDay = 0;
            }
        }
    }

    private static Refused rateLimited(int perMinute) {
        return Refused.of(
                Code.RATE_LIMITED,
                "",
                "该密钥每分钟最多 " + perMinute + " 次请求。",
                "This key may send " + perMinute + " requests a minute.",
                new Words("请稍后重试。", "Try again a little later."));
    }

    private static Refused budgetSpent(long perDay) {
        return Refused.of(
                Code.BUDGET_SPENT,
                "",
                "该密钥今日的 " + perDay + " 次额度已用完。",
                "This key's " + perDay + " requests of the day are spent.",
                new Words("请明日再试，或请管理员提高额度。", "Wait for tomorrow, or ask the administrator for a larger budget."));
    }
}
