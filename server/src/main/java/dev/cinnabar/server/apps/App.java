package dev.cinnabar.server.apps;

import dev.cinnabar.server.law.Lang;
import java.time.Instant;
import java.util.Optional;

/**
 * An application that calls the gateway.
 *
 * @param evidence of an application that shows the explicit label itself: where the evidence is kept (a text, a file's name, a link)
 * @param revision counts the changes, so that two people cannot overwrite each other
 */
public record App(
        String id,
        String name,
        Caller.Explicit explicit,
        String evidence,
        Lang lang,
        Optional<String> boundUser,
        Optional<String> producer,
        Instant created,
        String createdBy,
        int revision) {
    /** What an admin fills in. */
    public record Draft(
            String name,
            Caller.Explicit explicit,
            String evidence,
            Lang lang,
            Optional<String> boundUser,
            Optional<String> producer) {
        public Draft {
            name = name.strip();
            evidence = evidence.strip();
            boundUser = boundUser.map(String::strip).filter(text -> !text.isEmpty());
            producer = producer.map(String::strip).filter(text -> !text.isEmpty());
        }

        /** An application that leaves the explicit label to us. */
        public static Draft named(String name) {
            return new Draft(name, Caller.Explicit.TEXT, "", Lang.ZH, Optional.empty(), Optional.empty());
        }
    }
}
