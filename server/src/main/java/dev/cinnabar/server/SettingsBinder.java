package dev.cinnabar.server;

import dev.cinnabar.server.SaidSetting.Group;
import dev.cinnabar.server.SaidSetting.Value;
import dev.cinnabar.server.SaidSetting.Values;
import dev.cinnabar.server.law.Setting;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes records of settings from what was said, and gathers every fault on the way. */
final class SettingsBinder {
    private final SettingsWords words;
    private final List<String> faults;

    SettingsBinder(Map<String, String> environment, List<String> faults) {
        this.words = new SettingsWords(environment);
        this.faults = faults;
    }

    /** The record, or empty where a fault kept it from being made. */
    <R> Optional<R> bind(Class<R> type, Group said) {
        return group(type, said, "").map(type::cast);
    }

    private Optional<Object> group(Class<?> type, Group said, String path) {
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknown(components, said, path);
        Object[] arguments = new Object[components.length];
        Class<?>[] parameters = new Class<?>[components.length];
        boolean whole = true;
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
            String name = SettingsNames.name(components[i]);
            Optional<Object> value = component(components[i], name, said, below(path, name));
            whole &= value.isPresent();
            arguments[i] = value.orElse("");
        }
        return whole ? made(type, parameters, arguments, said.where(), path) : Optional.empty();
    }

    private void refuseUnknown(RecordComponent[] components, Group said, String path) {
        List<String> known = Arrays.stream(components).map(SettingsNames::name).toList();
        said.entries().forEach((name, value) -> {
            if (!known.contains(name)) {
                String near = Nearest.of(name, known)
                        .map(n -> "; did you mean " + below(path, n) + "?")
                        .orElse("; known here: " + String.join(", ", known));
                faults.add(value.where() + ": " + below(path, name) + ": there is no such setting" + near);
            }
        });
    }

    private Optional<Object> made(Class<?> type, Class<?>[] parameters, Object[] arguments, String where, String path) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments));
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            faults.add((where.isEmpty() ? "" : where + ": ") + path + ": "
                    + (cause == null ? e.toString() : cause.getMessage()));
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings record " + type + " cannot be made", e);
        }
    }

    private Optional<Object> component(RecordComponent component, String name, Group said, String path) {
        Class<?> type = component.getType();
        SaidSetting here = said.entries().get(name);
        if (SettingsNames.group(type)) {
            return here == null
                    ? group(type, new Group("", Map.of()), path)
                    : here instanceof Group group ? group(type, group, path) : wrong(here, path, "a group of settings");
        }
        if (type == Map.class) {
            return here == null
                    ? Optional.of(Map.of())
                    : here instanceof Group group
                            ? map(SettingsNames.valueOf(component), group, path)
                            : wrong(here, path, "a group of names");
        }
        Setting setting = component.getAnnotation(Setting.class);
        if (here == null && setting.required()) {
            faults.add(said.where() + ": " + path + " is missing");
            return Optional.empty();
        }
        Type generic = component.getGenericType();
        return type == Optional.class
                ? (here == null
                        ? Optional.of(Optional.empty())
                        : one(argument(generic), here, path).map(Optional::of))
                : type == List.class
                        ? list(argument(generic), here, path)
                        : one(generic, here == null ? new Value("default", setting.otherwise()) : here, path);
    }

    private static Type argument(Type generic) {
        return ((ParameterizedType) generic).getActualTypeArguments()[0];
    }

    private Optional<Object> map(Type type, Group said, String path) {
        Map<String, Object> map = new LinkedHashMap<>();
        int before = faults.size();
        said.entries().forEach((name, value) -> {
            Optional<Object> bound = Optional.empty();
            if (!SettingsNames.group(type)) {
                bound = one(type, value, below(path, name));
            } else if (value instanceof Group group) {
                bound = group((Class<?>) type, group, below(path, name));
            } else {
                // "name: {}" may be shortened to "name:" in a file, which the reader drops; anything else is wrong.
                bound = wrong(value, below(path, name), "a group of settings");
            }
            bound.ifPresent(b -> map.put(name, b));
        });
        return faults.size() == before ? Optional.of(map) : Optional.empty();
    }

    private Optional<Object> list(Type type, @org.jspecify.annotations.Nullable SaidSetting said, String path) {
        List<String> written = switch (said) {
            case null -> List.of();
            case Values values -> values.values();
            // From the environment, and for a list of one.
            case Value value ->
                Arrays.stream(value.value().split(",", -1))
                        .map(String::strip)
                        .filter(v -> !v.isEmpty())
                        .toList();
            case Group group -> List.of("");
        };
        if (said instanceof Group) {
            return wrong(said, path, "a list of values");
        }
        List<Object> bound = new ArrayList<>();
        for (String each : written) {
            one(type, new Value(said == null ? "" : said.where(), each), path).ifPresent(bound::add);
        }
        return bound.size() == written.size() ? Optional.of(List.copyOf(bound)) : Optional.empty();
    }

    private Optional<Object> one(Type type, SaidSetting said, String path) {
        if (!(said instanceof Value value)) {
            return wrong(said, path, "one value");
        }
        try {
            return Optional.of(words.read((Class<?>) type, value.value()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            faults.add(value.where() + ": " + path + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Object> wrong(SaidSetting said, String path, String wanted) {
        faults.add(said.where() + ": " + path + ": " + wanted + " is expected here");
        return Optional.empty();
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
