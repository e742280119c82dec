package dev.cinnabar.server.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.review.Library;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Files of features: imported as candidates, moved as a batch, written out again. */
class BatchTest {
    private static final TestDatabase DB = TestDatabase.open();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T04:00:00Z"));
    private static final Actor REV = new Actor("st-rev", Set.of(Role.REVIEWER));
    private static final Actor SEN = new Actor("st-sen", Set.of(Role.SENIOR));
    private static final Actor OFF = new Actor("st-off", Set.of(Role.OFFICER));
    private static final String HEADER = "pattern,kind,risk,severity,action,folds\n";
    private static final Proposal.Papers PAPERS =
            new Proposal.Papers("list of 2026-11", "own collection", "st-rev", Instant.parse("2027-05-23T00:00:00Z"));

    private final Features features = features(DB);

    private static Features features(TestDatabase db) {
        Features made = new Features(
                db.database(),
                db.background(),
                db.changes(),
                db.outbox(),
                new CaseStore(CLOCK),
                CLOCK,
                new Ulid(CLOCK, new SecureRandom()),
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
        made.start();
        db.confirmed();
        return made;
    }

    @AfterAll
    static void close() {
        DB.close();
    }

    @Test
    void goodRowsBecomeCandidatesAndBadOnesAreTold() {
        Features.Imported imported = done(features.importCsv(
                REV,
                HEADER
                        + "黄杨木钟声,keyword,A.1.b,high,block,default\n"
                        + "x,keyword,Z.9,high,block,default\n"
                        + "boxwood chime,keyword,A.1.b,high,block,default\n"
                        + "boxwood chime,keyword,A.1.b,low,note,default\n"
                        + "a.*b,regex,A.1.b,high,block,default\n",
                PAPERS,
                "monthly list"));
        assertThat(imported.created()).isEqualTo(2);
        assertThat(imported.errors()).hasSize(3);
        assertThat(imported.errors().getFirst().line()).isEqualTo(3);
        assertThat(DB.events(imported.batch())).singleElement().satisfies(event -> {
            assertThat(event.getKey()).isEqualTo("features.imported");
            assertThat(event.getValue()).contains("sha256:").contains("\"count\":\"2\"");
        });
        Features.Listing page = features.list(new Features.Filter(Optional.empty(), "", imported.batch()), 0, 50);
        assertThat(page.entries()).extracting(Entry::state).containsOnly(Entry.State.CANDIDATE);
        assertThat(page.total()).isEqualTo(2);
    }

    @Test
    void theSameFileAgainChangesNothing() {
        String csv = HEADER + "松烟墨口令,keyword,A.1.b,high,block,default\n";
        assertThat(done(features.importCsv(REV, csv, PAPERS, "first")).created())
                .isEqualTo(1);
        Features.Imported again = done(features.importCsv(SEN, csv, PAPERS, "again"));
        assertThat(again.created() + again.revised()).isZero();
        assertThat(again.skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.why().reason().en()).contains("still on its way"));
    }

    @Test
    void aFileWithoutTheHeaderGivesErrorsAndNoCandidates() {
        for (String csv : List.of("", "nonsense", "pattern,kind\nx,keyword\n", "\u0000", "\"open")) {
            Features.Imported imported = done(features.importCsv(REV, csv, PAPERS, "try"));
            assertThat(imported.created()).isZero();
            assertThat(imported.errors()).isNotEmpty();
        }
        Refused refused = refused(features.importCsv(new Actor("st-adm", Set.of(Role.ADMIN)), HEADER, PAPERS, "x"));
        assertThat(refused.code()).isEqualTo(Code.SCOPE_MISSING);
    }

    @Test
    void aBatchMovesTogetherLeavesTheUnfitBehindAndStillNeedsTwoPeople() {
        String csv = HEADER
                + "青瓷纽扣甲,keyword,A.1.b,high,block,default\n"
                + "青瓷纽扣乙,keyword,A.1.b,high,hold,default\n"
                + "消毒,keyword,A.1.b,high,block,default\n";
        String batch = done(features.importCsv(SEN, csv, PAPERS, "list")).batch();
        assertThat(refused(features.takeBatch(SEN, batch, "review", "mine"))
                        .remedy()
                        .en())
                .contains("another person");
        Features.Taken reviewed = done(features.takeBatch(OFF, batch, "review", "read them all"));
        assertThat(reviewed.done()).isEqualTo(2);
        assertThat(reviewed.left()).singleElement().satisfies(left -> {
            assertThat(left.pattern()).isEqualTo("消毒");
            assertThat(left.why().reason().en()).contains("ordinary sentences");
        });
        assertThat(done(features.takeBatch(SEN, batch, "shadow", "watch")).done())
                .isEqualTo(2);
        assertThat(refused(features.takeBatch(SEN, batch, "activate", "go"))
                        .remedy()
                        .en())
                .contains("another person");
        assertThat(done(features.takeBatch(OFF, batch, "activate", "go")).done())
                .isEqualTo(2);
        assertThat(library().review("青 瓷 纽扣甲")).isInstanceOf(Verdict.Block.class);
        assertThat(library().review("青瓷纽扣乙")).isInstanceOf(Verdict.Hold.class);
        assertThat(library().review("青瓷纽扣")).isInstanceOf(Verdict.Pass.class);
        assertThat(refused(features.takeBatch(OFF, batch, "activate", "again"))
                        .reason()
                        .en())
                .contains("No feature of the batch");
        assertThat(refused(features.takeBatch(OFF, "", "reject", "all that ever came alone"))
                        .reason()
                        .en())
                .contains("No feature of the batch");
        assertThat(refused(features.takeBatch(OFF, batch, "expire", "x"))
                        .reason()
                        .en())
                .contains("cannot be made");
        assertThat(DB.events(batch))
                .extracting(Map.Entry::getKey)
                .containsExactly("features.imported", "features.review", "features.shadow", "features.activate");
    }

