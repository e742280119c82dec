package dev.cinnabar.review;

/**
 * One thing the review looks for, as it was approved: never changed, only followed by a higher version.
 *
 * @param id what the feature is called for ever; not blank
 * @param version 1 or more; a verdict names id and version
 * @param kind how the pattern is read
 * @param pattern what to look for; 1 to {@value #LONGEST} UTF-16 units
 * @param risk the risk of GB/T 45654-2025 it stands for
 * @param severity how grave a hit is
 * @param action what a hit asks for
 * @param folds how a text may differ from the pattern and still match
 */
public record Feature(
        String id, int version, Kind kind, String pattern, Risk risk, Severity severity, Action action, Folds folds) {
    /** The longest pattern, in UTF-16 units. */
    public static final int LONGEST = 256;

    public Feature {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a feature needs an id");
        }
        if (version < 1) {
            throw new IllegalArgumentException("feature " + id + ": version " + version + " is below 1");
        }
        if (pattern.isEmpty() || pattern.length() > LONGEST) {
            throw new IllegalArgumentException("feature " + id + ": a pattern has 1 to " + LONGEST
                    + " UTF-16 units, this one " + pattern.length());
        }
    }

    /** A keyword. */
    public Feature(String id, int version, String pattern, Risk risk, Severity severity, Action action, Folds folds) {
        this(id, version, Kind.KEYWORD, pattern, risk, severity, action, folds);
    }
}
