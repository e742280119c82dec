package dev.cinnabar.server;

import dev.cinnabar.server.law.Secret;
import dev.cinnabar.server.law.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads single values; a wrong one is an IllegalArgumentException that says what would be right and, for secrets, does not repeat what was written. */
final class SettingsWords {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final Map<String, String> environment;

    SettingsWords(Map<String, String> environment) {
        this.environment = environment;
    }

    Object read(Class<?> type, String written) {
        if (type == String.class) {
            return written;
        } else if (type == int.class || type == Integer.class) {
            return whole(written, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
        } else if (type == long.class || type == Long.class) {
            return whole(written, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == double.class || type == Double.class) {
            return fraction(written);
        } else if (type == boolean.class || type == Boolean.class) {
            return truth(written);
        } else if (type == Path.class) {
            return path(written);
        } else if (type == Duration.class) {
            return span(written);
        } else if (type == Size.class) {
            return Size.of(written);
        } else if (type == Secret.class) {
            return secret(written);
        } else if (type.isEnum()) {
            return choice(type, written);
        }
        throw new IllegalStateException("no setting is of " + type);
    }

    private static Long whole(String written, long least, long most) {
        try {
            long value = Long.parseLong(written.strip().replace("_", ""));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("a whole number is expected, not \"" + written + '"');
    }

    private static Double fraction(String written) {
        try {
            double value = Double.parseDouble(written.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("a number is expected, not \"" + written + '"');
    }

    private static Boolean truth(String written) {
        return switch (written.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("true or false is expected, not \"" + written + '"');
        };
    }

    private static Path path(String written) {
        if (written.isBlank() || written.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a path is expected");
        }
        return Path.of(written);
    }

    private static Duration span(String written) {
        Matcher form = SPAN.matcher(written.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "a time like 250ms, 30s, 10m, 2h or 7d is expected, not \"" + written + '"');
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private Secret secret(String written) {
        if (written.startsWith("env:")) {
            String value = environment.get(written.substring(4));
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("the environment variable " + written.substring(4) + " is not set");
            }
            return new Secret(written, value.strip());
        }
        if (written.startsWith("file:")) {
            try {
                String value = Files.readString(Path.of(written.substring(5))).strip();
                if (value.isEmpty()) {
                    throw new IllegalArgumentException("the file " + written.substring(5) + " is empty");
                }
                return new Secret(written, value);
            } catch (IOException e) {
                throw new IllegalArgumentException("the file " + written.substring(5) + " cannot be read: " + e, e);
            }
        }
        throw new IllegalArgumentException("a secret is named, not written here: env:NAME or file:PATH is expected");
    }

    private static Object choice(Class<?> type, String written) {
        String asked = written.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).equals(asked))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(SettingsWords::word)
                                .collect(Collectors.joining(", "))
                        + " is expected, not \"" + written + '"'));
    }

    /** A value of an enum as it is written. */
    static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
