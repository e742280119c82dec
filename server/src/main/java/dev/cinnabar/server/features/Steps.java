package dev.cinnabar.server.features;

import dev.cinnabar.server.cases.Case;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Step;
import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Outbox;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Moves versions of features from state to state, and the live library with them. */
final class Steps {
    /** The steps that people make here; the others have a way of their own. */
    static final Set<String> BY_HAND = Set.of("review", "reject", "shadow", "activate", "retire");

    private final Machine<Entry.State> machine;
    private final CaseStore cases;
    private final FeatureStore store;
    private final Desk desk;
    private final Changes changes;
    private final Outbox outbox;

    Steps(
            Machine<Entry.State> machine,
            CaseStore cases,
            FeatureStore store,
            Desk desk,
            Changes changes,
            Outbox outbox) {
        this.machine = machine;
        this.cases = cases;
        this.store = store;
        this.desk = desk;
        this.changes = changes;
        this.outbox = outbox;
    }

    /** One step of one version; run it through {@link Undone#or}. */
    Outcome<Entry> take(Handle handle, Actor actor, Entry entry, String name, String reason, Instant now) {
        Optional<Case<Entry.State>> seen = cases.find(handle, machine, entry.caseId());
        if (seen.isEmpty()) {
            return Outcome.not(FeatureRules.notFound(entry.id(), entry.version()));
        }
        return machine.step(seen.get(), name, actor, reason).then(step -> {
            Optional<Refused> no = meets(handle, entry, name, now);
            if (no.isPresent()) {
                return Outcome.not(no.get());
            }
            if (step.to() == Entry.State.ACTIVE && entry.state() != Entry.State.ACTIVE) {
                supersede(handle, actor, entry, now);
            }
            // What superseding wrote must not stay when somebody else was faster here.
            Turn turn = Undone.must(cases.take(handle, machine, seen.get(), name, actor, reason));
            return Outcome.done(moved(handle, actor, entry, turn));
        });
    }

    /** The same step of many versions: those that may make it do, the others are told why not. */
    Outcome<Features.Taken> takeAll(
            Handle handle, Actor actor, List<Entry> entries, String name, String reason, Instant now) {
        Map<Entry, Refused> left = new LinkedHashMap<>();
        Map<String, Case<Entry.State>> seen = cases.findAll(
                handle, machine, entries.stream().map(Entry::caseId).toList());
        List<Entry> ready = new ArrayList<>();
        Optional<Step<Entry.State>> step = Optional.empty();
        for (Entry entry : entries) {
            Case<Entry.State> one = seen.get(entry.caseId());
            if (one == null) {
                continue;
            }
            switch (machine.step(one, name, actor, reason)) {
                case Outcome.Done<Step<Entry.State>>(Step<Entry.State> may) -> {
                    step = Optional.of(may);
                    ready.add(entry);
                }
                case Outcome.Not<Step<Entry.State>>(Refused refused) -> left.put(entry, refused);
            }
        }
        if (step.isPresent()) {
            ready = meetingAll(handle, ready, name, now, left);
            ready = taken(handle, actor, ready, seen, step.get(), reason, now, left);
        }
        if (ready.isEmpty()) {
            return Outcome.not(left.values().stream().findFirst().orElseGet(() -> FeatureRules.nothingToDo(name)));
        }
        return Outcome.done(new Features.Taken(
                ready.size(),
                left.entrySet().stream()
                        .map(one -> new Features.Skipped(
                                one.getKey().caseId(), one.getKey().content().pattern(), one.getValue()))
                        .toList()));
    }

