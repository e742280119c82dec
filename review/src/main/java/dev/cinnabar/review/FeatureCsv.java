package dev.cinnabar.review;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Features as a CSV file with a header: {@code pattern,kind,risk,severity,action,folds} in any order, and optionally {@code id,version}. A row without id gets one
 * made from its kind, pattern and folds, so that the same row has the same id in every file.
 */
public final class FeatureCsv {
    static final List<String> COLUMNS = List.of("pattern", "kind", "risk", "severity", "action", "folds");
    static final List<String> EXTRA = List.of("id", "version");

    private FeatureCsv() {}

    /**
     * What a file gave: every good row as a feature, every bad one as an error.
     *
     * @param features in the order of the rows
     * @param errors in the order of the rows; the file is good when there are none
     */
    public record Parsed(List<Feature> features, List<RowError> errors) {
        public Parsed {
            features = List.copyOf(features);
            errors = List.copyOf(errors);
        }
    }

    /**
     * Why a row was not taken.
     *
     * @param line the line the row begins on, from 1
     * @param column the column's name, or empty when it is the whole row
     */
    public record RowError(int line, String column, String reason, String remedy) {
        @Override
        public String toString() {
            String where = column.isEmpty() ? "line " + line : "line " + line + ", " + column;
            return where + ": " + reason + "; " + remedy;
        }
    }

    /** Reads a file row by row. The reader is read to its end and not closed. */
    public static Parsed parse(Reader reader) {
        try {
            StringWriter all = new StringWriter();
            reader.transferTo(all);
            return parse(all.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the text of a file row by row. */
    public static Parsed parse(String text) {
        List<CsvRows.Row> rows = new CsvRows(text).all();
        if (rows.isEmpty()) {
            return failed(new RowError(1, "", "the file is empty", "begin it with the header " + header(COLUMNS)));
        }
        List<String> names = rows.getFirst().cells().stream()
                .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                .toList();
        List<RowError> wrong = headerErrors(rows.getFirst().line(), names);
        if (!wrong.isEmpty()) {
            return new Parsed(List.of(), wrong);
        }
        CsvFeatures read = new CsvFeatures(names);
        rows.subList(1, rows.size()).forEach(read::row);
        return new Parsed(read.features(), read.errors());
    }

    /** Writes features so that {@link #parse} gives the same ones back. */
    public static String write(Collection<Feature> features) {
        List<String> names = new ArrayList<>(COLUMNS);
        names.addAll(EXTRA);
        StringBuilder out = new StringBuilder(header(names)).append('\n');
        for (Feature feature : features) {
            out.append(quoted(feature.pattern())).append(',');
            out.append(feature.kind().word()).append(',');
            out.append(feature.risk().code()).append(',');
            out.append(feature.severity().word()).append(',');
            out.append(feature.action().word()).append(',');
            out.append(feature.folds().text()).append(',');
            out.append(quoted(feature.id())).append(',').append(feature.version());
            out.append('\n');
        }
        return out.toString();
    }

    private static List<RowError> headerErrors(int line, List<String> names) {
        List<RowError> errors = new ArrayList<>();
        for (String name : names) {
            if (!COLUMNS.contains(name) && !EXTRA.contains(name)) {
                String known = header(COLUMNS) + " and, if you like, " + header(EXTRA);
                errors.add(new RowError(line, name, "no such column", "the columns are " + known));
            } else if (names.indexOf(name) != names.lastIndexOf(name)) {
                errors.add(new RowError(line, name, "the column is there twice", "keep one of them"));
            }
        }
        for (String name : COLUMNS) {
            if (!names.contains(name)) {
                errors.add(
                        new RowError(line, name, "the header lacks this column", "the header is " + header(COLUMNS)));
            }
        }
        return errors;
    }

    private static Parsed failed(RowError error) {
        return new Parsed(List.of(), List.of(error));
    }

    private static String header(List<String> names) {
        return String.join(",", names);
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                && cell.equals(cell.strip())
                && !cell.startsWith("\uFEFF");
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
