package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The tables of documents and acceptances. */
final class AgreementStore {
    List<Document> documents(Handle handle) {
        try (Query query = handle.createQuery("select * from documents order by kind, version")) {
            return query.map((row, context) -> document(row)).list();
        }
    }

    /** Adds a version; false where that version exists. */
    boolean insert(Handle handle, Document document) {
        try (Update insert = handle.createUpdate("""
                insert into documents (kind, version, zh, en, hash, effective_from, template, published, publisher)
                values (:kind, :version, :zh, :en, :hash, :from, :template, :published, :publisher)
                on conflict do nothing""")) {
            return insert.bind("kind", document.kind().name())
                            .bind("version", document.version())
                            .bind("zh", document.text().zh())
                            .bind("en", document.text().en())
                            .bind("hash", document.hash())
                            .bind("from", UserStore.time(document.effectiveFrom()))
                            .bind("template", document.template())
                            .bind("published", UserStore.time(document.published()))
                            .bind("publisher", document.publisher())
                            .execute()
                    == 1;
        }
    }

    /** Adds an acceptance; false where the user accepted that version before. */
    boolean insert(Handle handle, Acceptance acceptance) {
        try (Update insert = handle.createUpdate("""
                insert into acceptances (id, user_id, kind, version, hash, accepted, recorded, channel)
                values (:id, :user, :kind, :version, :hash, :accepted, :recorded, :channel)
                on conflict (user_id, kind, version) do nothing""")) {
            return insert.bind("id", acceptance.id())
                            .bind("user", acceptance.userId())
                            .bind("kind", acceptance.kind().name())
                            .bind("version", acceptance.version())
                            .bind("hash", acceptance.hash())
                            .bind("accepted", UserStore.time(acceptance.accepted()))
                            .bind("recorded", UserStore.time(acceptance.recorded()))
                            .bind("channel", acceptance.channel())
                            .execute()
                    == 1;
        }
    }

    List<Acceptance> acceptances(Handle handle, String userId) {
        try (Query query =
                handle.createQuery("select * from acceptances where user_id = :user order by id desc limit 200")) {
            return query.bind("user", userId)
                    .map((row, context) -> acceptance(row))
                    .list();
        }
    }

    /** The newest version of each kind that the user accepted. */
    Map<Document.Kind, Integer> newest(Handle handle, String userId) {
        Map<Document.Kind, Integer> newest = new EnumMap<>(Document.Kind.class);
        try (Query query = handle.createQuery(
                "select kind, max(version) as version from acceptances where user_id = :user group by kind")) {
            query.bind("user", userId)
                    .map((row, context) ->
                            Map.entry(Document.Kind.valueOf(row.getString("kind")), row.getInt("version")))
                    .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
        }
        return newest;
    }

    Optional<Acceptance> acceptance(Handle handle, String userId, Document.Kind kind, int version) {
        try (Query query = handle.createQuery(
                "select * from acceptances where user_id = :user and kind = :kind and version = :version")) {
            return query.bind("user", userId)
                    .bind("kind", kind.name())
                    .bind("version", version)
                    .map((row, context) -> acceptance(row))
                    .findOne();
        }
    }

    private static Acceptance acceptance(ResultSet row) throws SQLException {
        return new Acceptance(
                row.getString("id"),
                row.getString("user_id"),
                Document.Kind.valueOf(row.getString("kind")),
                row.getInt("version"),
                row.getString("hash"),
                UserStore.moment(row, "accepted").orElseThrow(),
                UserStore.moment(row, "recorded").orElseThrow(),
                row.getString("channel"));
    }

    private static Document document(ResultSet row) throws SQLException {
        return new Document(
                Document.Kind.valueOf(row.getString("kind")),
                row.getInt("version"),
                new Words(row.getString("zh"), row.getString("en")),
                row.getString("hash"),
                UserStore.moment(row, "effective_from").orElseThrow(),
                row.getBoolean("template"),
                UserStore.moment(row, "published").orElseThrow(),
                row.getString("publisher"));
    }
}
