package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.law.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The functions of Article 23, from the data file. */
final class FunctionTable {
    private final String version;
    private final Map<String, Function> functions = new LinkedHashMap<>();

    private FunctionTable(Sheet sheet) {
        version = sheet.version();
        for (Map<String, String> row : sheet.rows()) {
            Function function = read(row);
            if (functions.put(function.id(), function) != null) {
                throw new IllegalArgumentException("The function " + function.id() + " is listed twice");
            }
        }
    }

    /** The table that the build brings. */
    static FunctionTable current() {
        return of(Sheet.of(FunctionTable.class, "functions.txt"));
    }

    static FunctionTable of(Sheet sheet) {
        return new FunctionTable(sheet);
    }

    String version() {
        return version;
    }

    /** In the order of the classes. */
    List<Function> all() {
        return List.copyOf(functions.values());
    }

    Optional<Function> find(String id) {
        return Optional.ofNullable(functions.get(id));
    }

    private static Function read(Map<String, String> row) {
        String trait = row.getOrDefault("trait", "");
        Function function = new Function(
                row.getOrDefault("id", ""),
                Integer.parseInt(row.getOrDefault("item", "")),
                row.getOrDefault("mark", ""),
                trait.isEmpty() ? Function.Trait.NONE : Function.Trait.valueOf(trait.toUpperCase(Locale.ROOT)),
                row.getOrDefault("first", "").equals("on"),
                new Words(row.getOrDefault("zh", ""), row.getOrDefault("en", "")));
        if (function.trait().biometric() && function.first()) {
            throw new IllegalArgumentException(function.id() + " is biometric and cannot be on from the first start");
        }
        return function;
    }
}
