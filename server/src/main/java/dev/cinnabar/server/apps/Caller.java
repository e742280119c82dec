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
 * @param producer the ContentProducer that this application's content names, where it is not the provider's own
 * @param perMinute requests a minute, where limited
 * @param perDay requests a day (the key's budget), where limited
 * @param expires when the key ends: its expiry, or the end of its overlap after a rotation, whichever is first
 */
public record Caller(
        String keyId,
        String appId,
        String appName,
        Set<Scope> scopes,
        Explicit explicit,
        Lang lang,
        Optional<String> boundUser,
        Optional<String> producer,
        OptionalInt perMinute,
        OptionalLong perDay,
        Optional<Instant> expires) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** A caller whose content names the provider's own ContentProducer. */
    public Caller(
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
        this(keyId, appId, appName, scopes, explicit, lang, boundUser, Optional.empty(), perMinute, perDay, expires);
    }

    /** Where the reader of text meets the explicit label. */
    public enum Explicit {
        /** In the text itself. */
        TEXT,
        /** In the application's own interface, persistently; evidence is kept. */
        INTERFACE
    }
}