    @Test
    void aFileOfWhatIsInForceReadsBackTheSameAndARevisedRowIsANewVersion() {
        String csv = HEADER + "\"竹帘, 第二扇\",keyword,A.1.b,high,hold,width+case\n";
        String batch = done(features.importCsv(REV, csv, PAPERS, "list")).batch();
        for (String step : List.of("review", "shadow", "activate")) {
            done(features.takeBatch(OFF, batch, step, "go"));
        }
        String out = features.export(Entry.State.ACTIVE);
        assertThat(out).contains("\"竹帘, 第二扇\"");
        Features.Imported same = done(features.importCsv(REV, out, PAPERS, "back"));
        assertThat(same.created() + same.revised()).isZero();
        assertThat(same.skipped())
                .allMatch(skipped -> skipped.why().reason().en().contains("same as the version"));
        Features.Imported revised = done(features.importCsv(REV, csv.replace(",hold,", ",block,"), PAPERS, "harder"));
        assertThat(revised.revised()).isEqualTo(1);
        for (String step : List.of("review", "shadow", "activate")) {
            done(features.takeBatch(OFF, revised.batch(), step, "go"));
        }
        assertThat(library().review("竹帘, 第二扇")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void racersMoveABatchOnce() throws Exception {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < 200; i++) {
            csv.append("wicker sextant ").append(i).append(",keyword,A.1.b,high,note,default\n");
        }
        String batch =
                done(features.importCsv(REV, csv.toString(), PAPERS, "list")).batch();
        List<Callable<Outcome<Features.Taken>>> acts = List.of(
                () -> features.takeBatch(SEN, batch, "review", "a"),
                () -> features.takeBatch(OFF, batch, "review", "b"),
                () -> features.takeBatch(SEN, batch, "reject", "c"));
        int moved = 0;
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var future : threads.invokeAll(acts)) {
                moved += future.get() instanceof Outcome.Done<Features.Taken>(Features.Taken taken) ? taken.done() : 0;
            }
        }
        long turns = DB.database()
                .inTransaction(handle -> handle.createQuery(
                                "select count(*) from case_turns t join features f on t.case_id = f.id || '/' || f.version where f.batch = :batch")
                        .bind("batch", batch)
                        .mapTo(Long.class)
                        .one());
        assertThat(turns).as("each turn was taken by one actor").isEqualTo(200 + moved);
        // A reject after a review is fair, the same step twice is not.
        assertThat(moved).isIn(200, 400);
    }

    @Test
    void tenThousandFeaturesTakeSecondsAndReviewsGoOnMeanwhile() {
        try (TestDatabase fresh = TestDatabase.open()) {
            Features many = features(fresh);
            StringBuilder csv = new StringBuilder(HEADER);
            for (int i = 0; i < 10_000; i++) {
                csv.append(word(i)).append(",keyword,A.1.b,high,block,default\n");
            }
            long began = System.nanoTime();
            String batch = done(many.importCsv(REV, csv.toString(), PAPERS, "ten thousand"))
                    .batch();
            long imported = System.nanoTime();
            for (String step : List.of("review", "shadow", "activate")) {
                assertThat(done(many.takeBatch(OFF, batch, step, "all")).done()).isEqualTo(10_000);
            }
            long activated = System.nanoTime();
            Library library = many.live().current().orElseThrow();
            assertThat(library.size()).isEqualTo(10_000);
            assertThat(library.review(word(7_777))).isInstanceOf(Verdict.Block.class);
            Entry one = done(many.propose(
                    REV,
                    new Proposal(
                            Optional.empty(),
                            "月光茶壶码头",
                            new dev.cinnabar.review.Risk("A.1.b"),
                            dev.cinnabar.review.Severity.LOW,
                            dev.cinnabar.review.Action.BLOCK,
                            dev.cinnabar.review.Folds.DEFAULT,
                            "e",
                            "p",
                            "o",
                            PAPERS.reviewBy()),
                    "one more"));
            done(many.take(OFF, one.id(), 1, "review", "ok"));
            done(many.take(OFF, one.id(), 1, "shadow", "ok"));
            long before = System.nanoTime();
            done(many.take(OFF, one.id(), 1, "activate", "ok"));
            long after = System.nanoTime();
            assertThat(many.live().current().orElseThrow().review("月光茶壶码头")).isInstanceOf(Verdict.Block.class);
            System.out.printf(
                    "10,000 features: import %d ms, review + shadow + activate %d ms; one more activated in %d ms%n",
                    (imported - began) / 1_000_000, (activated - imported) / 1_000_000, (after - before) / 1_000_000);
            assertThat(activated - began).as("seconds, not minutes").isLessThan(60_000_000_000L);
        }
    }

    private Library library() {
        return features.live().current().orElseThrow();
    }

    /** A made-up word of three syllables and a number's letters; in no sentence anybody writes. */
    private static String word(int number) {
        StringBuilder out = new StringBuilder("zq");
        for (int rest = number + 26 * 26; rest > 0; rest /= 26) {
            out.append((char) ('a' + rest % 26)).append('x');
        }
        return out.toString();
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
