package dev.cinnabar.review;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code risks.csv}: what the standard calls each risk. */
final class RiskTable {
    static final String SOURCE;
    static final List<Row> ROWS;
    private static final Map<String, Row> BY_CODE = new LinkedHashMap<>();

    static {
        List<String> lines = Resource.lines("risks.csv");
        SOURCE = lines.getFirst().substring("# source: ".length());
        ROWS = lines.stream()
                .filter(line -> line.startsWith("A."))
                .map(Row::read)
                .toList();
        ROWS.forEach(row -> BY_CODE.put(row.code(), row));
    }

    private RiskTable() {}

    static Optional<Row> find(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    record Row(String code, String zh, String en) {
        static Row read(String line) {
            String[] cells = line.split(",", 3);
            return new Row(cells[0], cells[1], cells[2]);
        }
    }
}
