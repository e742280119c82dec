package dev.cinnabar.server.conduct;

import dev.cinnabar.server.law.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of measures. */
final class MeasureStore {
    void insert(Handle handle, Measure measure) {
        String function = measure.sanction() instanceof Sanction.Limit(String name, var until) ? name : "";
        handle.createUpdate("""
                        insert into measures (id, user_id, step, function, until, state, ground, clause, category, facts, source, automated, notice_zh, notice_en, made)
                        values (:id, :user, :step, :function, :until, :state, :ground, :clause, :category, :facts, :source, :automated, :zh, :en, :made)""")
                .bind("id", measure.id())
                .bind("user", measure.userId())
                .bind("step", measure.sanction().word())
                .bind("function", function)
                .bind("until", measure.end().map(MeasureStore::utc))
                .bind("state", measure.state().name())
                .bind("ground", measure.reasons().ground().name())
                .bind("clause", measure.reasons().clause())
                .bind("category", measure.reasons().category())
                .bind("facts", measure.reasons().facts())
                .bind("source", measure.reasons().source().name())
                .bind("automated", measure.reasons().automated())
                .bind("zh", measure.notice().zh())
                .bind("en", measure.notice().en())
                .bind("made", utc(measure.made()))
                .execute();
    }

    void state(Handle handle, String id, Measure.State state) {
        handle.createUpdate("update measures set state = :state where id = :id")
                .bind("state", state.name())
                .bind("id", id)
                .execute();
    }

    /** The measure, its row locked to the end of the transaction: who comes second sees what the first did. */
    Optional<Measure> lock(Handle handle, String id) {
        return handle.createQuery("select * from measures where id = :id for update")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Measure> ofUser(Handle handle, String userId) {
        return handle.createQuery("select * from measures where user_id = :user order by made desc, id desc")
                .bind("user", userId)
                .map((row, context) -> read(row))
                .list();
    }

    List<Measure> in(Handle handle, List<Measure.State> states, int most) {
        return handle.createQuery(
                        "select * from measures where state = any(:states) order by made desc, id desc limit :most")
                .bindArray(
                        "states", String.class, states.stream().map(Enum::name).toList())
                .bind("most", most)
                .map((row, context) -> read(row))
                .list();
    }

    /** What is in force by its state and past its end. */
    List<String> due(Handle handle, Instant now) {
        return handle.createQuery(
                        "select id from measures where state in ('EFFECTIVE', 'APPEALED', 'URGENT') and until <= :now")
                .bind("now", utc(now))
                .mapTo(String.class)
                .list();
    }

    List<String> urgentSince(Handle handle, Instant before) {
        return handle.createQuery("select id from measures where state = 'URGENT' and made <= :before")
                .bind("before", utc(before))
                .mapTo(String.class)
                .list();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Measure read(ResultSet row) throws SQLException {
        Optional<Instant> until = Optional.ofNullable(row.getObject("until", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
        return new Measure(
                row.getString("id"),
                row.getString("user_id"),
                sanction(row.getString("step"), row.getString("function"), until),
                Measure.State.valueOf(row.getString("state")),
                new Reasons(
                        Reasons.Ground.valueOf(row.getString("ground")),
                        row.getString("clause"),
                        row.getString("category"),
                        row.getString("facts"),
                        Reasons.Source.valueOf(row.getString("source")),
                        row.getBoolean("automated")),
                new Words(row.getString("notice_zh"), row.getString("notice_en")),
                row.getObject("made", OffsetDateTime.class).toInstant());
    }

    private static Sanction sanction(@Nullable String step, String function, Optional<Instant> until) {
        return switch (String.valueOf(step)) {
            case "WARN" -> new Sanction.Warn();
            case "LIMIT_FUNCTION" -> new Sanction.Limit(function, until);
            case "SUSPEND" -> new Sanction.Suspend(until.orElseThrow());
            case "CLOSE" -> new Sanction.Close();
            default -> throw new IllegalStateException("no such measure in the table: " + step);
        };
    }
}
