package dev.cinnabar.server.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The tables of users and of what binds them. */
final class UserStore {
    /** Adds a user; false where the name is taken. */
    boolean insert(Handle handle, Account user) {
        return handle.createUpdate("""
                        insert into users (id, app_id, external_id, kind, minor, pseudonym, registered, identity)
                        values (:id, :app, :external, :kind, :minor, :pseudonym, :registered, :identity)
                        on conflict (app_id, external_id) where external_id is not null do nothing""")
                        .bind("id", user.id())
                        .bind("app", user.appId())
                        .bind("external", text(user.externalId()))
                        .bind("kind", user.kind().name())
                        .bind("minor", user.minor())
                        .bind("pseudonym", text(user.pseudonym()))
                        .bind("registered", time(user.registered()))
                        .bind("identity", user.stored().name())
                        .execute()
                == 1;
    }

    Optional<Account> byName(Handle handle, Name name) {
        return named(handle, "select * from users where app_id = :app and external_id = :external", name);
    }

    /** The user, locked until the transaction ends: whoever changes a user comes one after the other. */
    Optional<Account> lock(Handle handle, Name name) {
        return named(handle, "select * from users where app_id = :app and external_id = :external for update", name);
    }

    Optional<Account> byId(Handle handle, String id) {
        return identified(handle, "select * from users where id = :id", id);
    }

    Optional<Account> lock(Handle handle, String id) {
        return identified(handle, "select * from users where id = :id for update", id);
    }

    private static Optional<Account> named(Handle handle, String sql, Name name) {
        try (Query query = handle.createQuery(sql)) {
            return query.bind("app", name.appId())
                    .bind("external", name.externalId())
                    .map((row, context) -> account(row))
                    .findOne();
        }
    }

    private static Optional<Account> identified(Handle handle, String sql, String id) {
        try (Query query = handle.createQuery(sql)) {
            return query.bind("id", id).map((row, context) -> account(row)).findOne();
        }
    }

    /** Writes what an authentication changes. */
    void update(Handle handle, Account user) {
        handle.createUpdate("""
                        update users set minor = :minor, minor_by_number = :minorByNumber, identity = :identity, fails = :fails,
                            locked_until = :locked, pending_until = :pending, method = :method, masked = :masked, verifier = :verifier,
                            assurance = :assurance, verified = :verified, recheck = :recheck, lapse = :lapse, revoked = :revoked
                        where id = :id""")
                .bind("minor", user.minor())
                .bind("minorByNumber", user.minorByNumber())
                .bind("identity", user.stored().name())
                .bind("fails", user.fails())
                .bind("locked", time(user.lockedUntil()))
                .bind("pending", time(user.pendingUntil()))
                .bind("method", text(user.method().map(Method::name)))
                .bind("masked", text(user.masked()))
                .bind("verifier", text(user.verifier()))
                .bind("assurance", text(user.assurance().map(Assurance::name)))
                .bind("verified", time(user.verified()))
                .bind("recheck", time(user.recheck()))
                .bind("lapse", time(user.lapse()))
                .bind("revoked", time(user.revoked()))
                .bind("id", user.id())
                .execute();
    }

    /** Takes over the digest of the number that an attempt carried; an attempt without one takes the old digest away. */
    void takeDigest(Handle handle, String userId, String attempt) {
        handle.execute(
                "update users set number_digest = (select number_digest from verifications where id = ?) where id = ?",
                attempt,
                userId);
    }

    /** Destroys the personal fields and the ties; what stays says only that somebody was once authenticated, how and when. */
    void erase(Handle handle, String userId, Instant now) {
        handle.execute(
                "update users set external_id = null, pseudonym = null, masked = null, number_digest = null, minor = false,"
                        + " minor_by_number = false, fails = 0, locked_until = null, pending_until = null, recheck = null, lapse = null,"
                        + " identity = 'UNVERIFIED', erased = ? where id = ?",
                time(now),
                userId);
        handle.execute(
                "update verifications set evidence = null, masked = null, number_digest = null, minor_by_number = null,"
                        + " result = case result when 'PENDING' then 'FORGOTTEN' else result end where user_id = ?",
                userId);
    }

    /** The ids of users for whom a moment has passed that is not recorded yet. */
    List<String> overdue(Handle handle, Instant now, int most) {
        try (Query query = handle.createQuery("""
                select id from users where (identity = 'PENDING' and pending_until <= :now)
                    or (identity = 'LOCKED' and locked_until <= :now)
                    or (identity = 'VERIFIED' and recheck <= :now)
                    or (identity = 'RECHECK_DUE' and lapse <= :now) limit :most""")) {
            return query.bind("now", time(now))
                    .bind("most", most)
                    .mapTo(String.class)
                    .list();
        }
    }

    /** Users of one application or of all whose name begins so, newest first, after this id. */
    List<Account> list(Handle handle, Search search, int most) {
        try (Query query = handle.createQuery("""
                select * from users where (:app = '' or app_id = :app) and (:state = '' or identity = :state)
                    and (:name = '' or id = :name or starts_with(external_id, :name)) and (:after = '' or id < :after)
                order by id desc limit :most""")) {
            return query.bind("app", search.appId())
                    .bind("state", search.state().map(Identity::name).orElse(""))
                    .bind("name", search.name())
                    .bind("after", search.after())
                    .bind("most", most)
                    .map((row, context) -> account(row))
                    .list();
        }
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("app_id"),
                Optional.ofNullable(row.getString("external_id")),
                User.Kind.valueOf(row.getString("kind")),
                row.getBoolean("minor"),
                row.getBoolean("minor_by_number"),
                Optional.ofNullable(row.getString("pseudonym")),
                moment(row, "registered").orElseThrow(),
                Identity.valueOf(row.getString("identity")),
                row.getInt("fails"),
                moment(row, "locked_until"),
                moment(row, "pending_until"),
                Optional.ofNullable(row.getString("method")).map(Method::valueOf),
                Optional.ofNullable(row.getString("masked")),
                Optional.ofNullable(row.getString("verifier")),
                Optional.ofNullable(row.getString("assurance")).map(Assurance::valueOf),
                moment(row, "verified"),
                moment(row, "recheck"),
                moment(row, "lapse"),
                moment(row, "revoked"),
                moment(row, "erased"));
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime time(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime time(Optional<Instant> moment) {
        return moment.map(UserStore::time).orElse(null);
    }

    static @Nullable String text(Optional<String> text) {
        return text.orElse(null);
    }
}
