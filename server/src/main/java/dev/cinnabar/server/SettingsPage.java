package dev.cinnabar.server;

import dev.cinnabar.server.law.Secret;
import dev.cinnabar.server.law.Setting;
import dev.cinnabar.server.law.Size;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes down every setting there is, from the records themselves: the page for people and the commented sample. */
public final class SettingsPage {
    private static final String ENTRY = "NAME";

    private SettingsPage() {}

    /** The page docs/operations/settings.md. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Settings

                One file, `cinnabar.yaml`, read from the data folder or named by `--config`. Every setting can be overridden by the environment variable beside it; the
                command line wins over both. A name that is not known here is refused, with the nearest known one. This page and the [sample](cinnabar.yaml) are
                generated from the code; a test fails when they are not current (run it with `-Dcinnabar.write=true`).

                Times are written like `250ms`, `30s`, `10m`, `2h`, `7d`; sizes like `512KB`, `20MB`, `1GB`; a secret is never written into the file but named: `env:NAME` or
                `file:PATH`. `NAME` stands for a name of your choice; in a variable it is written in capitals, with `_` for every other character.

                | setting | takes | default | what it does |
                |---|---|---|---|
                """);
        rows(Settings.class, "", "CINNABAR_", page);
        return page.toString();
    }

    private static void rows(Class<?> type, String path, String variable, StringBuilder page) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = SettingsNames.name(component);
            String whole = path + name;
            String upper = variable + name.replace('-', '_').toUpperCase(Locale.ROOT);
            Setting setting = component.getAnnotation(Setting.class);
            if (SettingsNames.group(component.getType())) {
                rows(component.getType(), whole + ".", upper + "_", page);
            } else if (component.getType() == Map.class && SettingsNames.valueOf(component) instanceof Class<?> below) {
                rows(below, whole + "." + ENTRY + ".", upper + "_" + ENTRY + "_", page);
            } else {
                page.append("| `")
                        .append(whole)
                        .append("`<br>`")
                        .append(upper)
                        .append("` | ")
                        .append(takes(component.getGenericType()))
                        .append(" | ")
                        .append(
                                setting.required()
                                        ? "must be said"
                                        : setting.otherwise().isEmpty() ? "none" : '`' + setting.otherwise() + '`')
                        .append(" | ")
                        .append(setting.value().replace("|", "\\|"))
                        .append(" |\n");
            }
        }
    }

    private static String takes(Type type) {
        if (type instanceof ParameterizedType generic) {
            String of = takes(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == List.class ? "list of " + of : of;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(SettingsWords::word)
                    .collect(Collectors.joining(", "));
        }
        Map<Class<?>, String> words = Map.of(
                String.class, "text",
                int.class, "number",
                long.class, "number",
                boolean.class, "true, false",
                Path.class, "path",
                Duration.class, "time",
                Size.class, "size",
                Secret.class, "env:NAME, file:PATH",
                double.class, "number");
        return Optional.ofNullable(words.get(plain))
                .orElseThrow(() -> new IllegalStateException("no word for " + plain));
    }

    /** The sample docs/operations/cinnabar.yaml: every setting with its default or an example, commented out. */
    public static String sample() {
        StringBuilder sample = new StringBuilder("""
                # Cinnabar's settings, each with its default or an example, commented out. docs/operations/settings.md says more. Uncomment what you change; a group's name
                # must be uncommented with it.
                """);
        lines(Settings.class, 0, sample);
        return sample.toString();
    }

    private static void lines(Class<?> type, int depth, StringBuilder sample) {
        String indent = "  ".repeat(depth);
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            String name = SettingsNames.name(component);
            boolean group = SettingsNames.group(component.getType());
            boolean map = component.getType() == Map.class;
            sample.append(depth == 0 && (group || map) ? "\n" : "");
            sample.append("# ")
                    .append(indent)
                    .append("# ")
                    .append(setting.value())
                    .append('\n');
            sample.append("# ").append(indent).append(name).append(':');
            if (group) {
                sample.append('\n');
                lines(component.getType(), depth + 1, sample);
            } else if (map && SettingsNames.valueOf(component) instanceof Class<?> below) {
                sample.append("\n# ")
                        .append(indent)
                        .append("  ")
                        .append(entry(name))
                        .append(":\n");
                lines(below, depth + 2, sample);
            } else {
                String value = setting.otherwise().isEmpty() ? setting.example() : setting.otherwise();
                sample.append(value.isEmpty() ? "" : " " + value).append('\n');
            }
        }
    }

    private static String entry(String map) {
        return switch (map) {
            case "upstreams" -> "dashscope";
            case "models" -> "qwen-plus";
            default -> "name";
        };
    }
}
