package dev.cinnabar.server.store;

import dev.cinnabar.server.law.Actor;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Takes governance events inside the transaction that makes them true; the governance log follows from here. */
public interface Outbox {
    /**
     * Adds an event.
     *
     * @param kind like {@code feature.approved}
     * @param subject the id of the thing it happened to
     * @param facts short facts, no personal data
     */
    void add(Handle transaction, String kind, Actor actor, String subject, Map<String, String> facts);
}
