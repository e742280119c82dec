package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Setting;
import java.time.Duration;

/** How answers are reviewed while they stream. */
public record ReviewSettings(
        @Setting(
                value =
                        "How long text may wait before it is handed to the reviewer although its window is not full. It never makes unreviewed text leave.",
                otherwise = "250ms")
        Duration flush,

        @Setting(value = "How long one review may take before the request is refused.", otherwise = "5s")
        Duration timeout) {}
