package dev.cinnabar.cli;

import java.util.List;

/**
 * What came of one file, ready to be told.
 *
 * @param exit how it weighs
 * @param json one JSON object on one line
 * @param lines the same for people
 * @param complaint whether the lines go to the error stream
 */
record Told(Exit exit, String json, List<String> lines, boolean complaint) {
    Told {
        lines = List.copyOf(lines);
    }

    static Told result(Exit exit, String json, List<String> lines) {
        return new Told(exit, json, lines, false);
    }

    static Told failure(String json, String line) {
        return new Told(Exit.FAILED, json, List.of(line), true);
    }
}
