package dev.cinnabar.label.propagation;

import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The words of reasons and notices, from the versioned tables {@code grounds.tsv} and {@code notices.tsv}. Columns: code, en, zh; {@code {0}} is the first detail. */
final class PropagationWords {
    private static final Map<String, String[]> GROUNDS = load("grounds.tsv");
    private static final Map<String, String[]> NOTICES = load("notices.tsv");

    private PropagationWords() {}

    static String ground(Ground ground, Lang lang, List<String> details) {
        String text = word(GROUNDS, ground.name(), lang);
        for (int i = 0; i < details.size(); i++) {
            text = text.replace("{" + i + "}", details.get(i));
        }
        return text;
    }

    static String notice(Level level, Lang lang) {
        return word(NOTICES, level.word(), lang);
    }

    private static String word(Map<String, String[]> table, String code, Lang lang) {
        String[] cells = Objects.requireNonNull(table.get(code));
        return switch (lang) {
            case EN -> cells[1];
            case ZH -> cells[2];
        };
    }

    private static Map<String, String[]> load(String table) {
        Map<String, String[]> words = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(PropagationWords.class.getResourceAsStream(table));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    String[] cells = line.split("\t", 4);
                    words.put(cells[0], cells);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
