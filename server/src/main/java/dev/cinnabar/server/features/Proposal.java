package dev.cinnabar.server.features;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody proposes to look for.
 *
 * @param id of the feature that this is a new version of; empty for a new one
 * @param evidence what shows that it is illegal or harmful: at least one proof
 * @param provenance where it comes from
 * @param owner who answers for it
 * @param reviewBy when it must be looked at again; at that moment it expires
 */
public record Proposal(
        Optional<String> id,
        String pattern,
        Risk risk,
        Severity severity,
        Action action,
        Folds folds,
        String evidence,
        String provenance,
        String owner,
        Instant reviewBy) {
    public Proposal {
        evidence = evidence.strip();
        provenance = provenance.strip();
        owner = owner.strip();
    }

    /** What comes with a whole file of features. */
    public record Papers(String evidence, String provenance, String owner, Instant reviewBy) {}

    static Proposal of(Feature feature, Papers papers) {
        return new Proposal(
                Optional.of(feature.id()),
                feature.pattern(),
                feature.risk(),
                feature.severity(),
                feature.action(),
                feature.folds(),
                papers.evidence(),
                papers.provenance(),
                papers.owner(),
                papers.reviewBy());
    }

    /** Whether the two look for the same and do the same. */
    boolean same(Proposal other) {
        return pattern.equals(other.pattern)
                && risk.equals(other.risk)
                && severity == other.severity
                && action == other.action
                && folds.equals(other.folds);
    }
}
