package dev.cinnabar.server.features;

import dev.cinnabar.review.FeatureCsv;
import dev.cinnabar.review.Library;
import dev.cinnabar.server.cases.Case;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.cases.Step;
import dev.cinnabar.server.cases.Term;
import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * The governed database of features of illegal and harmful information: proposed, held against the entry standard, approved by a second person, run in shadow, put in
 * force, retired; and the library in force that the gate reviews with.
 */
public final class Features {
    private static final Machine<Entry.State> MACHINE =
            Machine.of("feature", Entry.State.class, Sheet.of(Features.class, "feature.txt"));

    /** How long until a feature is usually looked at again; a default of ours. */
    public static final Term USUAL =
            Term.in(Sheet.of(Features.class, "terms.txt"), "feature.usual").orElseThrow();

    private final Database database;
    private final InstantSource clock;
    private final CaseStore cases;
    private final FeatureStore store = new FeatureStore();
    private final Desk desk = new Desk(store);
    private final Intake intake;
    private final Steps steps;
    private final Publication publication;
    private final HitCounter hits;

    /**
     * The features of this database.
     *
     * @param background what loads memory and adds up hits, so that its statements are not counted as those of requests
     * @param compiler runs the compiling of the library that nobody waits for
     */
    public Features(
            Database database,
            Database background,
            Changes changes,
            Outbox outbox,
            CaseStore cases,
            InstantSource clock,
            Ulid ids,
            Executor compiler) {
        this.database = database;
        this.clock = clock;
        this.cases = cases;
        this.intake = new Intake(MACHINE, cases, store, desk, outbox, ids);
        this.steps = new Steps(MACHINE, cases, store, desk, changes, outbox);
        this.publication = new Publication(background, changes, store, compiler);
        this.hits = new HitCounter(background, clock);
    }

    /** What became of a file: good rows as candidates of one batch, the others with why not. */
    public record Imported(
            String batch, int created, int revised, List<Skipped> skipped, List<FeatureCsv.RowError> errors) {}

    /** A feature that was left as it is, and why. */
    public record Skipped(String id, String pattern, Refused why) {}

    /** What became of a step of a whole batch. */
    public record Taken(int done, List<Skipped> left) {}

    /**
     * A page of the list.
     *
     * @param hits how often each matched, in shadow and in force, by {@link Entry#caseId}
     */
    public record Listing(List<Entry> entries, Map<String, Long> hits, long total, Map<Entry.State, Long> states) {}

    /** Everything about a feature, newest version first. */
    public record File(String id, List<Version> versions, List<Count> counts) {}

    /** One version with its history, what may be done with it and how it holds the entry standard. */
    public record Version(
            Entry entry, List<Turn> turns, List<Machine.Offer<Entry.State>> offers, List<Line> standard) {}

    /** One item of the entry standard and what was found. */
    public record Line(String item, Words asked, boolean holds, String found) {}

    /** How often a version matched on a day (UTC), in shadow or in force. */
    public record Count(int version, boolean shadow, LocalDate day, long hits) {}

    /** What the list is narrowed by; empty texts narrow nothing. */
    public record Filter(Optional<Entry.State> state, String text, String batch) {}

    /** Lets the library into memory and follows its changes; until the first reading there is none. */
    public void start() {
        publication.start();
    }

    /** The pages of the feature database. */
    public Routes routes(Staff staff) {
        return new FeatureRoutes(this, staff, clock);
    }

    /** The words for a step. */
    static Words label(String step) {
        return MACHINE.steps().stream()
                .filter(one -> one.name().equals(step))
                .findFirst()
                .map(Step::label)
                .orElseGet(() -> new Words(step, step));
    }

    /** The library in force, from memory. */
    public Live live() {
        return publication;
    }

    /** Counts what the library in force matched. */
    public Hits hits() {
        return hits;
    }

    /** Adds the hits counted in memory to the table; for a timer, and once before the end. */
    public void flush() {
        hits.flush();
    }

    /** Proposes a feature, or a new version of one, as a candidate. */
    @Article("10(2)")
    public Outcome<Entry> propose(Actor actor, Proposal proposal, String reason) {
        return Undone.or(database, handle -> intake.propose(handle, actor, proposal, reason, now()));
    }

    /** Takes the rows of a file (the columns of interface.md) as candidates. */
    @Article("10(2)")
    public Outcome<Imported> importCsv(Actor actor, String csv, Proposal.Papers papers, String reason) {
        FeatureCsv.Parsed parsed = FeatureCsv.parse(csv);
        return Undone.or(database, handle -> intake.file(handle, actor, parsed, papers, reason, now()));
    }

    /** Makes a step of one version: {@code review}, {@code reject}, {@code shadow}, {@code activate} or {@code retire}; in force at the next request. */
    @Article("10(2)")
    public Outcome<Entry> take(Actor actor, String id, int version, String step, String reason) {
        if (!Steps.BY_HAND.contains(step)) {
            return Outcome.not(FeatureRules.noSuchStep(step));
        }
        return on(id, version, (handle, entry) -> steps.take(handle, actor, entry, step, reason, now()));
    }

