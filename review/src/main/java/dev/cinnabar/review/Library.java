package dev.cinnabar.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A compiled feature library: immutable, shared by all threads. The same library and text always give the same verdict.
 *
 * <p>Features are compiled by sets of folds, one {@link View} each. A library made by {@link #with} shares the views of the one it came from and has a few small ones
 * of its own on top, so that one new feature does not rebuild a million; after some thousands on top, {@link #compile} anew.
 */
public final class Library {
    /** How many hits that pass, and how many that stop, a verdict lists at most; the verdict itself counts them all. */
    public static final int MOST_HITS = 1_000;

    private final String version;
    private final List<View> base;
    private final Set<String> masked;
    private final Map<String, Feature> added;
    private final List<View> overlay;
    private final int size;

    private Library(String version, List<View> base, Set<String> masked, Map<String, Feature> added) {
        this.version = version;
        this.base = base;
        this.masked = masked;
        this.added = added;
        overlay = views(added.values());
        size = base.stream().mapToInt(View::size).sum() - masked.size() + added.size();
    }

    /**
     * Compiles the features.
     *
     * @throws IllegalArgumentException for two features of one id, or one that {@link #objection} refuses
     */
    public static Library compile(String version, Collection<Feature> features) {
        check(features);
        return new Library(version, views(features), Set.of(), Map.of());
    }

    /** Why this feature cannot be compiled; empty when it can. */
    public static Optional<Objection> objection(Feature feature) {
        if (feature.kind() == Kind.REGEX) {
            return Optional.of(new Objection(
                    "regex_not_yet", "regular expressions are not compiled yet", "use one or more keywords"));
        }
        return Word.of(feature.pattern(), feature.folds()).objection(feature);
    }

    /**
     * A library that also has these features; one with an id that is already there takes its place. The version is made from this one's and from what is on top.
     *
     * @throws IllegalArgumentException as {@link #compile}
     */
    public Library with(Collection<Feature> more) {
        Map<String, Feature> all = new LinkedHashMap<>(added);
        more.forEach(feature -> all.put(feature.id(), feature));
        return with(version.replaceFirst("\\+[0-9a-f]{12}$", "") + "+" + digest(all.values()), more);
    }

    /** The same, with a version of the caller's choice. */
    public Library with(String newVersion, Collection<Feature> more) {
        check(more);
        Map<String, Feature> all = new LinkedHashMap<>(added);
        more.forEach(feature -> all.put(feature.id(), feature));
        Set<String> hidden = new HashSet<>(masked);
        Set<String> ids = more.stream().map(Feature::id).collect(Collectors.toSet());
        base.forEach(view -> view.ids().filter(ids::contains).forEach(hidden::add));
        return new Library(newVersion, base, Set.copyOf(hidden), all);
    }

    /** A library in which the features of these ids count no more. */
    public Library without(String newVersion, Collection<String> ids) {
        Map<String, Feature> rest = new LinkedHashMap<>(added);
        rest.keySet().removeAll(ids);
        Set<String> hidden = new HashSet<>(masked);
        Set<String> gone = Set.copyOf(ids);
        base.forEach(view -> view.ids().filter(gone::contains).forEach(hidden::add));
        return new Library(newVersion, base, Set.copyOf(hidden), rest);
    }

    /** Reviews a whole text. Half a surrogate pair, controls and the like are text as any other. */
    public Verdict review(CharSequence text) {
        String whole = text.toString();
        List<Scan> scans = scans();
        Pieces pieces = new Pieces(whole);
        while (pieces.next()) {
            scans.forEach(scan -> scan.read(pieces.buffer(), pieces.length(), pieces.offset()));
        }
        scans.forEach(Scan::end);
        List<Hit> hits = new ArrayList<>();
        hits.addAll(first(scans, whole, false));
        List<Hit> stops = first(scans, whole, true);
        hits.addAll(stops);
        Collections.sort(hits);
        if (scans.stream().anyMatch(scan -> scan.matches().blocks())) {
            return new Verdict.Block(hits);
        }
        return stops.isEmpty() ? new Verdict.Pass(hits) : new Verdict.Hold(hits);
    }

    /** Begins the review of a stream. */
    public StreamReview stream() {
        return new StreamReview(scans());
    }

    /** The version the library was compiled as. */
    public String version() {
        return version;
    }

    /** How many features count. */
    public int size() {
        return size;
    }

    private List<Scan> scans() {
        List<Scan> scans = new ArrayList<>(base.size() + overlay.size());
        base.forEach(view -> scans.add(new Scan(view, masked)));
        overlay.forEach(view -> scans.add(new Scan(view, Set.of())));
        return scans;
    }

    private static List<Hit> first(List<Scan> scans, String text, boolean stops) {
        List<Hit> hits = new ArrayList<>();
        for (Scan scan : scans) {
            Found found = stops ? scan.matches().stops() : scan.matches().notes();
            for (int row = 0; row < found.size(); row++) {
                hits.add(new Hit(
                        scan.view().feature(found.feature(row)),
                        found.start(row),
                        found.end(row),
                        text.substring(found.start(row), found.end(row))));
            }
        }
        Collections.sort(hits);
        return hits.size() > MOST_HITS ? hits.subList(0, MOST_HITS) : hits;
    }

    private static List<View> views(Collection<Feature> features) {
        Map<Folds, List<Feature>> byFolds = new LinkedHashMap<>();
        features.forEach(feature -> byFolds.computeIfAbsent(feature.folds(), folds -> new ArrayList<>())
                .add(feature));
        List<View> views = new ArrayList<>();
        byFolds.forEach((folds, some) -> views.add(new View(folds, some)));
        return List.copyOf(views);
    }

    private static void check(Collection<Feature> features) {
        Set<String> ids = HashSet.newHashSet(features.size());
        for (Feature feature : features) {
            if (!ids.add(feature.id())) {
                throw new IllegalArgumentException("feature " + feature.id() + " is there twice");
            }
            objection(feature).ifPresent(objection -> {
                throw new IllegalArgumentException(
                        "feature " + feature.id() + ": " + objection.reason() + "; " + objection.remedy());
            });
        }
    }

    private static String digest(Collection<Feature> features) {
        try {
            List<Feature> byId =
                    features.stream().sorted(Comparator.comparing(Feature::id)).toList();
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(FeatureCsv.write(byId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
