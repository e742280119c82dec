package dev.cinnabar.server.tampering;

import dev.cinnabar.label.Reading;
import dev.cinnabar.server.law.Actor;
import java.util.Optional;

/** Compares a file that came in with what was released. */
public interface Examiner {
    /** How a file came before us. */
    enum Source {
        /** An application, through {@code /v1/labels/verify}. */
        API,
        /** Anybody, through the public check page. */
        PUBLIC,
        /** A person who works here, with a file from a complaint. */
        COMPLAINT
    }

    /**
     * A file as it came.
     *
     * @param name the name it was sent under, for its ending
     * @param reading what was read in it
     */
    record Sighting(Source source, Actor actor, String name, byte[] bytes, Reading reading) {}

    /**
     * What was found.
     *
     * @param outcome empty where the file neither is ours nor claims to be
     * @param claims whether a label in the file names us as its producer: all that the file itself makes public
     * @param caseId the case, where one was opened now or before
     */
    record Examined(Optional<Tampered> outcome, boolean claims, Optional<String> caseId) {}

    /** Compares; never throws: where the records cannot be asked the answer is {@link Tampered#UNKNOWN} for a claim, and no case. */
    Examined examine(Sighting sighting);
}
