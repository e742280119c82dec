package dev.cinnabar.server.gateway;

import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.law.Outcome;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What each key may still send in this minute and on this day (of UTC+8, the provider's day). */
final class Allowance {
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    private static final long DAY_BEGINS = 8 * 3_600_000L;

    private final InstantSource clock;
    private final int perMinute;
    private final ConcurrentHashMap<String, Spent> byKey = new ConcurrentHashMap<>();

    Allowance(InstantSource clock, int perMinute) {
        this.clock = clock;
        this.perMinute = perMinute;
    }

    /** Takes one request from what the caller has left, or says why not and when again. */
    Outcome<Caller> spend(Caller caller, Dossier dossier) {
        return byKey.computeIfAbsent(caller.keyId(), id -> new Spent()).spend(caller, dossier);
    }

    private final class Spent {
        private long minute;
        private long day;
        private long inMinute;
        private long inDay;

        synchronized Outcome<Caller> spend(Caller caller, Dossier dossier) {
            long now = clock.millis();
            turn(now);
            int mostMinute = caller.perMinute().orElse(perMinute);
            long mostDay = caller.perDay().orElse(Long.MAX_VALUE);
            if (inDay >= mostDay) {
                return refuse(dossier, "budget_spent", DAY - (now + DAY_BEGINS) % DAY, Refusals.budgetSpent(mostDay));
            }
            if (inMinute >= mostMinute) {
                return refuse(dossier, "rate_limited", MINUTE - now % MINUTE, Refusals.rateLimited(mostMinute));
            }
            inMinute++;
            inDay++;
            return Outcome.done(caller);
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

        private Outcome<Caller> refuse(
                Dossier dossier, String reason, long millis, dev.cinnabar.server.law.Refused refused) {
            dossier.retryAfterSeconds = OptionalLong.of(Math.max(1, (millis + 999) / 1000));
            dossier.tallied = java.util.Optional.of(reason);
            return Outcome.not(refused);
        }
    }
}
