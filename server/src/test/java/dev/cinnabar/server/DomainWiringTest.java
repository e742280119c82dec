package dev.cinnabar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.algorithms.Functions;
import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.apps.Key;
import dev.cinnabar.server.features.Live;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate asks is in the running server, and what was counted in memory outlives a stop. */
class DomainWiringTest {
    @Test
    void theGateFindsWhatItAsksAndTheLastUseOutlivesAStop(@TempDir Path folder) throws Exception {
        Apps.Issued issued;
        try (Server server = start(folder)) {
            Apps apps = server.get(Apps.class);
            issued = apps.first().orElseGet(() -> key(apps));
            assertThat(server.get(Callers.class).byKey(issued.secret().reveal()))
                    .isInstanceOf(Callers.Known.class);
            assertThat(server.get(Functions.class).of("text.dialogue")).isInstanceOf(Functions.On.class);
            assertThat(server.get(Functions.class).of("face.swap")).isInstanceOf(Functions.Off.class);
            assertThat(server.get(Live.class).current()).isPresent();
        }
        try (Server server = start(folder)) {
            assertThat(server.get(Callers.class).byKey(issued.secret().reveal()))
                    .isInstanceOf(Callers.Known.class);
            assertThat(server.get(Apps.class).keys(issued.key().appId()))
                    .filteredOn(key -> key.id().equals(issued.key().id()))
                    .allMatch(key -> key.lastUsed().isPresent());
        }
    }

    private static Apps.Issued key(Apps apps) {
        String app = apps.all().getFirst().id();
        return switch (apps.issue(Actor.SYSTEM, app, Key.Grant.everything())) {
            case Outcome.Done<Apps.Issued>(Apps.Issued issued) -> issued;
            case Outcome.Not<Apps.Issued>(Refused refused) -> throw new AssertionError(refused.toString());
        };
    }

    private static Server start(Path folder) throws Exception {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Server.start(ServeOptions.quiet(folder.resolve("data"), false, out));
    }
}
