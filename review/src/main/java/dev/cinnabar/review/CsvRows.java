package dev.cinnabar.review;

import java.util.ArrayList;
import java.util.List;

/** Cuts CSV text (RFC 4180, with LF, CRLF or CR line ends and an optional byte order mark) into rows of cells with their line numbers. */
final class CsvRows {
    /**
     * @param line the line the row begins on, from 1
     * @param cells the cells, unquoted
     * @param broken whether a quote was left open or text follows a closed one
     */
    record Row(int line, List<String> cells, boolean broken) {
        boolean blank() {
            return cells.size() == 1 && cells.getFirst().isBlank();
        }
    }

    private final String text;
    private int at;
    private int line = 1;
    private boolean broken;

    CsvRows(String text) {
        this.text = text;
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    List<Row> all() {
        List<Row> rows = new ArrayList<>();
        while (at < text.length()) {
            Row row = row();
            if (!row.blank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row() {
        int first = line;
        broken = false;
        List<String> cells = new ArrayList<>();
        cells.add(cell());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            cells.add(cell());
        }
        lineEnd();
        return new Row(first, cells, broken);
    }

    private String cell() {
        return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
        int from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        StringBuilder cell = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                at++;
            } else if (c == '"') {
                at++;
                String rest = plain();
                broken |= !rest.isBlank();
                return cell.toString();
            } else if (c == '\n' || (c == '\r' && (at + 1 >= text.length() || text.charAt(at + 1) != '\n'))) {
                line++;
            }
            cell.append(c);
        }
        broken = true;
        return cell.toString();
    }

    private void lineEnd() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
    }
}
