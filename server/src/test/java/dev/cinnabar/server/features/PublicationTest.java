package dev.cinnabar.server.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.testkit.Seeded;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The library in force is at every moment what the tables say, however the changes came and whenever the compiling happens. */
class PublicationTest {
    private static final TestDatabase DB = TestDatabase.open();
    private static final FeatureStore STORE = new FeatureStore();
    private static final List<String> WORDS =
            List.of("copper kite", "copper", "kite string", "纸鸢", "纸鸢线", "线轴", "string", "spool", "鸢线");

    private static final List<Action> ACTIONS = List.of(Action.NOTE, Action.HOLD, Action.BLOCK);
    private static final List<Entry.State> STATES =
            List.of(Entry.State.REVIEWED, Entry.State.SHADOW, Entry.State.ACTIVE, Entry.State.RETIRED);

    @AfterAll
    static void close() {
        DB.close();
    }

    @Test
    void whateverHappensInWhateverOrderTheLibraryIsWhatTheTablesSay() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Publication publication = new Publication(DB.background(), DB.changes(), STORE, waiting::add);
        publication.start();
        DB.confirmed();
        long seed = Seeded.base();
        RandomGenerator random = Seeded.random(seed);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < WORDS.size(); i++) {
            entries.add(entry("p" + i, WORDS.get(i), ACTIONS.get(i % 3)));
        }
        DB.database().useTransaction(handle -> STORE.insert(handle, entries));
        for (int turn = 0; turn < 120; turn++) {
            move(random, entries);
            if (random.nextInt(4) == 0 && !waiting.isEmpty()) {
                waiting.remove().run();
            }
            Library now = publication.current().orElseThrow();
            List<Feature> live =
                    entries.stream().flatMap(entry -> entry.live().stream()).toList();
            long counter = DB.database().inTransaction(STORE::counter);
            Library anew = Publication.at(counter, live);
            assertThat(now.version()).as("seed %d turn %d", seed, turn).isEqualTo(anew.version());
            assertThat(now.size()).isEqualTo(anew.size());
            String text = String.join(" 与 ", WORDS);
            assertThat(now.review(text)).as("seed %d turn %d", seed, turn).isEqualTo(anew.review(text));
        }
        waiting.forEach(Runnable::run);
        assertThat(publication.current().orElseThrow().size())
                .isEqualTo((int) entries.stream().filter(e -> e.state().live()).count());
    }

    /** Moves one or several features into or out of the library in one transaction. */
    private static void move(RandomGenerator random, List<Entry> entries) {
        Entry.State to = STATES.get(random.nextInt(STATES.size()));
        List<Entry> moved = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (random.nextInt(entries.size()) < 2 && (entry.state().live() || to.live())) {
                moved.add(entry);
                entries.set(
                        i,
                        new Entry(
                                entry.id(),
                                1,
                                entry.content(),
                                to,
                                entry.proposer(),
                                entry.proposed(),
                                "",
                                entry.trial()));
            }
        }
        if (!moved.isEmpty()) {
            DB.database().useTransaction(handle -> {
                STORE.state(handle, moved, to);
                STORE.moved(handle, moved, to, Instant.now());
                moved.forEach(entry -> DB.changes().bump(handle, "features", entry.id()));
            });
        }
    }

    private static Entry entry(String id, String pattern, Action action) {
        Proposal content = new Proposal(
                java.util.Optional.of(id),
                pattern,
                new Risk("A.1.g"),
                Severity.LOW,
                action,
                Folds.DEFAULT,
                "e",
                "p",
                "o",
                Instant.now().plusSeconds(1_000));
        return new Entry(id, 1, content, Entry.State.CANDIDATE, "st-x", Instant.now(), "", new Entry.Trial("s", 1, 0));
    }
}
