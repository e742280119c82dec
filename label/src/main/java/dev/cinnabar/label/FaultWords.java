package dev.cinnabar.label;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The words of the faults, loaded from {@code faults.tsv} the first time one is shown. Columns: code, en, zh, remedy en, remedy zh; {@code {0}} is the first detail. */
final class FaultWords {
    private static final Map<Fault, String[]> WORDS = load();

    private FaultWords() {}

    static String message(Fault fault, Lang lang, List<String> details) {
        return filled(fault, lang == Lang.EN ? 1 : 2, details);
    }

    static String remedy(Fault fault, Lang lang, List<String> details) {
        return filled(fault, lang == Lang.EN ? 3 : 4, details);
    }

    private static String filled(Fault fault, int column, List<String> details) {
        String text = Objects.requireNonNull(WORDS.get(fault))[column];
        for (int i = 0; i < details.size(); i++) {
            text = text.replace("{" + i + "}", details.get(i));
        }
        return text;
    }

    private static Map<Fault, String[]> load() {
        Map<Fault, String[]> words = new EnumMap<>(Fault.class);
        try (InputStream in = Objects.requireNonNull(FaultWords.class.getResourceAsStream("faults.tsv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    String[] cells = line.split("\t", 5);
                    words.put(Fault.valueOf(cells[0]), cells);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
