package dev.cinnabar.server.apps;

import dev.cinnabar.server.law.Lang;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The SQL of applications and keys. */
final class AppStore {
    /** A key as memory holds it, with the application that it opens. */
    record Row(App app, Key key, Secret.Digest digest) {}

    boolean insert(Handle handle, App app) {
        return handle.createUpdate("""
                        insert into apps (id, name, explicit, evidence, lang, bound_user, producer, created_at, created_by, revision)
                        values (:id, :name, :explicit, :evidence, :lang, :user, :producer, :created, :by, :revision)
                        on conflict (name) do nothing""")
                        .bind("id", app.id())
                        .bind("name", app.name())
                        .bind("explicit", app.explicit().name())
                        .bind("evidence", app.evidence())
                        .bind("lang", app.lang().name())
                        .bind("user", app.boundUser())
                        .bind("producer", app.producer())
                        .bind("created", utc(app.created()))
                        .bind("by", app.createdBy())
                        .bind("revision", app.revision())
                        .execute()
                == 1;
    }

    /** Writes the draft over the revision that was seen; false when somebody else was faster. */
    boolean change(Handle handle, String id, int seen, App.Draft draft) {
        return handle.createUpdate("""
                        update apps set name = :name, explicit = :explicit, evidence = :evidence, lang = :lang,
                            bound_user = :user, producer = :producer, revision = revision + 1
                        where id = :id and revision = :seen""")
                        .bind("id", id)
                        .bind("seen", seen)
                        .bind("name", draft.name())
                        .bind("explicit", draft.explicit().name())
                        .bind("evidence", draft.evidence())
                        .bind("lang", draft.lang().name())
                        .bind("user", draft.boundUser())
                        .bind("producer", draft.producer())
                        .execute()
                == 1;
    }

    /** Lets one transaction at a time give names, so that a name that is free stays free until the commit. */
    void lockNames(Handle handle) {
        handle.execute("lock table apps in share row exclusive mode");
    }

    /** Whether another application has the name. */
    boolean named(Handle handle, String name, String except) {
        return handle.createQuery("select exists (select 1 from apps where name = :name and id <> :except)")
                .bind("name", name)
                .bind("except", except)
                .mapTo(Boolean.class)
                .one();
    }

    List<App> apps(Handle handle) {
        return handle.createQuery("select * from apps order by created_at, id")
                .map((row, context) -> app(row, ""))
                .list();
    }

    Optional<App> app(Handle handle, String id) {
        return handle.createQuery("select * from apps where id = :id")
                .bind("id", id)
                .map((row, context) -> app(row, ""))
                .findOne();
    }

    /** Writes a key; false when the key that it replaces was already replaced. */
    boolean insert(Handle handle, Key key, Secret.Digest digest) {
        return handle.createUpdate("""
                        insert into api_keys (id, app_id, hash, hint, scopes, per_minute, per_day, expires_at, created_at, created_by, replaces)
                        values (:id, :app, :hash, :hint, :scopes, :minute, :day, :expires, :created, :by, :replaces)
                        on conflict (replaces) do nothing""")
                        .bind("id", key.id())
                        .bind("app", key.appId())
                        .bind("hash", digest.bytes())
                        .bind("hint", key.hint())
                        .bind("scopes", words(key.grant().scopes()))
                        .bind("minute", key.grant().perMinute())
                        .bind("day", key.grant().perDay())
                        .bind("expires", key.grant().expires().map(AppStore::utc))
                        .bind("created", utc(key.created()))
                        .bind("by", key.createdBy())
                        .bind("replaces", key.replaces())
                        .execute()
                == 1;
    }

    void end(Handle handle, String keyId, Instant at) {
        handle.createUpdate("update api_keys set ends_at = :at where id = :id")
                .bind("id", keyId)
                .bind("at", utc(at))
                .execute();
    }

