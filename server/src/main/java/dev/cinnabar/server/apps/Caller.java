package dev.cinnabar.server.apps;

import dev.cinnabar.server.law.Lang;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A valid key and the application behind it.
 *
 * @param explicit who shows the explicit label of text: we, in the text, or the application's own interface (GB 45438-2025 5.6)
 * @param boundUser the one end user that the application serves, where it is bound to one
 * @param perMinute requests a minute, where limited
 * @param perDay requests a day (the key's budget), where limited
 */
public record Caller(
        String keyId,
        String appId,
        String appName,
        Set<Scope> scopes,
        Explicit explicit,
        Lang lang,
        Optional<String> boundUser,
        OptionalInt perMinute,
        OptionalLong perDay,
        Optional<Instant> expires) {

    /** Where the reader of text meets the explicit label. */
    public enum Explicit {
        /** In the text itself. */
        TEXT,
        /** In the application's own interface, persistently; evidence is kept. */
        INTERFACE
    }
}
