package dev.cinnabar.server.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.ledger.Ed25519Key;
import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.EntryCursor;
import dev.cinnabar.ledger.Fsck;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.store.DataFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Article({"10", "16"})
class LogsTest {
    private static final LogSettings SETTINGS = new LogSettings("test.cinnabar.example", Duration.ofMillis(200));

    @TempDir
    private Path folder = Path.of("");

    private TestDatabase db = TestDatabase.open();

    @BeforeEach
    void fresh() {
        db.close();
        db = TestDatabase.open();
    }

    @AfterEach
    void close() {
        db.close();
    }

    private interface Work {
        void with(Logs logs) throws Exception;
    }

    private void open(Work work) throws Exception {
        try (DataFolder data = DataFolder.open(folder.resolve("data"), InstantSource.system());
                Logs logs = Logs.open(SETTINGS, data, InstantSource.system(), new SecureRandom())) {
            work.with(logs);
        }
    }

    private TrafficFollower follower(Logs logs) {
        return new TrafficFollower(logs.traffic().ledger(), db.background(), InstantSource.system());
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> contents(Ledger ledger) throws Exception {
        List<String> all = new ArrayList<>();
        EntryCursor cursor = ledger.from(0);
        for (Optional<Entry> entry = cursor.next(); entry.isPresent(); entry = cursor.next()) {
            all.add(new String(entry.get().content(), StandardCharsets.UTF_8));
        }
        return all;
    }

    @Test
    void aStreamThatACrashLeftOpenIsClosedAsInterruptedOnce() throws Exception {
        open(logs -> {
            logs.writer().append(json("{'kind':'opened','content':'A'}"));
            logs.writer().append(json("{'kind':'opened','content':'B'}"));
            logs.writer().append(json("{'kind':'closed','content':'A','opened':0,'outcome':'complete'}"));
            logs.writer().append(json("not json at all"));
        });
        open(logs -> {
            assertThat(follower(logs).recover()).isEqualTo(1);
            assertThat(contents(logs.traffic().ledger()))
                    .last()
                    .asString()
                    .contains(
                            "\"kind\":\"closed\"", "\"content\":\"B\"", "\"opened\":1", "\"outcome\":\"interrupted\"");
        });
        open(logs -> {
            assertThat(follower(logs).recover()).isZero();
            assertThat(logs.traffic().ledger().size()).isEqualTo(5);
        });
    }

    /** The stream was opened, the index went past it, and only then came the crash: the entry lies before what was read last. */
    @Test
    void anOrphanBehindTheIndexIsFoundToo() throws Exception {
        open(logs -> {
            TrafficFollower follower = follower(logs);
            follower.recover();
            logs.writer().append(json("{'kind':'opened','content':'A'}"));
            follower.follow();
            for (int i = 0; i < 50; i++) {
                logs.writer().append(json("{'kind':'whole','content':'W" + i + "'}"));
            }
            follower.follow();
        });
        open(logs -> assertThat(follower(logs).recover()).isEqualTo(1));
    }

    @Test
    void theIndexFindsEveryEntryOfAContentAndIsMadeAgainWhenLost() throws Exception {
        open(logs -> {
            TrafficFollower follower = follower(logs);
            follower.recover();
            logs.writer().append(json("{'kind':'opened','content':'A'}"));
            logs.writer().append(json("{'kind':'whole','content':'B'}"));
            logs.writer().append(json("{'kind':'closed','content':'A','opened':0,'outcome':'complete'}"));
            follower.follow();
            List<TrafficFollower.Mention> expected =
                    List.of(new TrafficFollower.Mention(0, "opened"), new TrafficFollower.Mention(2, "closed"));
            assertThat(follower.mentions("A")).isEqualTo(expected);
            db.background().useTransaction(handle -> handle.execute("truncate log_contents, log_positions"));
            TrafficFollower again = follower(logs);
            assertThat(again.recover()).isZero();
            assertThat(again.mentions("A")).isEqualTo(expected);
        });
    }

    @Test
    void governanceEventsComeOnceAndInOrderWhereverTheCrashCame() throws Exception {
        open(logs -> {
            GovernanceFollower follower =
                    new GovernanceFollower(logs.governance().ledger(), db.background());
            for (int i = 0; i < 40; i++) {
                String subject = "S" + i;
                db.database()
                        .useTransaction(handle -> db.outbox()
                                .add(handle, "thing.happened", Actor.SYSTEM, subject, Map.of("reason", "a \"test\"")));
            }
            assertThat(follower.waitingCount()).isEqualTo(40);
            assertThat(follower.follow()).isEqualTo(40);
            assertThat(follower.waitingCount()).isZero();
            // As after a crash between the append and the mark: entries stand in the log, their rows say nothing of it.
            for (int unmarked : new int[] {1, 7, 40}) {
                db.background()
                        .useTransaction(handle -> handle.execute(
                                "update outbox set log_index = null where log_index >= ?", 40 - unmarked));
                assertThat(new GovernanceFollower(logs.governance().ledger(), db.background()).follow())
                        .isZero();
            }
            List<String> all = contents(logs.governance().ledger());
            assertThat(all).hasSize(40);
            for (int i = 0; i < 40; i++) {
                assertThat(all.get(i))
                        .contains("\"subject\":\"S" + i + "\"", "\"kind\":\"thing.happened\"", "a \\\"test\\\"");
            }
        });
    }

    @Test
    void theKeysBesideTheLogCheckIt() throws Exception {
        open(logs -> logs.writer().append(json("{'kind':'whole','content':'A'}")));
        List<Ed25519Key> keys = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("data/logs/traffic.vkeys"))) {
            keys.add(Ed25519Key.parse(line));
        }
        var report = Fsck.run(folder.resolve("data/logs/traffic"), keys);
        assertThat(report.faults()).isEmpty();
        assertThat(report.entries()).isEqualTo(1);
    }
}
