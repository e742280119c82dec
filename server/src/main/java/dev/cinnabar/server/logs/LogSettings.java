package dev.cinnabar.server.logs;

import dev.cinnabar.server.law.Setting;
import java.time.Duration;

/** The two logs of this node. */
public record LogSettings(
        @Setting(
                value =
                        "The name of this node's logs in checkpoints, without a scheme: every node has its own. The logs are NAME/traffic and NAME/governance. It cannot be changed later.",
                otherwise = "cinnabar.local",
                example = "log.provider.example/node-1")
        String origin,

        @Setting(value = "How often a signed checkpoint is published while entries come in.", otherwise = "1s")
        Duration checkpointEvery) {
    public LogSettings {
        if (!origin.matches("[a-z0-9][a-z0-9./-]{0,80}")) {
            throw new IllegalArgumentException("origin is made of a-z, 0-9, dots, slashes and dashes");
        }
        if (checkpointEvery.toMillis() < 100) {
            throw new IllegalArgumentException("checkpoint-every is at least 100ms");
        }
    }
}
