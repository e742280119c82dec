package dev.cinnabar.server.features;

import dev.cinnabar.review.Feature;
import dev.cinnabar.review.FeatureCsv;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.store.Outbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes proposals down as candidates, one by one or a file at once. */
final class Intake {
    /** More features than these do not come in one file. */
    static final int MOST = 100_000;

    private final Machine<Entry.State> machine;
    private final CaseStore cases;
    private final FeatureStore store;
    private final Desk desk;
    private final Outbox outbox;
    private final Ulid ids;

    Intake(Machine<Entry.State> machine, CaseStore cases, FeatureStore store, Desk desk, Outbox outbox, Ulid ids) {
        this.machine = machine;
        this.cases = cases;
        this.store = store;
        this.desk = desk;
        this.outbox = outbox;
        this.ids = ids;
    }

    Outcome<Entry> propose(Handle handle, Actor actor, Proposal proposal, String reason, Instant now) {
        Optional<Refused> form = FeatureRules.form(proposal);
        if (form.isPresent()) {
            return Outcome.not(form.get());
        }
        String id = proposal.id().orElseGet(() -> "kw-" + ids.next().toLowerCase(Locale.ROOT));
        List<Entry> before = store.versions(handle, List.of(id)).getOrDefault(id, List.of());
        Optional<Refused> no = maySucceed(before, id, proposal);
        if (no.isPresent()) {
            return Outcome.not(no.get());
        }
        Entry draft = entry(id, before.size() + 1, proposal, actor, now, "");
        Entry entry = tried(List.of(draft)).getFirst();
        return cases.open(handle, machine, entry.caseId(), "propose", actor, reason)
                .then(turn -> {
                    store.insert(handle, List.of(entry));
                    outbox.add(
                            handle,
                            "feature.proposed",
                            actor,
                            entry.caseId(),
                            Map.of(
                                    "risk",
                                    proposal.risk().code(),
                                    "action",
                                    proposal.action().word(),
                                    "reason",
                                    turn.reason()));
                    return Outcome.done(entry);
                });
    }

    /** A file: good rows become candidates, the others are told why not. */
    Outcome<Features.Imported> file(
            Handle handle, Actor actor, FeatureCsv.Parsed parsed, Proposal.Papers papers, String reason, Instant now) {
        if (parsed.features().size() > MOST) {
            return Outcome.not(FeatureRules.tooMany(MOST));
        }
        String batch = ids.next();
        List<Features.Skipped> skipped = new ArrayList<>();
        List<Entry> fresh = tried(sifted(handle, actor, parsed.features(), papers, now, batch, skipped));
        List<String> caseIds = fresh.stream().map(Entry::caseId).toList();
        return cases.openAll(handle, machine, caseIds, "propose", actor, reason).then(opened -> {
            store.insert(handle, fresh);
            if (opened > 0) {
                outbox.add(
                        handle,
                        "features.imported",
                        actor,
                        batch,
                        Map.of("count", opened.toString(), "entries", Steps.digest(caseIds), "reason", reason.strip()));
            }
            int revised =
                    (int) fresh.stream().filter(entry -> entry.version() > 1).count();
            return Outcome.done(new Features.Imported(
                    batch, fresh.size() - revised, revised, List.copyOf(skipped), parsed.errors()));
        });
    }

    private List<Entry> sifted(
            Handle handle,
            Actor actor,
            List<Feature> features,
            Proposal.Papers papers,
            Instant now,
            String batch,
            List<Features.Skipped> skipped) {
        Map<String, List<Entry>> known =
                store.versions(handle, features.stream().map(Feature::id).toList());
        Map<String, Set<String>> twins = new HashMap<>(
                store.twins(handle, features.stream().map(Feature::pattern).toList()));
        List<Entry> fresh = new ArrayList<>();
        for (Feature feature : features) {
            Proposal proposal = Proposal.of(feature, papers);
            List<Entry> before = known.getOrDefault(feature.id(), List.of());
            Set<String> looking = twins.computeIfAbsent(FeatureStore.lookingFor(proposal), key -> new HashSet<>());
            Optional<Refused> no = FeatureRules.form(proposal)
                    .or(() -> maySucceed(before, feature.id(), proposal))
                    .or(() -> looking.stream()
                            .filter(id -> !id.equals(feature.id()))
                            .findFirst()
                            .map(FeatureRules::twin));
            if (no.isPresent()) {
                skipped.add(new Features.Skipped(feature.id(), feature.pattern(), no.get()));
            } else {
                looking.add(feature.id());
                fresh.add(entry(feature.id(), before.size() + 1, proposal, actor, now, batch));
            }
        }
        return fresh;
    }

    private static Optional<Refused> maySucceed(List<Entry> before, String id, Proposal proposal) {
        for (Entry entry : before) {
            switch (entry.state()) {
                case CANDIDATE, REVIEWED, SHADOW -> {
                    return Optional.of(FeatureRules.stillOpen(id));
                }
                case ACTIVE -> {
                    if (entry.content().same(proposal)) {
                        return Optional.of(FeatureRules.unchanged(id));
                    }
                }
                case RETIRED, REJECTED -> {}
            }
        }
        return Optional.empty();
    }

    private List<Entry> tried(List<Entry> drafts) {
        List<Entry.Trial> trials =
                desk.trials(drafts.stream().map(Entry::feature).toList());
        List<Entry> entries = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            entries.add(drafts.get(i).with(trials.get(i)));
        }
        return entries;
    }

    private static Entry entry(String id, int version, Proposal proposal, Actor actor, Instant now, String batch) {
        return new Entry(
                id, version, proposal, Entry.State.CANDIDATE, actor.id(), now, batch, new Entry.Trial("", 0, 0));
    }
}
