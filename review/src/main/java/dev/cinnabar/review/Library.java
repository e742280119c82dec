package dev.cinnabar.review;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A compiled feature library: immutable, shared by all threads. The same library and text always give the same verdict. */
public final class Library {
    /** How many hits of each action a verdict lists; the verdict itself counts them all. */
    public static final int MOST_HITS = 1_000;

    private final String version;
    private final List<Feature> features;

    private Library(String version, List<Feature> features) {
        this.version = version;
        this.features = features;
    }

    /**
     * Compiles the features.
     *
     * @throws IllegalArgumentException for two features of one id, or one that {@link #objection} refuses
     */
    public static Library compile(String version, Collection<Feature> features) {
        for (Feature feature : features) {
            objection(feature).ifPresent(objection -> {
                throw new IllegalArgumentException("feature " + feature.id() + ": " + objection.reason());
            });
        }
        return new Library(version, List.copyOf(features));
    }

    /** Why this feature cannot be compiled; empty when it can. */
    public static Optional<Objection> objection(Feature feature) {
        if (feature.kind() == Kind.REGEX) {
            return Optional.of(new Objection(
                    "regex_not_yet", "regular expressions are not compiled yet", "use one or more keywords"));
        }
        return Optional.empty();
    }

    /** A library that also has these features; one with an id that is already there takes its place. */
    public Library with(Collection<Feature> more) {
        return with(version + "+" + Integer.toHexString(more.hashCode()), more);
    }

    /** The same, with a version of the caller's choice. */
    public Library with(String newVersion, Collection<Feature> more) {
        List<Feature> all = new ArrayList<>(features);
        all.removeIf(old -> more.stream().anyMatch(one -> one.id().equals(old.id())));
        all.addAll(more);
        return compile(newVersion, all);
    }

    /** Reviews a whole text. */
    public Verdict review(CharSequence text) {
        List<Hit> hits = new ArrayList<>();
        String whole = text.toString();
        Action strongest = Action.NOTE;
        for (Feature feature : features) {
            for (int at = whole.indexOf(feature.pattern()); at >= 0; at = whole.indexOf(feature.pattern(), at + 1)) {
                int end = at + feature.pattern().length();
                hits.add(new Hit(feature, at, end, whole.substring(at, end)));
                strongest = strongest.compareTo(feature.action()) > 0 ? strongest : feature.action();
            }
        }
        Collections.sort(hits);
        return switch (strongest) {
            case NOTE -> new Verdict.Pass(hits);
            case HOLD -> new Verdict.Hold(hits);
            case BLOCK -> new Verdict.Block(hits);
        };
    }

    /** Begins the review of a stream. */
    public StreamReview stream() {
        return new StreamReview(this);
    }

    /** The version the library was compiled as. */
    public String version() {
        return version;
    }

    /** How many features it holds. */
    public int size() {
        return features.size();
    }
}
