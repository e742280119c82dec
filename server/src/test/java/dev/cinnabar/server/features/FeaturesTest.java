package dev.cinnabar.server.features;

import static dev.cinnabar.server.features.TestFeatures.ADM;
import static dev.cinnabar.server.features.TestFeatures.OFF;
import static dev.cinnabar.server.features.TestFeatures.REV;
import static dev.cinnabar.server.features.TestFeatures.SEN;
import static dev.cinnabar.server.features.TestFeatures.done;
import static dev.cinnabar.server.features.TestFeatures.proposal;
import static dev.cinnabar.server.features.TestFeatures.refused;
import static dev.cinnabar.server.features.TestFeatures.versionOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.testkit.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The way of a feature: proposed, approved by another, in the shadow, in force, replaced, out of date; never by one person alone. */
@Article("10")
class FeaturesTest {
    private static final TestDatabase DB = TestDatabase.open();

    private final TestFeatures desk = new TestFeatures(DB);

    @AfterAll
    static void close() {
        DB.close();
    }

    @Test
    void aKeywordGoesTheWholeWayAndIsInForceAtTheNextRequest() {
        Entry entry = done(desk.features.propose(REV, proposal("纸鸢暗号甲", Action.BLOCK), "seen in a complaint"));
        assertThat(desk.verdict("说出纸鸢暗号甲就行")).isInstanceOf(Verdict.Pass.class);
        desk.step(SEN, entry, "review");
        assertThat(desk.verdict("说出纸鸢暗号甲就行")).isInstanceOf(Verdict.Pass.class);
        desk.step(REV, entry, "shadow");
        Verdict shadowed = desk.verdict("说出纸鸢暗号甲就行");
        assertThat(shadowed).isInstanceOf(Verdict.Pass.class);
        assertThat(shadowed.hits()).hasSize(1);
        assertThat(desk.features.hits().count(shadowed.hits()))
                .as("shadow shows nowhere")
                .isEmpty();
        desk.step(OFF, entry, "activate");
        Verdict blocked = desk.verdict("说出纸 鸢 暗号甲就行");
        assertThat(blocked).isInstanceOf(Verdict.Block.class);
        assertThat(blocked.hits().getFirst().feature().id()).isEqualTo(entry.id());
        assertThat(desk.features.hits().count(blocked.hits())).isEqualTo(blocked.hits());
        desk.features.flush();
        assertThat(desk.features.file(REV, entry.id()).orElseThrow().counts())
                .extracting(Features.Count::shadow, Features.Count::hits)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(true, 1L), org.assertj.core.groups.Tuple.tuple(false, 1L));
        desk.step(SEN, entry, "retire");
        assertThat(desk.verdict("说出纸鸢暗号甲就行")).isEqualTo(new Verdict.Pass(List.of()));
        assertThat(DB.events(entry.caseId()))
                .extracting(Map.Entry::getKey)
                .containsExactly(
                        "feature.proposed", "feature.review", "feature.shadow", "feature.activate", "feature.retire");
    }

    @Test
    void nobodyApprovesOrActivatesWhatTheyProposed() {
        Entry mine = done(desk.features.propose(SEN, proposal("纸鸢暗号乙", Action.BLOCK), "mine"));
        assertThat(refused(desk.features.take(SEN, mine.id(), 1, "review", "fine by me"))
                        .remedy()
                        .en())
                .contains("another person");
        desk.step(OFF, mine, "review");
        desk.step(SEN, mine, "shadow");
        assertThat(refused(desk.features.take(SEN, mine.id(), 1, "activate", "go"))
                        .remedy()
                        .en())
                .contains("another person");
        assertThat(desk.verdict("纸鸢暗号乙")).isInstanceOf(Verdict.Pass.class);
        for (String step : List.of("review", "reject", "activate", "retire", "shadow")) {
            assertThat(refused(desk.features.take(ADM, mine.id(), 1, step, "as admin")))
                    .isNotNull();
        }
        for (String step : List.of("expire", "supersede", "propose", "renew", "fly", "")) {
            assertThat(refused(desk.features.take(OFF, mine.id(), 1, step, "x"))
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
            Outcome<Entry> proposed = desk.features.propose(
                    actors.get(random.nextInt(2)), proposal("walk " + i + " marmalade", Action.HOLD), "walk");
            Entry entry = done(proposed);
            for (int tries = 0; tries < 25; tries++) {
                Actor actor = actors.get(random.nextInt(actors.size()));
                String step = steps.get(random.nextInt(steps.size()));
                Outcome<Entry> outcome = desk.features.take(actor, entry.id(), 1, step, "walk");
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

    @Test
    void aNewVersionTakesThePlaceOfTheOneInForce() {
        Entry first = desk.inForce("纸鸢暗号丁", Action.HOLD);
        assertThat(desk.verdict("纸鸢暗号丁")).isInstanceOf(Verdict.Hold.class);
        Proposal harder = versionOf(first.id(), "纸鸢暗号丁", Action.BLOCK);
        assertThat(refused(desk.features.propose(REV, versionOf(first.id(), "纸鸢暗号丁", Action.HOLD), "same"))
                        .reason()
                        .en())
                .contains("same as the version");
        Entry second = done(desk.features.propose(REV, harder, "it got worse"));
        assertThat(second.version()).isEqualTo(2);
        assertThat(refused(desk.features.propose(SEN, harder, "me too"))
                        .reason()
                        .en())
                .contains("still on its way");
        desk.step(SEN, second, "review");
        desk.step(SEN, second, "shadow");
        assertThat(desk.verdict("纸鸢暗号丁"))
                .as("the shadow lies beside the version in force")
                .isInstanceOf(Verdict.Hold.class);
        assertThat(desk.verdict("纸鸢暗号丁").hits()).hasSize(2);
        desk.step(SEN, second, "activate");
        assertThat(desk.verdict("纸鸢暗号丁")).isInstanceOf(Verdict.Block.class);
        assertThat(desk.verdict("纸鸢暗号丁").hits())
                .extracting(hit -> hit.feature().version())
                .containsExactly(2);
        List<Features.Version> versions =
                desk.features.file(SEN, first.id()).orElseThrow().versions();
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
        Entry entry = desk.inForce("纸鸢暗号戊", Action.BLOCK);
        Entry kept = desk.inForce("纸鸢暗号己", Action.BLOCK);
        done(desk.features.renew(SEN, kept.id(), 1, desk.now.plus(Duration.ofDays(200)), "still seen"));
        assertThat(refused(desk.features.renew(SEN, kept.id(), 1, desk.now.plus(Duration.ofDays(400)), "for ever"))
                        .reason()
                        .en())
                .contains("review date");
        assertThat(refused(desk.features.renew(SEN, kept.id(), 1, desk.now, "past"))
                        .reason()
                        .en())
                .contains("review date");
        assertThat(refused(desk.features.renew(REV, kept.id(), 1, desk.now.plusSeconds(9), "r"))
                        .code())
                .isEqualTo(Code.SCOPE_MISSING);
        desk.now = desk.now.plus(Duration.ofDays(31));
        assertThat(desk.features.expireDue()).isPositive();
        assertThat(desk.features.expireDue()).isZero();
        assertThat(desk.verdict("纸鸢暗号戊")).isInstanceOf(Verdict.Pass.class);
        assertThat(desk.verdict("纸鸢暗号己")).isInstanceOf(Verdict.Block.class);
        assertThat(DB.events(entry.caseId())).extracting(Map.Entry::getKey).endsWith("feature.expire");
    }

    @Test
    void whatIsOutOfDateIsNotPutInForce() {
        Entry entry = done(desk.features.propose(REV, proposal("纸鸢暗号庚", Action.BLOCK), "x"));
        desk.step(SEN, entry, "review");
        desk.step(SEN, entry, "shadow");
        desk.now = desk.now.plus(Duration.ofDays(31));
        assertThat(refused(desk.features.take(SEN, entry.id(), 1, "activate", "late"))
                        .reason()
                        .en())
                .contains("review date");
    }

    @Test
    void racersMoveAFeatureOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            Entry entry = done(desk.features.propose(REV, proposal("race " + i + " lighthouse", Action.BLOCK), "x"));
            desk.step(SEN, entry, "review");
            desk.step(SEN, entry, "shadow");
            List<Callable<Outcome<Entry>>> acts = List.of(
                    () -> desk.features.take(SEN, entry.id(), 1, "activate", "go"),
                    () -> desk.features.take(OFF, entry.id(), 1, "activate", "go"),
                    () -> desk.features.take(OFF, entry.id(), 1, "retire", "stop"));
            List<String> won = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(3)) {
                for (var future : threads.invokeAll(acts)) {
                    if (future.get() instanceof Outcome.Done<Entry>(Entry moved)) {
                        won.add(moved.state().name());
                    }
                }
            }
            List<Features.Version> versions =
                    desk.features.file(SEN, entry.id()).orElseThrow().versions();
            Entry.State state = versions.getFirst().entry().state();
            // Retiring after activating is a fair order of events; twice the same is not.
            assertThat(won).isIn(List.of("ACTIVE"), List.of("RETIRED"), List.of("ACTIVE", "RETIRED"));
            assertThat(versions.getFirst().turns()).hasSize(3 + won.size());
            assertThat(desk.verdict("race " + i + " lighthouse") instanceof Verdict.Block)
                    .isEqualTo(state == Entry.State.ACTIVE);
        }
    }
}
