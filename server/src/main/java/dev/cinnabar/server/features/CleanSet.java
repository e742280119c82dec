package dev.cinnabar.server.features;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Hit;
import dev.cinnabar.review.Library;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Ordinary sentences, Chinese and English, on which a feature is tried before it enters: what it matches here it matches wrongly. */
final class CleanSet {
    private final String version;
    private final List<String> sentences;

    private CleanSet(String version, List<String> sentences) {
        this.version = version;
        this.sentences = List.copyOf(sentences);
    }

    /** The set that the build brings. */
    static CleanSet current() {
        try (InputStream in = CleanSet.class.getResourceAsStream("clean.txt")) {
            if (in == null) {
                throw new IllegalStateException("The set of ordinary sentences is not in the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the set of ordinary sentences", e);
        }
    }

    static CleanSet parse(String text) {
        String version = "";
        List<String> sentences = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# version:")) {
                version = line.substring("# version:".length()).strip();
            } else if (!line.startsWith("#") && !line.isBlank()) {
                sentences.add(line.strip());
            }
        }
        if (version.isEmpty() || sentences.isEmpty()) {
            throw new IllegalArgumentException("A set of ordinary sentences says its version and has sentences");
        }
        return new CleanSet(version, sentences);
    }

    int size() {
        return sentences.size();
    }

    /** Tries one feature. */
    Entry.Trial trial(Feature feature) {
        return trials(List.of(feature)).getFirst();
    }

    /** Tries features, in their order; one that no library can take is tried on none. */
    List<Entry.Trial> trials(List<Feature> features) {
        List<Feature> all = new ArrayList<>(features.size());
        List<Feature> notes = new ArrayList<>(features.size());
        for (int i = 0; i < features.size(); i++) {
            Feature note = note(features.get(i), i);
            all.add(note);
            if (Library.objection(note).isEmpty()) {
                notes.add(note);
            }
        }
        Set<String> tried = notes.stream().map(Feature::id).collect(Collectors.toSet());
        Map<String, Integer> matched = matched(notes);
        return all.stream()
                .map(note -> new Entry.Trial(
                        version, tried.contains(note.id()) ? sentences.size() : 0, matched.getOrDefault(note.id(), 0)))
                .toList();
    }

    private Map<String, Integer> matched(List<Feature> notes) {
        Map<String, Integer> matched = new HashMap<>();
        Library library = Library.compile("trial", notes);
        for (String sentence : sentences) {
            for (String id : ids(library, notes, sentence)) {
                matched.merge(id, 1, Integer::sum);
            }
        }
        return matched;
    }

    private static Set<String> ids(Library library, List<Feature> notes, String sentence) {
        List<Hit> hits = library.review(sentence).hits();
        Set<String> ids = new HashSet<>();
        if (hits.size() < Library.MOST_HITS || notes.size() == 1) {
            hits.forEach(hit -> ids.add(hit.feature().id()));
            return ids;
        }
        // The verdict lists no more hits than that: look with half of the features at a time.
        int half = notes.size() / 2;
        for (List<Feature> some : List.of(notes.subList(0, half), notes.subList(half, notes.size()))) {
            ids.addAll(ids(Library.compile("trial", some), some, sentence));
        }
        return ids;
    }

    private static Feature note(Feature feature, int number) {
        return new Feature(
                "t" + number, 1, feature.pattern(), feature.risk(), feature.severity(), Action.NOTE, feature.folds());
    }
}
