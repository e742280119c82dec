package dev.cinnabar.server.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small data file of rules: a version, its source, and rows under named columns.
 *
 * <p>Lines {@code # key: value} come first ({@code version} and {@code source} must be there), then a line of column names, then rows; cells
 * are parted by {@code |}. Other lines that begin with {@code #} are remarks. The files are ours, so a fault in one is a fault in the build and stops the start.
 */
public record Sheet(String name, Map<String, String> head, List<Map<String, String>> rows) {
    /** The resource beside the class. */
    public static Sheet of(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("No data file " + resource + " beside " + beside.getName());
            }
            return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the data file " + resource, e);
        }
    }

    /** Reads the text of a sheet. */
    public static Sheet parse(String name, String text) {
        Map<String, String> head = new LinkedHashMap<>();
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> columns = List.of();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (line.startsWith("#")) {
                remark(line, head);
            } else if (columns.isEmpty()) {
                columns = cells(line);
            } else {
                rows.add(row(name + " line " + number, columns, cells(line)));
            }
        }
        for (String needed : List.of("version", "source")) {
            if (!head.containsKey(needed)) {
                throw new IllegalArgumentException(name + " does not say its " + needed);
            }
        }
        return new Sheet(name, Map.copyOf(head), List.copyOf(rows));
    }

    /** The version, by which records name these rules. */
    public String version() {
        return says("version").orElseThrow();
    }

    /** What a head line says under the key. */
    public Optional<String> says(String key) {
        return Optional.ofNullable(head.get(key));
    }

    private static void remark(String line, Map<String, String> head) {
        int colon = line.indexOf(':');
        String key = colon < 0 ? "" : line.substring(1, colon).strip();
        if (!key.isEmpty() && key.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            head.putIfAbsent(key, line.substring(colon + 1).strip());
        }
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
    }

    private static Map<String, String> row(String where, List<String> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(where + " has " + cells.size() + " cells, not " + columns.size());
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        return Map.copyOf(row);
    }
}
