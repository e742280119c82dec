package dev.cinnabar.server.algorithms;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of switches and requests. */
final class FunctionStore {
    List<Switching> switches(Handle handle) {
        return handle.createQuery("select * from function_switches")
                .map((row, context) -> switching(row))
                .list();
    }

    Optional<Switching> find(Handle handle, String function) {
        return handle.createQuery("select * from function_switches where function = :function")
                .bind("function", function)
                .map((row, context) -> switching(row))
                .findOne();
    }

    /** Writes the state of a function that has none yet; false where it has one. */
    boolean seed(Handle handle, Switching switching) {
        return write(handle, switching, "do nothing");
    }

    void put(Handle handle, Switching switching) {
        write(
                handle,
                switching,
                "do update set is_on = excluded.is_on, since = excluded.since, actor = excluded.actor,"
                        + " reason = excluded.reason, request = excluded.request");
    }

    private static boolean write(Handle handle, Switching switching, String conflict) {
        return handle.createUpdate("insert into function_switches (function, is_on, since, actor, reason, request)"
                                + " values (:function, :on, :since, :actor, :reason, :request) on conflict (function) "
                                + conflict)
                        .bind("function", switching.function())
                        .bind("on", switching.on())
                        .bind("since", utc(switching.since()))
                        .bind("actor", switching.actor())
                        .bind("reason", switching.reason())
                        .bind("request", switching.request())
                        .execute()
                == 1;
    }

    /** Writes a request; false where the function has an open one. */
    boolean insert(Handle handle, Switching.Request request) {
        return handle.createUpdate("""
                        insert into function_requests (id, function, wanted_on, state, proposer, reason, at)
                        values (:id, :function, :on, :state, :proposer, :reason, :at)
                        on conflict (function) where state = 'PROPOSED' do nothing""")
                        .bind("id", request.id())
                        .bind("function", request.function())
                        .bind("on", request.on())
                        .bind("state", request.state().name())
                        .bind("proposer", request.proposer())
                        .bind("reason", request.reason())
                        .bind("at", utc(request.at()))
                        .execute()
                == 1;
    }

    void state(Handle handle, String id, Switching.State state) {
        handle.createUpdate("update function_requests set state = :state where id = :id")
                .bind("id", id)
                .bind("state", state.name())
                .execute();
    }

    Optional<Switching.Request> request(Handle handle, String id) {
        return handle.createQuery("select * from function_requests where id = :id")
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne();
    }

    List<Switching.Request> open(Handle handle) {
        return handle.createQuery("select * from function_requests where state = 'PROPOSED' order by at, id")
                .map((row, context) -> request(row))
                .list();
    }

    /** The requests of a function, newest first. */
    List<Switching.Request> of(Handle handle, String function) {
        return handle.createQuery(
                        "select * from function_requests where function = :function order by at desc, id desc")
                .bind("function", function)
                .map((row, context) -> request(row))
                .list();
    }

    private static Switching switching(ResultSet row) throws SQLException {
        return new Switching(
                row.getString("function"),
                row.getBoolean("is_on"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("reason"),
                row.getString("request"));
    }

    private static Switching.Request request(ResultSet row) throws SQLException {
        return new Switching.Request(
                row.getString("id"),
                row.getString("function"),
                row.getBoolean("wanted_on"),
                Switching.State.valueOf(row.getString("state")),
                row.getString("proposer"),
                row.getString("reason"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
