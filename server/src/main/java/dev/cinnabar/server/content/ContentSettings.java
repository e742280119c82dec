package dev.cinnabar.server.content;

import dev.cinnabar.server.law.Setting;

/** How long contents are kept. */
public record ContentSettings(
        @Setting(
                value =
                        "Days that prompts and answers are kept; a default of ours (INTERNAL), no law sets it. The logs keep their commitments longer.",
                otherwise = "180")
        int days) {
    public ContentSettings {
        if (days < 1 || days > 36500) {
            throw new IllegalArgumentException("days must lie between 1 and 36500");
        }
    }
}
