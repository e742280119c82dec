package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.people.AttestationLine.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads rows from a body line by line: a line that cannot be read becomes a result of its own, and the rest goes on. */
final class AttestationRows {
    private static final int LONGEST = 8_192;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final AttestationImport.Format format;
    private final InputStream body;
    private final byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;
    private boolean first = true;
    private Optional<List<String>> columns = Optional.empty();
    private boolean unusable;

    AttestationRows(AttestationImport.Format format, InputStream body) {
        this.format = format;
        this.body = body;
    }

    /** The next row, or empty at the end. */
    Optional<AttestationLine> next() throws IOException {
        while (!unusable) {
            Optional<Text> read = line();
            if (read.isEmpty()) {
                return Optional.empty();
            }
            if (read.get() instanceof Whole(String text)) {
                if (text.isBlank()) {
                    continue;
                }
                if (format == AttestationImport.Format.CSV && columns.isEmpty()) {
                    Optional<AttestationLine> bad = header(text);
                    if (bad.isPresent()) {
                        return bad;
                    }
                    continue;
                }
            }
            return Optional.of(row(read.get()));
        }
        return Optional.empty();
    }

    private AttestationLine row(Text read) {
        return switch (read) {
            case TooLong tooLong -> unreadable(Refusals.longLine(LONGEST));
            case NotText notText -> unreadable(Refusals.notUtf8());
            case Whole(String text) ->
                switch (format) {
                    case CSV -> csv(text);
                    case JSON_LINES -> json(text);
                };
        };
    }

    private Optional<AttestationLine> header(String text) {
        Optional<List<String>> names = cells(text);
        boolean good = names.isPresent()
                && AttestationRow.COLUMNS.containsAll(names.get())
                && names.get().stream().distinct().count() == names.get().size()
                && names.get().containsAll(List.of("id", "method", "evidence", "at"));
        if (!good) {
            unusable = true;
            return Optional.of(unreadable(Refusals.badHeader(AttestationRow.COLUMNS)));
        }
        columns = names;
        return Optional.empty();
    }

    private AttestationLine csv(String text) {
        List<String> names = columns.orElseThrow();
        Optional<List<String>> cells = cells(text);
        if (cells.isEmpty() || cells.get().size() != names.size()) {
            return unreadable(Refusals.badCells(names.size()));
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), cells.get().get(i));
        }
        return AttestationRow.of(row);
    }

    /** The cells of a line; empty where its quotes do not close. */
    static Optional<List<String>> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return quoted ? Optional.empty() : Optional.of(cells);
    }

    private static AttestationLine json(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            // The parser's message may quote the line, and the line may hold a number: it is not passed on.
            return unreadable(Refusals.notJson());
        }
        if (!node.isObject()) {
            return unreadable(Refusals.notJson());
        }
        Map<String, String> row = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!AttestationRow.COLUMNS.contains(field.getKey())) {
                return unreadable(Refusals.unknownField(AttestationRow.COLUMNS));
            }
            if (field.getValue().isString() || field.getValue().isBoolean()) {
                row.put(field.getKey(), field.getValue().asString());
            } else if (!field.getValue().isNull()) {
                return unreadable(Refusals.notText(field.getKey()));
            }
        }
        return AttestationRow.of(row);
    }

    private static AttestationLine unreadable(Refused refused) {
        return new Unreadable(Optional.empty(), refused);
    }

    /** A line of the body. */
    private sealed interface Text {}

    private record Whole(String text) implements Text {}

    private record TooLong() implements Text {}

    private record NotText() implements Text {}

    private Optional<Text> line() throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        boolean tooLong = false;
        boolean any = false;
        for (int next = read(); next >= 0; next = read()) {
            any = true;
            if (next == '\n') {
                break;
            }
            if (length == LONGEST) {
                tooLong = true;
            } else {
                if (length == line.length) {
                    line = java.util.Arrays.copyOf(line, Math.min(LONGEST, length * 2));
                }
                line[length++] = (byte) next;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        return Optional.of(tooLong ? new TooLong() : text(line, length));
    }

    private Text text(byte[] line, int length) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
            boolean mark = first && text.startsWith("\uFEFF");
            first = false;
            return new Whole(mark ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return new NotText();
        }
    }

    private int read() throws IOException {
        if (from == to) {
            from = 0;
            to = body.read(buffer);
            if (to <= 0) {
                to = 0;
                return -1;
            }
        }
        return buffer[from++] & 0xff;
    }
}
