package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Setting;

/** Where the authentication of real identity is asked (Article 9). */
public record IdentitySettings(
        @Setting(
                value =
                        "generation: before anything is made for a user, and before it is published. publication: only before it is published.",
                otherwise = "generation")
        Gate gate) {
    /** The act before which a user's real identity must be authenticated. */
    public enum Gate {
        GENERATION,
        PUBLICATION
    }
}