    /** Revokes a key; false when it was revoked before. */
    boolean revoke(Handle handle, String keyId, Key.Revoked revoked) {
        return handle.createUpdate("""
                        update api_keys set revoked_at = :at, revoked_by = :by, revoke_reason = :reason
                        where id = :id and revoked_at is null""")
                        .bind("id", keyId)
                        .bind("at", utc(revoked.at()))
                        .bind("by", revoked.by())
                        .bind("reason", revoked.reason())
                        .execute()
                == 1;
    }

    List<Key> keys(Handle handle, String appId) {
        return handle.createQuery("select * from api_keys where app_id = :app order by created_at desc, id desc")
                .bind("app", appId)
                .map((row, context) -> key(row))
                .list();
    }

    /** A key, locked until the transaction ends. */
    Optional<Key> lock(Handle handle, String keyId) {
        return handle.createQuery("select * from api_keys where id = :id for update")
                .bind("id", keyId)
                .map((row, context) -> key(row))
                .findOne();
    }

    /** The keys that are not revoked, of these applications or of all. */
    List<Row> live(Handle handle, Collection<String> appIds) {
        String which = appIds.isEmpty() ? "" : " and a.id = any(:apps)";
        var query = handle.createQuery("""
                select k.*, a.id as app_id_, a.name as app_name, a.explicit as app_explicit, a.evidence as app_evidence, a.lang as app_lang,
                    a.bound_user as app_bound_user, a.producer as app_producer, a.created_at as app_created_at,
                    a.created_by as app_created_by, a.revision as app_revision
                from api_keys k join apps a on a.id = k.app_id where k.revoked_at is null""" + which);
        if (!appIds.isEmpty()) {
            query.bindArray("apps", String.class, appIds);
        }
        return query.map((row, context) -> new Row(app(row, "app_"), key(row), new Secret.Digest(row.getBytes("hash"))))
                .list();
    }

    void used(Handle handle, Map<String, LocalDate> days) {
        try (PreparedBatch batch =
                handle.prepareBatch("update api_keys set last_used = greatest(last_used, :day) where id = :id")) {
            days.forEach((id, day) -> batch.bind("id", id).bind("day", day).add());
            batch.execute();
        }
    }

    private static App app(ResultSet row, String prefix) throws SQLException {
        return new App(
                row.getString(prefix.isEmpty() ? "id" : prefix + "id_"),
                row.getString(prefix + "name"),
                Caller.Explicit.valueOf(row.getString(prefix + "explicit")),
                row.getString(prefix + "evidence"),
                Lang.valueOf(row.getString(prefix + "lang")),
                Optional.ofNullable(row.getString(prefix + "bound_user")),
                Optional.ofNullable(row.getString(prefix + "producer")),
                row.getObject(prefix + "created_at", OffsetDateTime.class).toInstant(),
                row.getString(prefix + "created_by"),
                row.getInt(prefix + "revision"));
    }

    private static Key key(ResultSet row) throws SQLException {
        Optional<Key.Revoked> revoked = instant(row, "revoked_at").isEmpty()
                ? Optional.empty()
                : Optional.of(new Key.Revoked(
                        instant(row, "revoked_at").orElseThrow(),
                        row.getString("revoked_by"),
                        row.getString("revoke_reason")));
        return new Key(
                row.getString("id"),
                row.getString("app_id"),
                row.getString("hint"),
                grant(row),
                instant(row, "created_at").orElseThrow(),
                row.getString("created_by"),
                instant(row, "ends_at"),
                Optional.ofNullable(row.getString("replaces")),
                revoked,
                Optional.ofNullable(row.getObject("last_used", LocalDate.class)));
    }

    private static Key.Grant grant(ResultSet row) throws SQLException {
        int minute = row.getInt("per_minute");
        OptionalInt perMinute = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(minute);
        long day = row.getLong("per_day");
        OptionalLong perDay = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(day);
        Set<Scope> scopes = Arrays.stream(row.getString("scopes").split(","))
                .map(Scope::valueOf)
                .collect(Collectors.toSet());
        return new Key.Grant(scopes, perMinute, perDay, instant(row, "expires_at"));
    }

    private static String words(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::name).collect(Collectors.joining(","));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