    /** Makes the same step of every version that came with one import, where it may be made. */
    @Article("10(2)")
    public Outcome<Taken> takeBatch(Actor actor, String batch, String step, String reason) {
        if (!Steps.BY_HAND.contains(step)) {
            return Outcome.not(FeatureRules.noSuchStep(step));
        }
        return Undone.or(database, handle -> {
            FeatureStore.Filter filter = new FeatureStore.Filter(Optional.empty(), "", batch);
            List<Entry> entries = batch.isEmpty() ? List.of() : store.list(handle, filter, 0, Integer.MAX_VALUE);
            List<Entry> standing = entries.stream()
                    .filter(entry -> leaves(step, entry.state()))
                    .toList();
            return standing.isEmpty()
                    ? Outcome.not(FeatureRules.nothingToDo(batch))
                    : steps.takeAll(handle, actor, standing, step, reason, now());
        });
    }

    /** Moves the review date of a version in force on. */
    @Article("10(2)")
    public Outcome<Entry> renew(Actor actor, String id, int version, Instant until, String reason) {
        return on(id, version, (handle, entry) -> steps.renew(handle, actor, entry, until, reason, now()));
    }

    /** Retires what is past its review date; for a timer. Says how many. */
    public int expireDue() {
        List<Entry> due = database.inTransaction(handle -> store.due(handle, now(), 1_000));
        int expired = 0;
        for (Entry entry : due) {
            String reason = "review date " + entry.content().reviewBy() + " passed";
            Outcome<Entry> outcome = on(
                    entry.id(),
                    entry.version(),
                    (handle, seen) -> seen.content().reviewBy().isAfter(now())
                            ? Outcome.not(FeatureRules.noSuchStep("expire"))
                            : steps.take(handle, Actor.SYSTEM, seen, "expire", reason, now()));
            expired += outcome instanceof Outcome.Done ? 1 : 0;
        }
        return expired;
    }

    /** A page of the list, newest first. */
    public Listing list(Filter filter, int offset, int most) {
        FeatureStore.Filter narrow = new FeatureStore.Filter(filter.state(), filter.text(), filter.batch());
        return database.inTransaction(handle -> {
            List<Entry> entries = store.list(handle, narrow, offset, most);
            return new Listing(entries, hits.sums(handle, entries), store.count(handle, narrow), store.counts(handle));
        });
    }

    /** Everything about a feature and what this person may do with it; empty where there is none by this id. */
    public Optional<File> file(Actor actor, String id) {
        return database.inTransaction(handle -> {
            List<Entry> versions = store.versions(handle, List.of(id)).getOrDefault(id, List.of());
            List<Version> all = new ArrayList<>();
            Map<Entry, EntryStandard.Report> reports = desk.judge(handle, versions, now());
            reports.forEach((entry, report) -> all.addFirst(version(handle, actor, entry, report)));
            List<Count> counts = hits.of(handle, id).stream()
                    .map(count -> new Count(count.version(), count.shadow(), count.day(), count.hits()))
                    .toList();
            return all.isEmpty() ? Optional.empty() : Optional.of(new File(id, List.copyOf(all), counts));
        });
    }

    /** The versions in this state as a file that {@link #importCsv} reads. */
    public String export(Entry.State state) {
        return FeatureCsv.write(database.inTransaction(handle -> store.inState(handle, state)).stream()
                .map(Entry::feature)
                .toList());
    }

    /** The library that was in force when its clock stood there, built again: the number between {@code f} and {@code -} in its version. */
    @Article("10(2)")
    public Library at(long counter) {
        return Publication.at(counter, database.inTransaction(handle -> store.liveAt(handle, counter)));
    }

    private Version version(Handle handle, Actor actor, Entry entry, EntryStandard.Report report) {
        Optional<Case<Entry.State>> found = cases.find(handle, MACHINE, entry.caseId());
        return new Version(
                entry,
                found.map(Case::turns).orElse(List.of()),
                found.map(now -> MACHINE.offers(now, actor)).orElse(List.of()),
                report.lines().stream()
                        .map(line -> new Line(line.item(), line.asked(), line.holds(), line.found()))
                        .toList());
    }

    private Outcome<Entry> on(String id, int version, BiFunction<Handle, Entry, Outcome<Entry>> work) {
        return Undone.or(database, handle -> {
            Optional<Entry> entry = store.find(handle, id, version);
            return entry.isEmpty() ? Outcome.not(FeatureRules.notFound(id, version)) : work.apply(handle, entry.get());
        });
    }

    private static boolean leaves(String step, Entry.State state) {
        return MACHINE.steps().stream()
                .anyMatch(one -> one.name().equals(step) && one.from().contains(state));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
