package dev.cinnabar.server.tampering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of released media and of tamper cases. */
final class TamperStore {
    private static final String ONE = " where file = :file and outcome = :outcome and content = :content";

    void released(Handle handle, byte[] digest, String content, Instant at) {
        handle.createUpdate(
                        "insert into released_media (digest, content, at) values (:digest, :content, :at) on conflict do nothing")
                .bind("digest", digest)
                .bind("content", content)
                .bind("at", utc(at))
                .execute();
    }

    /** The contents whose files have these media, the newest first. */
    List<String> contents(Handle handle, byte[] digest) {
        return handle.createQuery("select content from released_media where digest = :digest order by at desc limit 20")
                .bind("digest", digest)
                .mapTo(String.class)
                .list();
    }

    int forget(Handle handle, Instant before) {
        return handle.createUpdate("delete from released_media where at < :before")
                .bind("before", utc(before))
                .execute();
    }

    /** Counts a file that was met before with the same finding; gives its case. */
    Optional<String> seenAgain(Handle handle, TamperCase met) {
        return handle.createQuery("update tamper_cases set seen = seen + 1, last_seen = :at" + ONE + " returning id")
                .bind("at", utc(met.made()))
                .bind("file", met.file())
                .bind("outcome", met.outcome().name())
                .bind("content", met.content())
                .mapTo(String.class)
                .findOne();
    }

    /** Puts in a new case; false where another did in the meantime. */
    boolean insert(Handle handle, TamperCase made) {
        return handle.createUpdate("""
                        insert into tamper_cases (id, file, outcome, state, content, format, bytes, found, evidence, source, made, last_seen)
                        values (:id, :file, :outcome, :state, :content, :format, :bytes, :found, :evidence, :source, :made, :made)
                        on conflict (file, outcome, content) do nothing""")
                        .bind("id", made.id())
                        .bind("file", made.file())
                        .bind("outcome", made.outcome().name())
                        .bind("state", made.state().name())
                        .bind("content", made.content())
                        .bind("format", made.format())
                        .bind("bytes", made.bytes())
                        .bind("found", made.found())
                        .bind("evidence", made.evidence())
                        .bind("source", made.source().name())
                        .bind("made", utc(made.made()))
                        .execute()
                == 1;
    }

    int madeSince(Handle handle, Examiner.Source source, Instant since) {
        return handle.createQuery("select count(*) from tamper_cases where source = :source and made > :since")
                .bind("source", source.name())
                .bind("since", utc(since))
                .mapTo(Integer.class)
                .one();
    }

    void state(Handle handle, String id, TamperCase.State state) {
        handle.createUpdate("update tamper_cases set state = :state where id = :id")
                .bind("state", state.name())
                .bind("id", id)
                .execute();
    }

    Optional<TamperCase> lock(Handle handle, String id) {
        return handle.createQuery("select * from tamper_cases where id = :id for update")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Open cases first, then the others, the newest of each first. */
    List<TamperCase> list(Handle handle, int most) {
        return handle.createQuery(
                        "select * from tamper_cases order by (state <> 'OPEN'), made desc, id desc limit :most")
                .bind("most", most)
                .map((row, context) -> read(row))
                .list();
    }

    /** How far the release index read the traffic log. */
    Optional<Long> position(Handle handle) {
        return handle.createQuery("select next from log_positions where name = 'releases'")
                .mapTo(Long.class)
                .findOne();
    }

    void position(Handle handle, long next) {
        handle.createUpdate(
                        "insert into log_positions (name, next, open_low) values ('releases', :next, :next) on conflict (name) do update set next = excluded.next, open_low = excluded.next")
                .bind("next", next)
                .execute();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static TamperCase read(ResultSet row) throws SQLException {
        return new TamperCase(
                row.getString("id"),
                Tampered.valueOf(row.getString("outcome")),
                TamperCase.State.valueOf(row.getString("state")),
                row.getString("file"),
                row.getString("content"),
                row.getString("format"),
                row.getLong("bytes"),
                row.getString("found"),
                row.getString("evidence"),
                Examiner.Source.valueOf(row.getString("source")),
                row.getObject("made", OffsetDateTime.class).toInstant(),
                row.getInt("seen"),
                row.getObject("last_seen", OffsetDateTime.class).toInstant());
    }
}
