package dev.cinnabar.server.web;

/** What a route does with a visit: reads it, asks its room, answers. */
@FunctionalInterface
public interface Handler {
    /** The answer to the visit; what is thrown becomes a 500 page, and is logged. */
    Answer on(Visit visit) throws Exception;
}
