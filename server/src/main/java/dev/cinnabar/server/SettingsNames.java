package dev.cinnabar.server;

import dev.cinnabar.server.SaidSetting.Group;
import dev.cinnabar.server.law.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Names of settings: {@code http.trusted-proxies} in the file, {@code CINNABAR_HTTP_TRUSTED_PROXIES} in the environment. */
final class SettingsNames {
    private SettingsNames() {}

    /** Whether the type is a record whose components are settings. */
    static boolean group(Type type) {
        return type instanceof Class<?> known
                && known.isRecord()
                && Arrays.stream(known.getRecordComponents()).allMatch(c -> c.isAnnotationPresent(Setting.class));
    }

    /** The type of a map's values. */
    static Type valueOf(RecordComponent map) {
        return ((ParameterizedType) map.getGenericType()).getActualTypeArguments()[1];
    }

    /** The component's name in the file. */
    static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String name) {
        return name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Every variable that sets a setting with a fixed name. */
    static List<String> variables(Class<?> type, String prefix) {
        List<String> all = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String whole = prefix + variable(name(component));
            if (group(component.getType())) {
                all.addAll(variables(component.getType(), whole + "_"));
            } else if (component.getType() != Map.class) {
                all.add(whole);
            }
        }
        return all;
    }

    /** The path of the setting that a variable (without our prefix) names; names of a map's entries are taken from what the file said, else made from the variable. */
    static Optional<List<String>> path(Class<?> type, String variable, Group said) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            String own = variable(name);
            boolean map = component.getType() == Map.class;
            if (!map && !group(component.getType()) && variable.equals(own)) {
                return Optional.of(List.of(name));
            }
            if (variable.startsWith(own + "_")) {
                String rest = variable.substring(own.length() + 1);
                Group below = said.entries().get(name) instanceof Group group ? group : new Group("", Map.of());
                Optional<List<String>> path = Optional.empty();
                if (map) {
                    path = inMap(valueOf(component), rest, below);
                } else if (group(component.getType())) {
                    path = path(component.getType(), rest, below);
                }
                if (path.isPresent()) {
                    return path.map(p -> joined(name, p));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<List<String>> inMap(Type value, String rest, Group said) {
        if (!(value instanceof Class<?> type) || !group(value)) {
            return Optional.of(List.of(known(rest, said)));
        }
        for (int cut = rest.indexOf('_'); cut > 0; cut = rest.indexOf('_', cut + 1)) {
            String entry = known(rest.substring(0, cut), said);
            Group below = said.entries().get(entry) instanceof Group group ? group : new Group("", Map.of());
            Optional<List<String>> path = path(type, rest.substring(cut + 1), below);
            if (path.isPresent()) {
                return path.map(p -> joined(entry, p));
            }
        }
        return Optional.empty();
    }

    private static String known(String entry, Group said) {
        return said.entries().keySet().stream()
                .filter(name -> variable(name).equals(entry))
                .findFirst()
                .orElse(entry.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static List<String> joined(String first, List<String> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }
}
