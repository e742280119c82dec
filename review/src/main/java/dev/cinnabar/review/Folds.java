package dev.cinnabar.review;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The folds a feature asks for. Written {@code default}, {@code none}, or words of {@link Fold} joined by {@code +}. */
public record Folds(Set<Fold> all) {
    /** No fold: the text must be the pattern, character by character; Latin keywords still match whole words only. */
    public static final Folds NONE = new Folds(Set.of());

    /** What a feature gets that says nothing: every fold but those that guess ({@link Fold#LEET}, {@link Fold#SPLIT}) and {@link Fold#INSIDE_WORDS}. */
    public static final Folds DEFAULT =
            new Folds(EnumSet.complementOf(EnumSet.of(Fold.LEET, Fold.SPLIT, Fold.INSIDE_WORDS)));

    public Folds {
        EnumSet<Fold> copy = EnumSet.noneOf(Fold.class);
        copy.addAll(all);
        all = Collections.unmodifiableSet(copy);
    }

    /** Reads the written form; empty when a word is unknown. */
    public static Optional<Folds> parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.equalsIgnoreCase("default")) {
            return Optional.of(DEFAULT);
        }
        if (trimmed.equalsIgnoreCase("none")) {
            return Optional.of(NONE);
        }
        EnumSet<Fold> found = EnumSet.noneOf(Fold.class);
        for (String word : trimmed.split("\\+", -1)) {
            Optional<Fold> fold = Fold.of(word);
            if (fold.isEmpty()) {
                return Optional.empty();
            }
            found.add(fold.get());
        }
        return Optional.of(new Folds(found));
    }

    /** Whether this fold is asked for. */
    public boolean has(Fold fold) {
        return all.contains(fold);
    }

    /** The written form, which {@link #parse} reads back. */
    public String text() {
        if (equals(DEFAULT)) {
            return "default";
        }
        return all.isEmpty() ? "none" : all.stream().map(Fold::word).collect(Collectors.joining("+"));
    }
}
