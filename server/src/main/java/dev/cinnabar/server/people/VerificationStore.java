package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The table of attempts to authenticate. */
final class VerificationStore {
    /** What of the number may be kept with an attempt: its masked form, its keyed digest, and whether the date in it says that the person is a minor. */
    record Trace(String masked, byte[] digest, Optional<Boolean> minor) {}

    void insert(Handle handle, Verification attempt, Optional<Trace> trace) {
        try (Update insert = handle.createUpdate("""
                insert into verifications (id, user_id, method, verifier, assurance, evidence, at, masked, number_digest,
                    minor_by_number, recorded, result)
                values (:id, :user, :method, :verifier, :assurance, :evidence, :at, :masked, :digest, :minor, :recorded, :result)
                """)) {
            insert.bind("id", attempt.id())
                    .bind("user", attempt.userId())
                    .bind("method", attempt.method().name())
                    .bind("verifier", attempt.verifier())
                    .bind("assurance", attempt.assurance().name())
                    .bind("evidence", attempt.evidence().orElse(""))
                    .bind("at", UserStore.time(attempt.at()))
                    .bind("masked", UserStore.text(trace.map(Trace::masked)))
                    .bind("digest", trace.map(Trace::digest).orElse(null))
                    .bind("minor", trace.flatMap(Trace::minor).orElse(null))
                    .bind("recorded", UserStore.time(attempt.recorded()))
                    .bind("result", attempt.result().name())
                    .execute();
        }
    }

    Optional<Verification> find(Handle handle, String id) {
        try (Query query = handle.createQuery("select * from verifications where id = :id")) {
            return query.bind("id", id).map((row, context) -> verification(row)).findOne();
        }
    }

    /** The same attempt, where it was sent before: so that sending it again changes nothing. */
    Optional<Verification> same(Handle handle, Verification attempt) {
        try (Query query = handle.createQuery("""
                select * from verifications where user_id = :user and verifier = :verifier and method = :method
                    and evidence = :evidence and at is not distinct from :at and result in ('PENDING', 'PASSED')
                order by id desc limit 1""")) {
            return query.bind("user", attempt.userId())
                    .bind("verifier", attempt.verifier())
                    .bind("method", attempt.method().name())
                    .bind("evidence", attempt.evidence().orElse(""))
                    .bind("at", UserStore.time(attempt.at()))
                    .map((row, context) -> verification(row))
                    .findOne();
        }
    }

    List<Verification> of(Handle handle, String userId) {
        try (Query query =
                handle.createQuery("select * from verifications where user_id = :user order by id desc limit 200")) {
            return query.bind("user", userId)
                    .map((row, context) -> verification(row))
                    .list();
        }
    }

    void decide(Handle handle, String id, Verification.Result result, Instant decided, Optional<Words> why) {
        handle.execute(
                "update verifications set result = ?, decided = ?, why_zh = ?, why_en = ? where id = ?",
                result.name(),
                UserStore.time(decided),
                UserStore.text(why.map(Words::zh)),
                UserStore.text(why.map(Words::en)),
                id);
    }

    /** Forgets what still waits of a user. */
    void forgetWaiting(Handle handle, String userId, Instant now, Words why) {
        handle.execute(
                "update verifications set result = 'FORGOTTEN', decided = ?, why_zh = ?, why_en = ?"
                        + " where user_id = ? and result = 'PENDING'",
                UserStore.time(now),
                why.zh(),
                why.en(),
                userId);
    }

    /**
     * How many other users of the application carry this number, authenticated by it or waiting to be. Whoever asks holds a lock on the number until the
     * transaction ends, so that two who ask at once count each other.
     */
    int others(Handle handle, String appId, String userId, byte[] digest) {
        handle.execute(
                "select pg_advisory_xact_lock(?)",
                java.nio.ByteBuffer.wrap(digest).getLong());
        try (Query query = handle.createQuery("""
                select count(*) from users u where u.app_id = :app and u.id <> :user and (u.number_digest = :digest
                    or u.id in (select v.user_id from verifications v where v.number_digest = :digest and v.result = 'PENDING'))
                """)) {
            return query.bind("app", appId)
                    .bind("user", userId)
                    .bind("digest", digest)
                    .mapTo(Integer.class)
                    .one();
        }
    }

    /** The masked number and what it says of age, as the attempt kept them. */
    Optional<Trace> trace(Handle handle, String id) {
        try (Query query = handle.createQuery(
                "select masked, number_digest, minor_by_number from verifications where id = :id and masked is not null")) {
            return query.bind("id", id)
                    .map((row, context) -> new Trace(
                            row.getString(1), row.getBytes(2), Optional.ofNullable(row.getObject(3, Boolean.class))))
                    .findOne();
        }
    }

    private static Verification verification(ResultSet row) throws SQLException {
        String zh = row.getString("why_zh");
        return new Verification(
                row.getString("id"),
                row.getString("user_id"),
                Method.valueOf(row.getString("method")),
                row.getString("verifier"),
                Assurance.valueOf(row.getString("assurance")),
                Optional.ofNullable(row.getString("evidence")),
                UserStore.moment(row, "at"),
                UserStore.moment(row, "recorded").orElseThrow(),
                Verification.Result.valueOf(row.getString("result")),
                UserStore.moment(row, "decided"),
                zh == null ? Optional.empty() : Optional.of(new Words(zh, row.getString("why_en"))));
    }
}
