package dev.cinnabar.server.features;

import dev.cinnabar.review.Library;
import java.util.Optional;

/** Gives the review snapshot in force; a stream pins the one that it began with. */
public interface Live {
    /** The snapshot, or empty while it could not be confirmed lately: refuse (fail closed). */
    Optional<Library> current();
}
