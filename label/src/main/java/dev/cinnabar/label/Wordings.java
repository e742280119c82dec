package dev.cinnabar.label;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The words of explicit labels by medium, service and language (GB 45438-2025 chapter 5), from the versioned table {@code wordings.tsv}; and the check for both elements. */
public final class Wordings {
    /** What carries the words. */
    public enum Medium {
        TEXT("text"),
        IMAGE("image"),
        AUDIO("audio");

        private final String word;

        Medium(String word) {
            this.word = word;
        }
    }

    private record Line(String medium, String service, String lang, String wording) {}

    private static final int LONGEST_NOTICE = 60;
    private static final String OPENING = "【[（(〔「《";
    private static final String CLOSING = "】]）)〕」》";

    private final List<Line> lines;

    private Wordings(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** The table that comes with the library, loaded once. */
    public static Wordings standard() {
        return Standard.TABLE;
    }

    /** The wording for a service in a medium and a language; for sound the rhythm. */
    public String wording(Medium medium, ServiceKind service, Lang lang) {
        String general = "";
        for (Line line : lines) {
            if (line.medium().equals(medium.word) && line.lang().equals(lang.word())) {
                if (line.service().equals(service.word())) {
                    return line.wording();
                }
                general = line.service().equals("*") ? line.wording() : general;
            }
        }
        return general;
    }

    /** Every wording of a medium, each once. */
    public List<String> all(Medium medium) {
        return lines.stream()
                .filter(line -> line.medium().equals(medium.word))
                .map(Line::wording)
                .distinct()
                .toList();
    }

    /** The elements of 5.1 c) that a wording lacks, in words of a language; empty where both are there. */
    public static List<String> missing(String wording, Lang lang) {
        List<String> missing = new ArrayList<>(2);
        if (!namesAi(wording)) {
            missing.add(lang == Lang.EN ? "the AI element (人工智能 or AI)" : "人工智能要素（“人工智能”或“AI”）");
        }
        if (!wording.contains("生成") && !wording.contains("合成")) {
            missing.add(lang == Lang.EN ? "the generation element (生成 or 合成)" : "生成合成要素（“生成”或“合成”）");
        }
        return missing;
    }

    /** Whether a text begins with an explicit label: a bracketed notice, or one of the table's wordings, with both elements. */
    public boolean opens(String text) {
        String start = text.stripLeading();
        if (all(Medium.TEXT).stream().anyMatch(wording -> start.startsWith(wording.strip()))) {
            return true;
        }
        int bracket = start.isEmpty() ? -1 : OPENING.indexOf(start.charAt(0));
        if (bracket < 0) {
            return false;
        }
        int end = start.indexOf(CLOSING.charAt(bracket));
        return end > 0
                && end <= LONGEST_NOTICE
                && missing(start.substring(0, end), Lang.EN).isEmpty();
    }

    /** Whether a text ends with an explicit label. */
    public boolean closes(String text) {
        String end = text.stripTrailing();
        if (all(Medium.TEXT).stream().anyMatch(wording -> end.endsWith(wording.strip()))) {
            return true;
        }
        int bracket = end.isEmpty() ? -1 : CLOSING.indexOf(end.charAt(end.length() - 1));
        if (bracket < 0) {
            return false;
        }
        int start = end.lastIndexOf(OPENING.charAt(bracket));
        return start >= 0
                && end.length() - start <= LONGEST_NOTICE
                && missing(end.substring(start), Lang.EN).isEmpty();
    }

    /** AI as a word: not the middle of MAIL. */
    private static boolean namesAi(String wording) {
        if (wording.contains("人工智能")) {
            return true;
        }
        for (int at = wording.indexOf("AI"); at >= 0; at = wording.indexOf("AI", at + 1)) {
            boolean before = at > 0 && asciiLetter(wording.charAt(at - 1));
            boolean after = at + 2 < wording.length() && asciiLetter(wording.charAt(at + 2));
            if (!before && !after) {
                return true;
            }
        }
        return false;
    }

    private static boolean asciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static final class Standard {
        static final Wordings TABLE = load();

        private static Wordings load() {
            List<Line> lines = new ArrayList<>();
            try (InputStream in = Objects.requireNonNull(Wordings.class.getResourceAsStream("wordings.tsv"));
                    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (!line.isEmpty() && line.charAt(0) != '#') {
                        String[] cells = line.split("\t", -1);
                        lines.add(new Line(cells[0], cells[1], cells[2], cells[3].replace("\\s", " ")));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Wordings(lines);
        }
    }
}
