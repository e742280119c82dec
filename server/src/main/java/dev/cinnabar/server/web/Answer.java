package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Refused;
import java.util.List;

/** What a route answers. */
public sealed interface Answer {
    /**
     * A page: whole, or only the inside of {@code main} when htmx asks.
     *
     * @param template the template's name without its ending, like {@code people/list}
     * @param it what the template's parameter {@code it} is
     */
    record Page(int status, String template, Object it) implements Answer {
        /** The same page with another status: 422 for a form that must be shown again. */
        public Page status(int other) {
            return new Page(other, template, it);
        }
    }

    /** See other (303), after something was done. */
    record Redirect(String to, List<Flash> flashes) implements Answer {
        public Redirect {
            if (!to.startsWith("/") || to.startsWith("//") || to.contains("\\")) {
                throw new IllegalArgumentException("only to a path of our own: " + to);
            }
            flashes = List.copyOf(flashes);
        }
    }

    /** A file to save, never shown in the page's origin. */
    record Download(String mediaType, String name, byte[] bytes) implements Answer {}

    /** A no that names its article, reason and remedy, with the status of its code. */
    record No(Refused refused) implements Answer {}

    /** A plain problem: 403, 404, 413 and their like. */
    record Problem(int status) implements Answer {}

    /** A page with status 200. */
    static Page page(String template, Object it) {
        return new Page(200, template, it);
    }

    /** See other, with messages to be shown there. */
    static Answer redirect(String to, Flash... flashes) {
        return new Redirect(to, List.of(flashes));
    }

    /** A file to save. */
    static Answer download(String mediaType, String name, byte[] bytes) {
        return new Download(mediaType, name, bytes);
    }

    /** A no as a page of its own; inside a form prefer {@link Form#refuse}. */
    static Answer no(Refused refused) {
        return new No(refused);
    }

    /** No such thing. */
    static Answer notFound() {
        return new Problem(404);
    }
}
