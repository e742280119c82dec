package dev.cinnabar.review;

import java.util.List;

/** The starter library: harmless stand-in words for several risks, to try the review with. It is no substitute for the operator's own features. */
public final class Starter {
    private Starter() {}

    /** The stand-in features. */
    public static List<Feature> features() {
        return FeatureCsv.parse(new java.io.StringReader(Resource.text("starter.csv")))
                .features();
    }

    /** The stand-in features, compiled. */
    public static Library library() {
        return Library.compile("starter-1", features());
    }
}
