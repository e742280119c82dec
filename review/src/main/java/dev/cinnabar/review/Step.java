package dev.cinnabar.review;

import java.util.List;
import java.util.Optional;

/**
 * What one feeding of a stream gives.
 *
 * @param released the text that may go out now, exactly what was fed and in order; often empty
 * @param notes hits that let the text pass
 * @param stop why nothing more will ever be released; its hits all end where the first of them ends
 */
public record Step(String released, List<Hit> notes, Optional<Verdict.Stop> stop) {
    public Step {
        notes = List.copyOf(notes);
    }
}
