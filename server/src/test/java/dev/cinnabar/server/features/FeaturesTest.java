package dev.cinnabar.server.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Hit;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.testkit.Seeded;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Article("10")
class FeaturesTest {
    private static final TestDatabase DB = TestDatabase.open();
    private static final Actor REV = new Actor("st-rev", Set.of(Role.REVIEWER));
    private static final Actor SEN = new Actor("st-sen", Set.of(Role.SENIOR));
    private static final Actor OFF = new Actor("st-off", Set.of(Role.OFFICER));
    private static final Actor ADM = new Actor("st-adm", Set.of(Role.ADMIN, Role.INSPECTOR));
    private static final SecureRandom RANDOM = new SecureRandom();

    private volatile Instant now = Instant.parse("2026-11-23T04:00:00Z");
    private final Features features = features(DB);

    private Features features(TestDatabase db) {
        Features made = new Features(
                db.database(),
                db.background(),
                db.changes(),
                db.outbox(),
                new CaseStore(() -> now),
                () -> now,
                new Ulid(() -> now, RANDOM),
                Runnable::run);
        made.start();
        db.confirmed();
        return made;
    }

    @AfterAll
    static void close() {
        DB.close();
    }

    @Test
    void aKeywordGoesTheWholeWayAndIsInForceAtTheNextRequest() {
        Entry entry = done(features.propose(REV, proposal("纸鸢暗号甲", Action.BLOCK), "seen in a complaint"));
        assertThat(verdict("说出纸鸢暗号甲就行")).isInstanceOf(Verdict.Pass.class);
        step(SEN, entry, "review");
        assertThat(verdict("说出纸鸢暗号甲就行")).isInstanceOf(Verdict.Pass.class);
        step(REV, entry, "shadow");
        Verdict shadowed = verdict("说出纸鸢暗号甲就行");
        assertThat(shadowed).isInstanceOf(Verdict.Pass.class);
        assertThat(shadowed.hits()).hasSize(1);
        assertThat(features.hits().count(shadowed.hits()))
                .as("shadow shows nowhere")
                .isEmpty();
        step(OFF, entry, "activate");
        Verdict blocked = verdict("说出纸 鸢 暗号甲就行");
        assertThat(blocked).isInstanceOf(Verdict.Block.class);
        assertThat(blocked.hits().getFirst().feature().id()).isEqualTo(entry.id());
        assertThat(features.hits().count(blocked.hits())).isEqualTo(blocked.hits());
        features.flush();
        assertThat(features.file(REV, entry.id()).orElseThrow().counts())
                .extracting(Features.Count::shadow, Features.Count::hits)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(true, 1L), org.assertj.core.groups.Tuple.tuple(false, 1L));
        step(SEN, entry, "retire");
        assertThat(verdict("说出纸鸢暗号甲就行")).isEqualTo(new Verdict.Pass(List.of()));
        assertThat(DB.events(entry.caseId()))
                .extracting(Map.Entry::getKey)
                .containsExactly(
                        "feature.proposed", "feature.review", "feature.shadow", "feature.activate", "feature.retire");
    }

    @Test
    void nobodyApprovesOrActivatesWhatTheyProposed() {
        Entry mine = done(features.propose(SEN, proposal("纸鸢暗号乙", Action.BLOCK), "mine"));
        assertThat(refused(features.take(SEN, mine.id(), 1, "review", "fine by me"))
                        .remedy()
                        .en())
                .contains("another person");
        step(OFF, mine, "review");
        step(SEN, mine, "shadow");
        assertThat(refused(features.take(SEN, mine.id(), 1, "activate", "go"))
                        .remedy()
                        .en())
                .contains("another person");
        assertThat(verdict("纸鸢暗号乙")).isInstanceOf(Verdict.Pass.class);
        for (String step : List.of("review", "reject", "activate", "retire", "shadow")) {
            assertThat(refused(features.take(ADM, mine.id(), 1, step, "as admin")))
                    .isNotNull();
        }
        for (String step : List.of("expire", "supersede", "propose", "renew", "fly", "")) {
            assertThat(refused(features.take(OFF, mine.id(), 1, step, "x"))
                            .reason()
                            .en())
                    .contains("cannot be made here");
        }
    }

    @Test
    void noRandomWalkPutsAFeatureInForceAlone() {
        RandomGenerator random = Seeded.random(Seeded.base());
        List<Actor> actors = List.of(
                new Actor("st-a", Set.of(Role.REVIEWER, Role.SENIOR, Role.OFFICER)),
                new Actor("st-b", Set.of(Role.SENIOR)),
                ADM,
                Actor.SYSTEM,
                Actor.app("x"));
        List<String> steps = List.of("review", "reject", "shadow", "activate", "retire", "expire", "supersede");
        int active = 0;
        // Chance may keep 25 walks from the end; then a few more are walked.
        for (int i = 0; i < 25 || (active == 0 && i < 500); i++) {
            Outcome<Entry> proposed = features.propose(
                    actors.get(random.nextInt(2)), proposal("walk " + i + " marmalade", Action.HOLD), "walk");
            Entry entry = done(proposed);
            for (int tries = 0; tries < 25; tries++) {
                Actor actor = actors.get(random.nextInt(actors.size()));
                String step = steps.get(random.nextInt(steps.size()));
                Outcome<Entry> outcome = features.take(actor, entry.id(), 1, step, "walk");
                if (outcome instanceof Outcome.Done<Entry>(Entry moved)) {
                    if (step.equals("review") || step.equals("activate")) {
                        assertThat(actor.id()).isNotEqualTo(entry.proposer());
                    }
                    active += moved.state() == Entry.State.ACTIVE ? 1 : 0;
                }
            }
        }
        assertThat(active).isPositive();
    }

    static Stream<Arguments> belowStandard() {
        Instant soon = Instant.parse("2026-12-23T04:00:00Z");
        return Stream.of(
                Arguments.of(proposal("纸鸢", Action.BLOCK, "", "p", "o", soon), "evidence"),
                Arguments.of(proposal("纸鸢", Action.BLOCK, "e", "", "o", soon), "where it comes from"),
                Arguments.of(proposal("纸鸢", Action.BLOCK, "e", "p", " ", soon), "owner"),
                Arguments.of(
                        proposal("纸鸢", Action.BLOCK, "e", "p", "o", Instant.parse("2026-11-22T00:00:00Z")),
                        "looked at again"),
                Arguments.of(
                        proposal("纸鸢", Action.BLOCK, "e", "p", "o", Instant.parse("2028-11-22T00:00:00Z")),
                        "looked at again"),
                Arguments.of(proposal("鸢", Action.BLOCK), "two characters"),
                Arguments.of(proposal("x9", Action.BLOCK), "three letters"),
                Arguments.of(proposal("消毒", Action.BLOCK), "ordinary sentences"),
                Arguments.of(proposal("please", Action.HOLD), "ordinary sentences"),
                Arguments.of(proposal("…… !!", Action.BLOCK), "taken into the library"));
    }

    @ParameterizedTest
    @MethodSource("belowStandard")
    void whatIsBelowTheEntryStandardIsNotApproved(Proposal proposal, String about) {
        Entry entry = done(features.propose(REV, proposal, "try"));
        Refused refused = refused(features.take(SEN, entry.id(), 1, "review", "looks fine"));
        assertThat(refused.article()).isEqualTo("10(2)");
        assertThat(refused.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused.reason().en()).contains(about).contains("entry-standard-1");
        assertThat(refused.reason().zh()).contains("入库标准");
        assertThat(refused.remedy().en()).contains("Reject");
        Features.Version version =
                features.file(SEN, entry.id()).orElseThrow().versions().getFirst();
        assertThat(version.standard()).anyMatch(line -> !line.holds());
        assertThat(version.entry().state()).isEqualTo(Entry.State.CANDIDATE);
        step(SEN, entry, "reject");
    }

    @Test
    void aTwinIsNotApproved() {
        inForce("纸鸢暗号丙", Action.HOLD);
        Entry twin = done(features.propose(REV, proposal("纸鸢暗号丙", Action.BLOCK), "again"));
        assertThat(refused(features.take(SEN, twin.id(), 1, "review", "hm"))
                        .reason()
                        .en())
                .contains("no other live or waiting feature");
        step(SEN, twin, "reject");
    }

    static Stream<Arguments> badForm() {
        return Stream.of(
                Arguments.of(proposal("", Action.BLOCK), "keyword"),
                Arguments.of(proposal(" \t", Action.BLOCK), "keyword"),
                Arguments.of(proposal("a\0b", Action.BLOCK), "keyword"),
                Arguments.of(proposal("x".repeat(257), Action.BLOCK), "keyword"),
                Arguments.of(proposal("half \ud83d a pair", Action.BLOCK), "keyword"),
                Arguments.of(proposal("纸鸢", Action.BLOCK, "e".repeat(4_001), "p", "o", Instant.MAX), "too long"),
                Arguments.of(withId("a b"), "id"),
                Arguments.of(withId("x~shadow"), "id"),
                Arguments.of(withId(""), "id"),
                Arguments.of(withId("a/1"), "id"));
    }

    @ParameterizedTest
    @MethodSource("badForm")
    void whatHasNoFormIsNotEvenWrittenDown(Proposal proposal, String about) {
        Refused refused = refused(features.propose(REV, proposal, "try"));
        assertThat(refused.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused.article()).isEqualTo("10(2)");
        assertThat(refused.reason().en()).contains(about);
        assertThat(refused.remedy().zh()).isNotBlank();
    }

    @Test
    void proposingNeedsARoleAndAReason() {
        assertThat(refused(features.propose(ADM, proposal("纸鸢", Action.BLOCK), "x"))
                        .code())
                .isEqualTo(Code.SCOPE_MISSING);
        assertThat(refused(features.propose(REV, proposal("纸鸢", Action.BLOCK), " "))
                        .reason()
                        .en())
                .contains("needs a reason");
        assertThat(refused(features.take(SEN, "nothing", 1, "review", "x")).code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(refused(features.renew(SEN, "nothing", 1, now, "x")).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(features.file(SEN, "nothing")).isEmpty();
    }

    @Test
    void aNewVersionTakesThePlaceOfTheOneInForce() {
        Entry first = inForce("纸鸢暗号丁", Action.HOLD);
        assertThat(verdict("纸鸢暗号丁")).isInstanceOf(Verdict.Hold.class);
        Proposal harder = versionOf(first.id(), "纸鸢暗号丁", Action.BLOCK);
        assertThat(refused(features.propose(REV, versionOf(first.id(), "纸鸢暗号丁", Action.HOLD), "same"))
                        .reason()
                        .en())
                .contains("same as the version");
        Entry second = done(features.propose(REV, harder, "it got worse"));
        assertThat(second.version()).isEqualTo(2);
        assertThat(refused(features.propose(SEN, harder, "me too")).reason().en())
                .contains("still on its way");
        step(SEN, second, "review");
        step(SEN, second, "shadow");
        assertThat(verdict("纸鸢暗号丁"))
                .as("the shadow lies beside the version in force")
                .isInstanceOf(Verdict.Hold.class);
        assertThat(verdict("纸鸢暗号丁").hits()).hasSize(2);
        step(SEN, second, "activate");
        assertThat(verdict("纸鸢暗号丁")).isInstanceOf(Verdict.Block.class);
        assertThat(verdict("纸鸢暗号丁").hits())
                .extracting(hit -> hit.feature().version())
                .containsExactly(2);
        List<Features.Version> versions =
                features.file(SEN, first.id()).orElseThrow().versions();
        assertThat(versions)
                .extracting(version -> version.entry().state())
                .containsExactly(Entry.State.ACTIVE, Entry.State.RETIRED);
        assertThat(versions.getLast().turns().getLast().name()).isEqualTo("supersede");
        assertThat(versions.getFirst().offers())
                .extracting(offer -> offer.step().name())
                .containsExactly("renew", "retire");
        assertThat(versions.getFirst().offers())
                .extracting(Machine.Offer::may)
                .allMatch(may -> may instanceof Outcome.Done);
    }

    @Test
    void whatIsPastItsReviewDateExpiresByTheTimer() {
        Entry entry = inForce("纸鸢暗号戊", Action.BLOCK);
        Entry kept = inForce("纸鸢暗号己", Action.BLOCK);
        done(features.renew(SEN, kept.id(), 1, now.plus(Duration.ofDays(200)), "still seen"));
        assertThat(refused(features.renew(SEN, kept.id(), 1, now.plus(Duration.ofDays(400)), "for ever"))
                        .reason()
                        .en())
                .contains("review date");
        assertThat(refused(features.renew(SEN, kept.id(), 1, now, "past"))
                        .reason()
                        .en())
                .contains("review date");
        assertThat(refused(features.renew(REV, kept.id(), 1, now.plusSeconds(9), "r"))
                        .code())
                .isEqualTo(Code.SCOPE_MISSING);
        now = now.plus(Duration.ofDays(31));
        assertThat(features.expireDue()).isPositive();
        assertThat(features.expireDue()).isZero();
        assertThat(verdict("纸鸢暗号戊")).isInstanceOf(Verdict.Pass.class);
        assertThat(verdict("纸鸢暗号己")).isInstanceOf(Verdict.Block.class);
        assertThat(DB.events(entry.caseId())).extracting(Map.Entry::getKey).endsWith("feature.expire");
    }

    @Test
    void whatIsOutOfDateIsNotPutInForce() {
        Entry entry = done(features.propose(REV, proposal("纸鸢暗号庚", Action.BLOCK), "x"));
        step(SEN, entry, "review");
        step(SEN, entry, "shadow");
        now = now.plus(Duration.ofDays(31));
        assertThat(refused(features.take(SEN, entry.id(), 1, "activate", "late"))
                        .reason()
                        .en())
                .contains("review date");
    }

    @Test
    void racersMoveAFeatureOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            Entry entry = done(features.propose(REV, proposal("race " + i + " lighthouse", Action.BLOCK), "x"));
            step(SEN, entry, "review");
            step(SEN, entry, "shadow");
            List<Callable<Outcome<Entry>>> acts = List.of(
                    () -> features.take(SEN, entry.id(), 1, "activate", "go"),
                    () -> features.take(OFF, entry.id(), 1, "activate", "go"),
                    () -> features.take(OFF, entry.id(), 1, "retire", "stop"));
            List<String> won = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(3)) {
                for (var future : threads.invokeAll(acts)) {
                    if (future.get() instanceof Outcome.Done<Entry>(Entry moved)) {
                        won.add(moved.state().name());
                    }
                }
            }
            List<Features.Version> versions =
                    features.file(SEN, entry.id()).orElseThrow().versions();
            Entry.State state = versions.getFirst().entry().state();
            // Retiring after activating is a fair order of events; twice the same is not.
            assertThat(won).isIn(List.of("ACTIVE"), List.of("RETIRED"), List.of("ACTIVE", "RETIRED"));
            assertThat(versions.getFirst().turns()).hasSize(3 + won.size());
            assertThat(verdict("race " + i + " lighthouse") instanceof Verdict.Block)
                    .isEqualTo(state == Entry.State.ACTIVE);
        }
    }

    @Test
    void theSameContentHasTheSameVersionOnEveryNodeAndEveryVerdictCanBeReplayed() throws Exception {
        Entry entry = inForce("纸鸢暗号辛", Action.BLOCK);
        Library then = library();
        long counter = Long.parseLong(then.version().substring(1, then.version().indexOf('-')));
        try (TestDatabase node = DB.node()) {
            Features elsewhere = features(node);
            assertThat(elsewhere.live().current().orElseThrow().version()).isEqualTo(then.version());
            step(SEN, entry, "retire");
            assertThat(library().version()).isNotEqualTo(then.version());
            long until = System.nanoTime() + 3_000_000_000L;
            while (!elsewhere
                    .live()
                    .current()
                    .orElseThrow()
                    .version()
                    .equals(library().version())) {
                assertThat(System.nanoTime()).isLessThan(until);
                Thread.sleep(20);
            }
            assertThat(elsewhere.live().current().orElseThrow().review("纸鸢暗号辛")).isInstanceOf(Verdict.Pass.class);
        }
        Library replayed = features.at(counter);
        assertThat(replayed.version()).isEqualTo(then.version());
        assertThat(replayed.size()).isEqualTo(then.size());
        assertThat(replayed.review("纸鸢暗号辛")).isEqualTo(then.review("纸鸢暗号辛")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void aReviewRunsNoSqlAndAnUnconfirmedLibraryIsNoLibrary() {
        inForce("纸鸢暗号壬", Action.BLOCK);
        long before = DB.database().statements();
        for (int i = 0; i < 100; i++) {
            features.hits().count(verdict("纸鸢暗号壬").hits());
        }
        assertThat(DB.database().statements()).isEqualTo(before);
        Features silent = new Features(
                DB.database(),
                DB.background(),
                DB.changes(),
                DB.outbox(),
                new CaseStore(() -> now),
                () -> now,
                new Ulid(() -> now, RANDOM),
                Runnable::run);
        assertThat(silent.live().current()).isEmpty();
    }

    @Test
    void whatWasApprovedCannotBeChangedInTheTables() {
        Entry entry = inForce("纸鸢暗号癸", Action.BLOCK);
        for (String sql : List.of(
                "update features set pattern = 'x' where id = ?",
                "update features set action = 'NOTE' where id = ?",
                "delete from features where id = ?",
                "update case_turns set actor = 'x' where case_id = ? || '/1'",
                "delete from case_turns where case_id = ? || '/1'")) {
            assertThatThrownBy(() -> DB.database().useTransaction(handle -> handle.execute(sql, entry.id())))
                    .as(sql)
                    .hasMessageContaining("never changed");
        }
    }

    @Test
    void hitsCountedWhileTheDatabaseIsAwayAreNotLost() {
        Entry entry = inForce("纸鸢暗号子", Action.BLOCK);
        List<Hit> hits = verdict("纸鸢暗号子").hits();
        Set<Thread> done = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 250; n++) {
                    features.hits().count(hits);
                    if (n % 50 == 0) {
                        features.flush();
                    }
                }
            });
            done.add(thread);
        }
        done.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        features.flush();
        assertThat(features.file(SEN, entry.id()).orElseThrow().counts())
                .extracting(Features.Count::hits)
                .containsExactly(1_000L);
    }

    private Entry inForce(String pattern, Action action) {
        Entry entry = done(features.propose(REV, proposal(pattern, action), "seen"));
        step(SEN, entry, "review");
        step(SEN, entry, "shadow");
        return step(SEN, entry, "activate");
    }

    private Entry step(Actor actor, Entry entry, String step) {
        return done(features.take(actor, entry.id(), entry.version(), step, "because of " + step));
    }

    private Verdict verdict(String text) {
        return library().review(text);
    }

    private Library library() {
        return features.live().current().orElseThrow();
    }

    private static Proposal proposal(String pattern, Action action) {
        return proposal(pattern, action, "ticket 1", "own finding", "st-rev", Instant.parse("2026-12-23T04:00:00Z"));
    }

    private static Proposal proposal(
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

    private static Proposal withId(String id) {
        return versionOf(id, "纸鸢暗号", Action.BLOCK);
    }

    private static Proposal versionOf(String id, String pattern, Action action) {
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

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(Refused refused) -> throw new AssertionError("refused: " + refused);
        };
    }

    private static Refused refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("was done: " + done);
            case Outcome.Not<?>(Refused refused) -> refused;
        };
    }
}
