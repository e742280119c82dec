package dev.cinnabar.server.cases;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/**
 * The histories of all cases: rows are added, never changed. Two actors who race for the same turn cannot both have it, since a case's turns are numbered and
 * a number is given once.
 *
 * <p>Take the turn first in a transaction and write what it means after: when the outcome is {@code Not}, nothing was written and the transaction is still good.
 */
public final class CaseStore {
    private static final String INSERT = """
            insert into case_turns (kind, case_id, seq, from_state, name, to_state, actor, roles, reason, at, rules)
            values (:kind, :id, :seq, :from, :name, :to, :actor, :roles, :reason, :at, :rules)""";

    private final InstantSource clock;

    public CaseStore(InstantSource clock) {
        this.clock = clock;
    }

    /** Opens a case by its opening step. */
    public <S extends Enum<S>> Outcome<Turn> open(
            Handle handle, Machine<S> machine, String id, String name, Actor actor, String reason) {
        return machine.open(name, actor, reason).then(step -> {
            Turn turn = turn(machine, id, 1, "", step, actor, reason);
            return written(handle, turn)
                    ? Outcome.done(turn)
                    : Outcome.not(Refusals.raced(machine.article(), machine.kind(), id));
        });
    }

    /**
     * Opens many cases by the same step in a few round trips.
     *
     * @param ids new ids; one that was used before fails the transaction
     * @return how many were opened: all of them
     */
    public <S extends Enum<S>> Outcome<Integer> openAll(
            Handle handle, Machine<S> machine, Collection<String> ids, String name, Actor actor, String reason) {
        return machine.open(name, actor, reason).then(step -> {
            try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
                for (String id : ids) {
                    bind(batch, turn(machine, id, 1, "", step, actor, reason)).add();
                    if (batch.size() >= 2_000) {
                        batch.execute();
                    }
                }
                if (batch.size() > 0) {
                    batch.execute();
                }
            }
            return Outcome.done(ids.size());
        });
    }

    /** Takes the next step of a case as it stands now. */
    public <S extends Enum<S>> Outcome<Turn> take(
            Handle handle, Machine<S> machine, String id, String name, Actor actor, String reason) {
        Optional<Case<S>> found = find(handle, machine, id);
        return found.isEmpty()
                ? Outcome.not(Refusals.noCase(machine.article(), machine.kind(), id))
                : take(handle, machine, found.get(), name, actor, reason);
    }

    /** Takes the next step of a case as the caller saw it: refused when anybody acted on it since. */
    public <S extends Enum<S>> Outcome<Turn> take(
            Handle handle, Machine<S> machine, Case<S> seen, String name, Actor actor, String reason) {
        return machine.step(seen, name, actor, reason).then(step -> {
            int seq = seen.turns().getLast().seq() + 1;
            Turn turn = turn(machine, seen.id(), seq, seen.state().name(), step, actor, reason);
            return written(handle, turn)
                    ? Outcome.done(turn)
                    : Outcome.not(Refusals.raced(machine.article(), machine.kind(), seen.id()));
        });
    }

    /**
     * Takes the same step of many cases as the caller saw them, in one round trip. The guards of each must have been asked before ({@link Machine#step}).
     *
     * @return the ids of the cases whose step was taken; the others were acted on by somebody else since
     */
    public <S extends Enum<S>> Set<String> takeAll(
            Handle handle, Machine<S> machine, Collection<Case<S>> seen, Step<S> step, Actor actor, String reason) {
        List<Turn> turns = new ArrayList<>();
        for (Case<S> one : seen) {
            int seq = one.turns().getLast().seq() + 1;
            turns.add(turn(machine, one.id(), seq, one.state().name(), step, actor, reason));
        }
        if (turns.isEmpty()) {
            return Set.of();
        }
        Turn any = turns.getFirst();
        return handle.createQuery("""
                        insert into case_turns (kind, case_id, seq, from_state, name, to_state, actor, roles, reason, at, rules)
                        select :kind, ids.id, ids.seq, ids.from_state, :name, :to, :actor, :roles, :reason, :at, :rules
                        from unnest(:ids::text[], :seqs::int[], :froms::text[]) as ids (id, seq, from_state) order by ids.id
                        on conflict (kind, case_id, seq) do nothing returning case_id""")
                .bindArray("ids", String.class, turns.stream().map(Turn::id).toList())
                .bindArray("seqs", Integer.class, turns.stream().map(Turn::seq).toList())
                .bindArray("froms", String.class, turns.stream().map(Turn::from).toList())
                .bind("kind", any.kind())
                .bind("name", any.name())
                .bind("to", any.to())
                .bind("actor", any.actor())
                .bind("roles", any.roles())
                .bind("reason", any.reason())
                .bind("at", OffsetDateTime.ofInstant(any.at(), ZoneOffset.UTC))
                .bind("rules", any.rules())
                .mapTo(String.class)
                .set();
    }

    /** The cases of these ids, those that there are. */
    public <S extends Enum<S>> Map<String, Case<S>> findAll(Handle handle, Machine<S> machine, Collection<String> ids) {
        Map<String, List<Turn>> turns = new LinkedHashMap<>();
        handle.createQuery("select * from case_turns where kind = :kind and case_id = any(:ids) order by case_id, seq")
                .bind("kind", machine.kind())
                .bindArray("ids", String.class, ids)
                .map((row, context) -> read(row))
                .forEach(turn -> turns.computeIfAbsent(turn.id(), id -> new ArrayList<>())
                        .add(turn));
        Map<String, Case<S>> cases = new LinkedHashMap<>();
        turns.forEach((id, all) -> machine.resume(id, all).ifPresent(one -> cases.put(id, one)));
        return cases;
    }

    /** The case, or empty where none has this id. */
    public <S extends Enum<S>> Optional<Case<S>> find(Handle handle, Machine<S> machine, String id) {
        return machine.resume(id, history(handle, machine.kind(), id));
    }

    /** Everything that happened to a case, oldest first. */
    public List<Turn> history(Handle handle, String kind, String id) {
        return handle.createQuery("select * from case_turns where kind = :kind and case_id = :id order by seq")
                .bind("kind", kind)
                .bind("id", id)
                .map((row, context) -> read(row))
                .list();
    }

    private <S extends Enum<S>> Turn turn(
            Machine<S> machine, String id, int seq, String from, Step<S> step, Actor actor, String reason) {
        return new Turn(
                machine.kind(),
                id,
                seq,
                from,
                step.name(),
                step.to().name(),
                actor.id(),
                machine.acting(step, actor),
                reason.strip(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                machine.rules());
    }

    private static boolean written(Handle handle, Turn turn) {
        // A racer waits here for the other's commit and then writes no row; the transaction stays usable.
        try (Update insert = handle.createUpdate(INSERT + " on conflict (kind, case_id, seq) do nothing")) {
            return bind(insert, turn).execute() == 1;
        }
    }

    private static <T extends SqlStatement<T>> T bind(T statement, Turn turn) {
        return statement
                .bind("kind", turn.kind())
                .bind("id", turn.id())
                .bind("seq", turn.seq())
                .bind("from", turn.from())
                .bind("name", turn.name())
                .bind("to", turn.to())
                .bind("actor", turn.actor())
                .bind("roles", turn.roles())
                .bind("reason", turn.reason())
                .bind("at", OffsetDateTime.ofInstant(turn.at(), ZoneOffset.UTC))
                .bind("rules", turn.rules());
    }

    private static Turn read(ResultSet row) throws SQLException {
        Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
        return new Turn(
                row.getString("kind"),
                row.getString("case_id"),
                row.getInt("seq"),
                row.getString("from_state"),
                row.getString("name"),
                row.getString("to_state"),
                row.getString("actor"),
                row.getString("roles"),
                row.getString("reason"),
                at,
                row.getString("rules"));
    }
}
