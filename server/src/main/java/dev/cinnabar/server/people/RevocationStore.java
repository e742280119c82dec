package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table of proposals to revoke. */
final class RevocationStore {
    void insert(Handle handle, String id, String userId, Instant opened) {
        handle.execute(
                "insert into revocations (id, user_id, opened, state) values (?, ?, ?, 'PROPOSED')",
                id,
                userId,
                UserStore.time(opened));
    }

    void state(Handle handle, String id, Revocation.State state) {
        handle.execute("update revocations set state = ? where id = ?", state.name(), id);
    }

    Optional<String> userOf(Handle handle, String id) {
        return ids(handle, "select user_id from revocations where id = :key", id).stream()
                .findFirst();
    }

    Optional<String> open(Handle handle, String userId) {
        return ids(handle, "select id from revocations where user_id = :key and state = 'PROPOSED'", userId).stream()
                .findFirst();
    }

    List<String> of(Handle handle, String userId) {
        return ids(handle, "select id from revocations where user_id = :key order by id desc limit 100", userId);
    }

    private static List<String> ids(Handle handle, String sql, String key) {
        try (Query query = handle.createQuery(sql)) {
            return query.bind("key", key).mapTo(String.class).list();
        }
    }

    Optional<Revocation> find(Handle handle, String id, List<Turn> turns) {
        try (Query query = handle.createQuery("select * from revocations where id = :id")) {
            return query.bind("id", id)
                    .map((row, context) -> new Revocation(
                            id,
                            row.getString("user_id"),
                            UserStore.moment(row, "opened").orElseThrow(),
                            Revocation.State.valueOf(row.getString("state")),
                            turns))
                    .findOne();
        }
    }
}
