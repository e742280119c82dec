package dev.cinnabar.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Turns the rows of a feature file into features, and what is wrong with a row into errors. */
final class CsvFeatures {
    private final List<String> names;
    private final List<Feature> features = new ArrayList<>();
    private final List<FeatureCsv.RowError> errors = new ArrayList<>();
    private final Map<String, Integer> lineOfId = new HashMap<>();
    private int errorsBefore;

    CsvFeatures(List<String> names) {
        this.names = names;
    }

    List<Feature> features() {
        return features;
    }

    List<FeatureCsv.RowError> errors() {
        return errors;
    }

    void row(CsvRows.Row row) {
        errorsBefore = errors.size();
        if (row.broken()) {
            wrong(row, "", "a quote is not closed", "close it, and write a quote inside a cell twice");
        } else if (row.cells().size() != names.size()) {
            String counts = row.cells().size() + " cells where the header has " + names.size();
            wrong(row, "", counts, "put a cell that contains a comma in quotes");
        } else {
            read(row).ifPresent(feature -> keep(row, feature));
        }
    }

    private Optional<Feature> read(CsvRows.Row row) {
        Optional<Kind> kind = word(row, "kind", Kind::of, "use keyword or regex");
        Optional<Risk> risk = word(row, "risk", Risk::of, "use A.1.a to A.5.b of GB/T 45654-2025");
        Optional<Severity> severity = word(row, "severity", Severity::of, "use low, medium or high");
        Optional<Action> action = word(row, "action", Action::of, "use note, hold or block");
        Optional<Folds> folds = word(row, "folds", Folds::parse, "use default, none, or names of folds joined by +");
        String pattern = cell(row, "pattern");
        if (pattern.isBlank() || pattern.length() > Feature.LONGEST) {
            String limit = "write 1 to " + Feature.LONGEST + " characters";
            wrong(row, "pattern", pattern.isBlank() ? "there is none" : "it is too long", limit);
        }
        int version = version(row);
        if (errors.size() > errorsBefore) {
            return Optional.empty();
        }
        String given = cell(row, "id").strip();
        String id = given.isEmpty() ? idOf(kind.orElseThrow(), pattern, folds.orElseThrow()) : given;
        return Optional.of(new Feature(
                id,
                version,
                kind.orElseThrow(),
                pattern,
                risk.orElseThrow(),
                severity.orElseThrow(),
                action.orElseThrow(),
                folds.orElseThrow()));
    }

    private void keep(CsvRows.Row row, Feature feature) {
        Integer first = lineOfId.putIfAbsent(feature.id(), row.line());
        if (first != null) {
            wrong(row, "", "it is the same feature as line " + first, "take one of the two out");
            return;
        }
        Optional<Objection> objection = Library.objection(feature);
        if (objection.isPresent()) {
            wrong(row, "pattern", objection.get().reason(), objection.get().remedy());
        } else {
            features.add(feature);
        }
    }

    private int version(CsvRows.Row row) {
        String text = cell(row, "version").strip();
        if (text.isEmpty()) {
            return 1;
        }
        if (text.matches("[1-9][0-9]{0,8}")) {
            return Integer.parseInt(text);
        }
        wrong(row, "version", "\"" + text + "\" is no version", "use a whole number from 1");
        return 1;
    }

    private <T> Optional<T> word(CsvRows.Row row, String column, Function<String, Optional<T>> read, String remedy) {
        String text = cell(row, column);
        Optional<T> found = read.apply(text);
        if (found.isEmpty()) {
            wrong(row, column, text.isBlank() ? "there is none" : "\"" + text + "\" is unknown", remedy);
        }
        return found;
    }

    private String cell(CsvRows.Row row, String column) {
        int at = names.indexOf(column);
        return at < 0 ? "" : row.cells().get(at);
    }

    private void wrong(CsvRows.Row row, String column, String reason, String remedy) {
        errors.add(new FeatureCsv.RowError(row.line(), column, reason, remedy));
    }

    /** From what decides whether it matches, not from what follows a match: a changed action is the same feature. */
    private static String idOf(Kind kind, String pattern, Folds folds) {
        try {
            String all = kind.word() + '\0' + folds.text() + '\0' + pattern;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return "csv-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
