package dev.cinnabar.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One line of a {@link Journal}, read back: the plain values of the object by their dotted path, those of arrays in order. */
final class JournalLine {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, List<String>> values = new HashMap<>();

    private JournalLine() {}

    /** Empty where the line is not whole. */
    static Optional<JournalLine> parse(String line) {
        JournalLine read = new JournalLine();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            read.fill(parser);
        } catch (JacksonException | NumberFormatException e) {
            return Optional.empty();
        }
        return read.all("path").size() == 1 && read.all("exit").size() == 1 ? Optional.of(read) : Optional.empty();
    }

    private void fill(JsonParser parser) {
        Deque<String> path = new ArrayDeque<>();
        String name = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case PROPERTY_NAME -> name = parser.currentName();
                case START_OBJECT, START_ARRAY -> {
                    path.addLast(name);
                    name = "";
                }
                case END_OBJECT, END_ARRAY -> {
                    path.removeLast();
                    name = "";
                }
                default ->
                    values.computeIfAbsent(dotted(path, name), at -> new ArrayList<>())
                            .add(parser.getString());
            }
        }
    }

    private static String dotted(Deque<String> path, String name) {
        StringBuilder out = new StringBuilder();
        path.stream()
                .filter(part -> !part.isEmpty())
                .forEach(part -> out.append(part).append('.'));
        return out.append(name).toString();
    }

    /** Every value at a path such as {@code result.findings.code}. */
    List<String> all(String path) {
        return values.getOrDefault(path, List.of());
    }

    Optional<String> first(String path) {
        return all(path).stream().findFirst();
    }

    /** The file's absolute path. */
    String file() {
        return all("path").getFirst();
    }

    int exit() {
        return Integer.parseInt(all("exit").getFirst());
    }

    Journal.State state() {
        return new Journal.State(number("size"), number("modified"));
    }

    /** Where a labelled file was written. */
    Optional<String> out() {
        return first("result.out");
    }

    /** In one word what came of it. */
    String outcome() {
        return first("result.verdict").orElse(exit() == Exit.FAILED.code() ? "failed" : "labelled");
    }

    /** Why it is not well: the reason of a failure, else nothing. */
    Optional<String> reason() {
        return first("result.error.reason").or(() -> first("result.why"));
    }

    /** The codes of all that was found, in order. */
    List<String> codes() {
        return joined("code");
    }

    /** The clauses of {@link #codes}, one each. */
    List<String> clauses() {
        return joined("clause");
    }

    private List<String> joined(String member) {
        return Stream.of("result.error.", "result.findings.", "result.notes.")
                .flatMap(path -> all(path + member).stream())
                .toList();
    }

    /** Who the labels say made the content. */
    List<String> producers() {
        return Stream.concat(all("result.ContentProducer").stream(), all("result.labels.ContentProducer").stream())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The numbers of the content at those. */
    List<String> contents() {
        return Stream.concat(all("result.ProduceID").stream(), all("result.labels.ProduceID").stream())
                .toList();
    }

    /** Where the labels are. */
    List<String> places() {
        return Stream.concat(all("result.place").stream(), all("result.labels.place").stream())
                .toList();
    }

    private long number(String path) {
        return Long.parseLong(first(path).orElse("-1"));
    }
}
