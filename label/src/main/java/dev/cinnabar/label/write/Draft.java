package dev.cinnabar.label.write;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Finding;
import java.util.List;

/**
 * What a writer answers: the plan, and what the result will carry.
 *
 * @param plan how to make the labelled file
 * @param place where the implicit label will sit; empty where the format has no place
 * @param explicit the explicit labels that will be made
 * @param notes what the caller should know
 */
record Draft(EditPlan plan, String place, List<ExplicitMark> explicit, List<Finding> notes) {
    Draft {
        explicit = List.copyOf(explicit);
        notes = List.copyOf(notes);
    }
}