    private List<Entry> taken(
            Handle handle,
            Actor actor,
            List<Entry> ready,
            Map<String, Case<Entry.State>> seen,
            Step<Entry.State> step,
            String reason,
            Instant now,
            Map<Entry, Refused> left) {
        if (step.to() == Entry.State.ACTIVE) {
            ready.stream().filter(entry -> entry.version() > 1).forEach(entry -> supersede(handle, actor, entry, now));
        }
        List<Case<Entry.State>> standing = new ArrayList<>();
        ready.forEach(entry -> Optional.ofNullable(seen.get(entry.caseId())).ifPresent(standing::add));
        Set<String> won = cases.takeAll(handle, machine, standing, step, actor, reason);
        List<Entry> moved = List.copyOf(ready);
        moved.stream()
                .filter(entry -> !won.contains(entry.caseId()))
                .findFirst()
                .ifPresent(lost -> {
                    throw new Undone(FeatureRules.raced(lost.caseId()));
                });
        if (!moved.isEmpty()) {
            store.state(handle, moved, step.to());
            live(handle, moved, step.to(), now);
            List<String> caseIds = moved.stream().map(Entry::caseId).toList();
            outbox.add(
                    handle,
                    "features." + step.name(),
                    actor,
                    moved.getFirst().batch(),
                    Map.of(
                            "count", Integer.toString(moved.size()),
                            "left", Integer.toString(left.size()),
                            "entries", digest(caseIds),
                            "standard", desk.standard().version(),
                            "reason", reason.strip()));
        }
        return moved;
    }

    /** Moves the review date on. */
    Outcome<Entry> renew(Handle handle, Actor actor, Entry entry, Instant until, String reason, Instant now) {
        if (!until.isAfter(now)
                || until.isAfter(desk.standard().longest().from(now).at())) {
            return Outcome.not(FeatureRules.badDate(desk.standard().longest().length()));
        }
        return cases.take(handle, machine, entry.caseId(), "renew", actor, reason)
                .then(turn -> {
                    store.renew(handle, entry, until);
                    outbox.add(
                            handle,
                            "feature.renew",
                            actor,
                            entry.caseId(),
                            Map.of("until", until.toString(), "reason", turn.reason()));
                    return Outcome.done(
                            store.find(handle, entry.id(), entry.version()).orElseThrow());
                });
    }

    private Optional<Refused> meets(Handle handle, Entry entry, String name, Instant now) {
        Map<Entry, Refused> left = new LinkedHashMap<>();
        meetingAll(handle, List.of(entry), name, now, left);
        return Optional.ofNullable(left.get(entry));
    }

    private List<Entry> meetingAll(
            Handle handle, List<Entry> entries, String name, Instant now, Map<Entry, Refused> left) {
        return switch (name) {
            case "review" -> desk.holding(handle, entries, now, left);
            case "shadow", "activate" -> {
                List<Entry> good = new ArrayList<>();
                for (Entry entry : entries) {
                    if (entry.content().reviewBy().isAfter(now)) {
                        good.add(entry);
                    } else {
                        left.put(
                                entry,
                                FeatureRules.badDate(desk.standard().longest().length()));
                    }
                }
                yield good;
            }
            default -> entries;
        };
    }

    /** The version in force makes room for the one that takes its place, or the whole is undone. */
    private void supersede(Handle handle, Actor actor, Entry next, Instant now) {
        Optional<Entry> active = store.active(handle, next.id());
        if (active.isPresent()) {
            String reason = "version " + next.version() + " put in force by " + actor.id();
            Undone.must(take(handle, Actor.SYSTEM, active.get(), "supersede", reason, now));
        }
    }

    private Entry moved(Handle handle, Actor actor, Entry entry, Turn turn) {
        Entry.State to = Entry.State.valueOf(turn.to());
        store.state(handle, List.of(entry), to);
        live(handle, List.of(entry), to, turn.at());
        outbox.add(
                handle,
                "feature." + turn.name(),
                actor,
                entry.caseId(),
                Map.of("state", to.name(), "standard", desk.standard().version(), "reason", turn.reason()));
        return store.find(handle, entry.id(), entry.version()).orElseThrow();
    }

    private void live(Handle handle, List<Entry> entries, Entry.State to, Instant at) {
        List<Entry> touched = entries.stream()
                .filter(entry -> entry.state().live() || to.live())
                .toList();
        if (!touched.isEmpty()) {
            store.moved(handle, touched, to, at);
            touched.forEach(entry -> changes.bump(handle, "features", entry.id()));
        }
    }

    /** One hash over a list of case ids: a commitment to the list that fits in a log entry. */
    static String digest(Collection<String> caseIds) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            caseIds.stream().sorted().forEach(id -> sha.update((id + '\n').getBytes(StandardCharsets.UTF_8)));
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
