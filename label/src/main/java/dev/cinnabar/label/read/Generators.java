package dev.cinnabar.label.read;

import dev.cinnabar.label.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What generators leave in metadata, from the versioned table {@code generators.tsv}; loaded when the first file asks. */
final class Generators {
    /** Where in the table's terms. */
    enum Spot {
        PNG("png"),
        EXIF("exif"),
        XMP("xmp");

        private final String word;

        Spot(String word) {
            this.word = word;
        }
    }

    /** The most of a value that is looked at, in bytes: a workflow can be long, and says at its beginning what it is. */
    static final int HEAD = 1 << 16;

    private record Line(String spot, String key, String says, String generator) {}

    private static final List<Line> TABLE = load();

    private Generators() {}

    /** Whether a value under this key is worth reading. */
    static boolean know(Spot spot, String key) {
        return TABLE.stream()
                .anyMatch(line -> line.spot().equals(spot.word) && line.key().equals(key));
    }

    /** The trace that a value is, if it is one. */
    static Optional<Trace> trace(Spot spot, String key, String value, String where) {
        return TABLE.stream()
                .filter(line -> line.spot().equals(spot.word) && line.key().equals(key))
                .filter(line -> line.says().equals("*") || holds(value, line.says()))
                .findFirst()
                .map(line -> new Trace(Trace.Kind.GENERATOR, where, line.generator(), true));
    }

    private static boolean holds(String value, String text) {
        for (int i = 0; i + text.length() <= value.length(); i++) {
            if (value.regionMatches(true, i, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }

    private static List<Line> load() {
        List<Line> lines = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Generators.class.getResourceAsStream("generators.tsv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    String[] cells = line.split("\t", 5);
                    lines.add(new Line(cells[0], cells[1], cells[2], cells[3]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(lines);
    }
}
