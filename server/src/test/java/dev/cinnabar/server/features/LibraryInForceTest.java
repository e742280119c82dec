package dev.cinnabar.server.features;

import static dev.cinnabar.server.features.TestFeatures.SEN;
import static dev.cinnabar.server.features.TestFeatures.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Hit;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Article;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the gate sees: the same library on every node, without SQL, never changed behind it, every hit counted. */
@Article("10")
class LibraryInForceTest {
    private static final TestDatabase DB = TestDatabase.open();

    private final TestFeatures desk = new TestFeatures(DB);

    @AfterAll
    static void close() {
        DB.close();
    }

    @Test
    void theSameContentHasTheSameVersionOnEveryNodeAndEveryVerdictCanBeReplayed() throws Exception {
        Entry entry = desk.inForce("纸鸢暗号辛", Action.BLOCK);
        Library then = desk.library();
        long counter = Long.parseLong(then.version().substring(1, then.version().indexOf('-')));
        try (TestDatabase node = DB.node()) {
            Features elsewhere = desk.features(node);
            assertThat(elsewhere.live().current().orElseThrow().version()).isEqualTo(then.version());
            desk.step(SEN, entry, "retire");
            assertThat(desk.library().version()).isNotEqualTo(then.version());
            long until = System.nanoTime() + 3_000_000_000L;
            while (!elsewhere
                    .live()
                    .current()
                    .orElseThrow()
                    .version()
                    .equals(desk.library().version())) {
                assertThat(System.nanoTime()).isLessThan(until);
                Thread.sleep(20);
            }
            assertThat(elsewhere.live().current().orElseThrow().review("纸鸢暗号辛")).isInstanceOf(Verdict.Pass.class);
        }
        Library replayed = desk.features.at(counter);
        assertThat(replayed.version()).isEqualTo(then.version());
        assertThat(replayed.size()).isEqualTo(then.size());
        assertThat(replayed.review("纸鸢暗号辛")).isEqualTo(then.review("纸鸢暗号辛")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void aReviewRunsNoSqlAndAnUnconfirmedLibraryIsNoLibrary() {
        desk.inForce("纸鸢暗号壬", Action.BLOCK);
        long before = DB.database().statements();
        for (int i = 0; i < 100; i++) {
            desk.features.hits().count(desk.verdict("纸鸢暗号壬").hits());
        }
        assertThat(DB.database().statements()).isEqualTo(before);
        Features silent = desk.silent(DB);
        assertThat(silent.live().current()).isEmpty();
    }

    @Test
    void whatWasApprovedCannotBeChangedInTheTables() {
        Entry entry = desk.inForce("纸鸢暗号癸", Action.BLOCK);
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
        Entry entry = desk.inForce("纸鸢暗号子", Action.BLOCK);
        List<Hit> hits = desk.verdict("纸鸢暗号子").hits();
        Set<Thread> done = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 250; n++) {
                    desk.features.hits().count(hits);
                    if (n % 50 == 0) {
                        desk.features.flush();
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
        desk.features.flush();
        assertThat(desk.features.file(SEN, entry.id()).orElseThrow().counts())
                .extracting(Features.Count::hits)
                .containsExactly(1_000L);
    }
}
