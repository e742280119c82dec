package dev.cinnabar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.content.ContentSettings;
import dev.cinnabar.server.content.ContentStore;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.logs.LogSettings;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.logs.TrafficFollower;
import dev.cinnabar.server.store.DataFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents of which no entry speaks go; all others stay, however far behind the index is. */
@Article("16")
class OrphansTest {
    private static final byte[] TEXT = "some text".getBytes(StandardCharsets.UTF_8);

    private Instant now = Instant.parse("2026-11-24T08:00:00Z");
    private final InstantSource clock = () -> now;

    @Test
    void whatNoEntryNamesIsErasedOnceItIsOldEnough(@TempDir Path folder) throws Exception {
        try (TestDatabase db = TestDatabase.open(clock);
                DataFolder data = DataFolder.open(folder.resolve("data"), clock);
                Logs logs =
                        Logs.open(new LogSettings("test", Duration.ofSeconds(1)), data, clock, new SecureRandom())) {
            TrafficFollower follower = new TrafficFollower(logs.traffic().ledger(), db.background(), clock);
            follower.recover();
            try (ContentStore contents = open(data)) {
                contents.put("recorded", "prompt", "text/plain", TEXT);
                contents.put("orphan", "prompt", "text/plain", TEXT);
            }
            // Not followed: the index learns of it only when it is asked.
            logs.writer().append("{\"kind\":\"whole\",\"content\":\"recorded\"}".getBytes(StandardCharsets.UTF_8));
            try (ContentStore contents = open(data)) {
                Orphans orphans = new Orphans(contents, follower, clock);
                now = now.plus(Duration.ofMinutes(59));
                orphans.sweep();
                assertThat(contents.get("orphan", "prompt")).as("still young").isPresent();
                now = now.plus(Duration.ofMinutes(2));
                orphans.sweep();
                assertThat(contents.get("orphan", "prompt")).isEmpty();
                assertThat(contents.get("recorded", "prompt")).isPresent();
            }
        }
    }

    @Test
    void withoutTheIndexNothingIsErased(@TempDir Path folder) throws Exception {
        try (DataFolder data = DataFolder.open(folder.resolve("data"), clock);
                Logs logs =
                        Logs.open(new LogSettings("test", Duration.ofSeconds(1)), data, clock, new SecureRandom())) {
            try (ContentStore contents = open(data)) {
                contents.put("recorded", "prompt", "text/plain", TEXT);
            }
            TestDatabase db = TestDatabase.open(clock);
            TrafficFollower follower = new TrafficFollower(logs.traffic().ledger(), db.background(), clock);
            follower.recover();
            logs.writer().append("{\"kind\":\"whole\",\"content\":\"recorded\"}".getBytes(StandardCharsets.UTF_8));
            db.close();
            now = now.plus(Duration.ofHours(2));
            try (ContentStore contents = open(data)) {
                assertThatThrownBy(new Orphans(contents, follower, clock)::sweep)
                        .isInstanceOf(RuntimeException.class);
                assertThat(contents.get("recorded", "prompt")).isPresent();
            }
        }
    }

    private ContentStore open(DataFolder data) throws Exception {
        return ContentStore.open(data.content(), data.keys(), new ContentSettings(30), clock, new SecureRandom());
    }
}
