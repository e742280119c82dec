package dev.cinnabar.server.gateway.surface;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One step of a streamed answer, freed of everything that nobody here knows. */
public sealed interface Delta {
    /** An answer begins. */
    record Role(int choice) implements Delta {}

    /** A piece of text, with the probabilities of its tokens. */
    record Text(Track track, String text, List<Logprob> logprobs) implements Delta {}

    /** A call of a tool begins.
     *
     * @param call its number in the answer, or {@link Track#LEGACY}
     * @param id the name under which its result comes back; empty for the old form
     */
    record Call(int choice, int call, String id, String name) implements Delta {}

    /** An answer ends. */
    record Finish(int choice, String reason) implements Delta {}

    /** What the whole took. */
    record Usage(ObjectNode usage) implements Delta {}
}
