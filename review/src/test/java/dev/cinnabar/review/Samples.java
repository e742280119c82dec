package dev.cinnabar.review;

import java.util.ArrayList;
import java.util.List;

/** Features made of patterns only, for tests that do not care for the rest. */
final class Samples {
    private Samples() {}

    static Feature feature(String pattern, Action action, Folds folds) {
        return new Feature("of " + pattern, 1, pattern, new Risk("A.1.a"), Severity.MEDIUM, action, folds);
    }

    static Feature block(String pattern) {
        return feature(pattern, Action.BLOCK, Folds.DEFAULT);
    }

    static Library blocking(String... patterns) {
        return blocking(Folds.DEFAULT, patterns);
    }

    static Library blocking(Folds folds, String... patterns) {
        List<Feature> features = new ArrayList<>();
        for (String pattern : patterns) {
            features.add(feature(pattern, Action.BLOCK, folds));
        }
        return Library.compile("sample", features);
    }

    static Folds folds(String text) {
        return Folds.parse(text).orElseThrow();
    }

    /** What a stream releases when the text is fed one unit at a time. */
    static String released(Library library, String text) {
        StreamReview stream = library.stream();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            out.append(stream.feed(text.substring(i, i + 1)).released());
        }
        return out.append(stream.finish().released()).toString();
    }

    static List<String> matched(Library library, String text) {
        return library.review(text).hits().stream().map(Hit::matched).toList();
    }
}
