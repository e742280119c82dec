package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Call;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A well-formed request for something to be made. */
public sealed interface Ask permits ChatAsk, ImageAsk, SpeechAsk {
    /** The surface it came in by. */
    Surface surface();

    /** The model asked for. */
    String model();

    /** The end users that the body names; more than one is ambiguous. */
    Set<String> users();

    /** Every text in it that a model will read. */
    List<Said> said();

    /** Whether the answer is wanted as a stream. */
    boolean streamed();

    /** The field because of which no label can be put into the answer's text; empty where one can. */
    Optional<String> unlabelledBy();

    /** The question to the model: only what this form knows, written anew. */
    Call call(String trace);
}
