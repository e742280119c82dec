package dev.cinnabar.server.features;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A desk for features on a test's database: people with their roles, proposals that hold, and short ways through the steps. */
final class TestFeatures {
    static final Actor REV = new Actor("st-rev", Set.of(Role.REVIEWER));
    static final Actor SEN = new Actor("st-sen", Set.of(Role.SENIOR));
    static final Actor OFF = new Actor("st-off", Set.of(Role.OFFICER));
    static final Actor ADM = new Actor("st-adm", Set.of(Role.ADMIN, Role.INSPECTOR));
    static final SecureRandom RANDOM = new SecureRandom();

    /** The time of the desk. */
    volatile Instant now = Instant.parse("2026-11-23T04:00:00Z");

    final Features features;

    TestFeatures(TestDatabase db) {
        this.features = features(db);
    }

    /** The façade as a node on this database has it, started and confirmed. */
    Features features(TestDatabase db) {
        Features made = silent(db);
        made.start();
        db.confirmed();
        return made;
    }

    /** The same before it was started: it knows nothing yet. */
    Features silent(TestDatabase db) {
        return new Features(
                db.database(),
                db.background(),
                db.changes(),
                db.outbox(),
                new CaseStore(() -> now),
                () -> now,
                new Ulid(() -> now, RANDOM),
                Runnable::run);
    }

    Entry inForce(String pattern, Action action) {
        Entry entry = done(features.propose(REV, proposal(pattern, action), "seen"));
        step(SEN, entry, "review");
        step(SEN, entry, "shadow");
        return step(SEN, entry, "activate");
    }

    Entry step(Actor actor, Entry entry, String step) {
        return done(features.take(actor, entry.id(), entry.version(), step, "because of " + step));
    }

    Verdict verdict(String text) {
        return library().review(text);
    }

    Library library() {
        return features.live().current().orElseThrow();
    }

    static Proposal proposal(String pattern, Action action) {
        return proposal(pattern, action, "ticket 1", "own finding", "st-rev", Instant.parse("2026-12-23T04:00:00Z"));
    }

    static Proposal proposal(
            String pattern, Action action, String evidence, String provenance, String owner, Instant reviewBy) {
        return new Proposal(
                Optional.empty(),
                pattern,
                new Risk("A.1.g"),
                Severity.MEDIUM,
                action,
                Folds.DEFAULT,
                evidence,
                provenance,
                owner,
                reviewBy);
    }

    static Proposal versionOf(String id, String pattern, Action action) {
        return new Proposal(
                Optional.of(id),
                pattern,
                new Risk("A.1.g"),
                Severity.MEDIUM,
                action,
                Folds.DEFAULT,
                "ticket 2",
                "own finding",
                "st-rev",
                Instant.parse("2026-12-23T04:00:00Z"));
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(Refused refused) -> throw new AssertionError("refused: " + refused);
        };
    }

    static Refused refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("was done: " + done);
            case Outcome.Not<?>(Refused refused) -> refused;
        };
    }
}
