package dev.cinnabar.server.people;

import dev.cinnabar.server.people.Standing.Closed;
import dev.cinnabar.server.people.Standing.Limited;
import dev.cinnabar.server.people.Standing.Restriction;
import dev.cinnabar.server.people.Standing.Suspended;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table of what measures leave a user, and of the bars that keep it on those who erase their account. */
final class Restrictions {
    /** Puts the restriction in the place of whatever the measure left the user before. */
    void put(Handle handle, String userId, Restriction restriction) {
        Optional<Instant> until = until(restriction);
        handle.execute(
                """
                insert into user_restrictions (measure_id, user_id, step, function, until) values (?, ?, ?, ?, ?)
                on conflict (measure_id, user_id)
                    do update set step = excluded.step, function = excluded.function, until = excluded.until""",
                restriction.measureId(),
                userId,
                switch (restriction) {
                    case Limited limited -> "LIMITED";
                    case Suspended suspended -> "SUSPENDED";
                    case Closed closed -> "CLOSED";
                },
                restriction instanceof Limited limited ? limited.function() : null,
                UserStore.time(until));
    }

    /** Until when the restriction is in force, where it ends by itself. */
    static Optional<Instant> until(Restriction restriction) {
        return switch (restriction) {
            case Limited limited -> limited.until();
            case Suspended suspended -> Optional.of(suspended.until());
            case Closed closed -> Optional.empty();
        };
    }

    /** Whether the restriction is in force at this moment. */
    static boolean inForce(Restriction restriction, Instant now) {
        return until(restriction).filter(until -> !now.isBefore(until)).isEmpty();
    }

    /** Takes away what the measure left; gives the ids of those who had it. */
    List<String> remove(Handle handle, String measureId) {
        try (Query query =
                handle.createQuery("delete from user_restrictions where measure_id = :measure returning user_id")) {
            return query.bind("measure", measureId).mapTo(String.class).list();
        }
    }

    List<Restriction> of(Handle handle, String userId) {
        try (Query query =
                handle.createQuery("select * from user_restrictions where user_id = :user order by measure_id")) {
            return query.bind("user", userId)
                    .map((row, context) -> restriction(row))
                    .list();
        }
    }

    /** Everybody who has what the measure left: the user, and whoever came back under the same name after an erasure. */
    List<String> holders(Handle handle, String measureId) {
        try (Query query = handle.createQuery("select user_id from user_restrictions where measure_id = :measure")) {
            return query.bind("measure", measureId).mapTo(String.class).list();
        }
    }

    /** Keeps the digest of a name, so that who erases the account does not come back without its measures. */
    void bar(Handle handle, byte[] nameDigest, String userId) {
        handle.execute(
                "insert into user_bars (name_digest, user_id) values (?, ?) on conflict do nothing",
                nameDigest,
                userId);
    }

    /** What still binds whoever had this name before. */
    List<Restriction> behind(Handle handle, byte[] nameDigest, Instant now) {
        try (Query query = handle.createQuery("""
                select r.* from user_bars b join user_restrictions r on r.user_id = b.user_id
                where b.name_digest = :digest and (r.until is null or r.until > :now)""")) {
            return query.bind("digest", nameDigest)
                    .bind("now", UserStore.time(now))
                    .map((row, context) -> restriction(row))
                    .list();
        }
    }

    /** Forgets the names behind which no measure is in force any more. */
    int forgetBars(Handle handle, Instant now) {
        return handle.execute("""
                delete from user_bars b where not exists (select 1 from user_restrictions r
                    where r.user_id = b.user_id and (r.until is null or r.until > ?))""", UserStore.time(now));
    }

    private static Restriction restriction(ResultSet row) throws SQLException {
        String measure = row.getString("measure_id");
        Optional<Instant> until = UserStore.moment(row, "until");
        return switch (row.getString("step")) {
            case "LIMITED" -> new Limited(measure, row.getString("function"), until);
            case "SUSPENDED" -> new Suspended(measure, until.orElseThrow());
            case "CLOSED" -> new Closed(measure);
            default -> throw new IllegalStateException("the measure " + measure + " left an unknown restriction");
        };
    }
}
