package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes attested verifications in bulk, row by row: each is applied whole or not at all, users that are not there yet are registered, and what was sent before
 * changes nothing, so that a broken import is simply sent again (Article 9).
 *
 * <p>Rows are committed some hundred at a time; when that fails they are tried one by one. Memory holds no more than those.
 */
@Article("9")
public final class AttestationImport {
    private static final Logger LOG = LoggerFactory.getLogger(AttestationImport.class);
    private static final int TOGETHER = 100;
    private static final int FAILURES_IN_A_ROW = 3;

    private final People people;
    private final Identities identities;
    private final Ground ground;

    AttestationImport(People people, Identities identities, Ground ground) {
        this.people = people;
        this.identities = identities;
        this.ground = ground;
    }

    /** How the rows are written. */
    public enum Format {
        /** A header that names the columns, then one row a line; cells may stand in double quotes. */
        CSV,
        /** One JSON object a line. */
        JSON_LINES
    }

    /** What came of a row. */
    public sealed interface Result {}

    /** It was recorded. */
    public record Recorded(String id, boolean registered) implements Result {}

    /** It was recorded before: nothing changed. */
    public record Unchanged(String id) implements Result {}

    /**
     * It is wrong; nothing of it was applied.
     *
     * @param id empty where it could not be read or must not be repeated
     */
    public record Wrong(Optional<String> id, Refused refused) implements Result {}

    /** It could not be recorded, through no fault of its own; nothing of it was applied. */
    public record Failed(String id) implements Result {}

    /** A body gives more than it may: what came before is kept, the row that was being read is not. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Takes the results, in the order of the rows; the first row is number 1, a header does not count. */
    public interface Results {
        void on(long row, Result result) throws IOException;
    }

    /**
     * What came of all rows.
     *
     * @param complete false where the import stopped: nothing could be recorded any more, or the body was too large
     */
    public record Summary(long rows, long recorded, long unchanged, long wrong, long failed, boolean complete) {}

    /** Reads the rows to their end, or until nothing can be recorded any more. */
    @Article("9")
    public Summary run(String appId, Format format, InputStream body, Actor actor, Results results) throws IOException {
        Run run = new Run(appId, actor, results);
        AttestationRows rows = new AttestationRows(format, body);
        List<AttestationLine> waiting = new ArrayList<>(TOGETHER);
        try {
            for (Optional<AttestationLine> next = rows.next(); next.isPresent() && !run.stopped(); next = rows.next()) {
                waiting.add(next.get());
                if (waiting.size() == TOGETHER) {
                    run.apply(waiting);
                    waiting.clear();
                }
            }
        } catch (TooMuch e) {
            run.cut();
        }
        if (!run.stopped()) {
            run.apply(waiting);
        }
        return run.summary();
    }

    /** One import under way. */
    private final class Run {
        private final String appId;
        private final Actor actor;
        private final Results results;
        private long rows;
        private long recorded;
        private long unchanged;
        private long wrong;
        private long failed;
        private int failuresInARow;
        private boolean cut;

        Run(String appId, Actor actor, Results results) {
            this.appId = appId;
            this.actor = actor;
            this.results = results;
        }

        boolean stopped() {
            return failuresInARow >= FAILURES_IN_A_ROW;
        }

        void cut() {
            cut = true;
        }

        void apply(List<AttestationLine> lines) throws IOException {
            if (lines.isEmpty()) {
                return;
            }
            List<Result> all;
            try {
                all = ground.database()
                        .inTransaction(handle ->
                                lines.stream().map(line -> one(handle, line)).toList());
            } catch (RuntimeException e) {
                LOG.warn("rows {} to {} of an import could not be recorded together", rows + 1, rows + lines.size(), e);
                oneByOne(lines);
                return;
            }
            for (Result result : all) {
                tell(result);
            }
        }

        private void oneByOne(List<AttestationLine> lines) throws IOException {
            for (AttestationLine line : lines) {
                if (stopped()) {
                    return;
                }
                tell(alone(line));
            }
        }

        private Result alone(AttestationLine line) {
            try {
                return ground.database().inTransaction(handle -> one(handle, line));
            } catch (RuntimeException e) {
                LOG.warn("row {} of an import could not be recorded", rows + 1, e);
                return new Failed(line instanceof AttestationRow row ? row.id() : "");
            }
        }

        private Result one(Handle handle, AttestationLine line) {
            return switch (line) {
                case AttestationLine.Unreadable(Optional<String> id, Refused refused) -> new Wrong(id, refused);
                case AttestationRow row -> applied(handle, row);
            };
        }

        private Result applied(Handle handle, AttestationRow row) {
            Outcome<Result> outcome = identities.formed(row.attempt()).then(formed -> {
                Optional<Refused> refused = beforeRegistering(handle, row, formed);
                return refused.isPresent() ? Outcome.not(refused.get()) : both(handle, row, formed);
            });
            return switch (outcome) {
                case Outcome.Done<Result>(Result result) -> result;
                case Outcome.Not<Result>(Refused refused) -> new Wrong(Optional.of(row.id()), refused);
            };
        }

        /** Whatever could refuse a user who is not there yet is asked first, so that nobody is registered by half a row. */
        private Optional<Refused> beforeRegistering(Handle handle, AttestationRow row, AttemptForm.Formed formed) {
            Name name = new Name(appId, row.id());
            return identities.known(handle, name)
                    ? Optional.empty()
                    : identities.guardNew(handle, name, row.kind().orElse(User.Kind.PERSON), formed);
        }

        private Outcome<Result> both(Handle handle, AttestationRow row, AttemptForm.Formed formed) {
            Name name = new Name(appId, row.id());
            return people.enter(handle, name, row.kind(), row.minor(), actor)
                    .then(entered -> identities
                            .here(handle, name, formed, actor)
                            .then(tried -> Outcome.done(
                                    tried.fresh() ? new Recorded(row.id(), entered) : new Unchanged(row.id()))));
        }

        private void tell(Result result) throws IOException {
            rows++;
            switch (result) {
                case Recorded done -> recorded++;
                case Unchanged same -> unchanged++;
                case Wrong bad -> wrong++;
                case Failed not -> failed++;
            }
            failuresInARow = result instanceof Failed ? failuresInARow + 1 : 0;
            results.on(rows, result);
        }

        Summary summary() {
            return new Summary(rows, recorded, unchanged, wrong, failed, !stopped() && !cut);
        }
    }
}
