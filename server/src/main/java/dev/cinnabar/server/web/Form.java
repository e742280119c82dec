package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Refused;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The fields of a form as they were typed, and what is wrong with them, so that the same page can be shown again with nothing lost.
 *
 * <p>Read every field first, then ask {@link #bad()}. For one visit and one thread.
 */
public final class Form {
    private static final int LONGEST = 100_000;

    private final Map<String, List<String>> typed;
    private final List<Wrong> wrongs = new ArrayList<>();
    private Optional<Refused> refused = Optional.empty();

    /** A field and what is wrong with it: a key of the catalogue and what fills its gaps. */
    public record Wrong(String field, String key, List<String> gaps) {}

    private Form(Map<String, List<String>> typed) {
        this.typed = typed;
    }

    /** A form that nobody filled in yet. */
    public static Form empty() {
        return new Form(Map.of());
    }

    /** A form that starts with these values. */
    public static Form of(Map<String, String> start) {
        Map<String, List<String>> typed = new HashMap<>();
        start.forEach((name, value) -> typed.put(name, List.of(value)));
        return new Form(typed);
    }

    /** A form that starts with these values, several to a name where boxes are ticked. */
    public static Form several(Map<String, List<String>> start) {
        return new Form(Map.copyOf(start));
    }

    /** A form as it came in. */
    static Form typed(Map<String, List<String>> fields) {
        return new Form(fields);
    }

    /** What was typed, untouched; empty where there was nothing. */
    public String value(String name) {
        List<String> values = typed.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** Whether the box, or the choice of this name with this value, is ticked. */
    public boolean has(String name, String value) {
        return typed.getOrDefault(name, List.of()).contains(value);
    }

    /** What was typed without the blanks around it; wrong where it is shorter or longer than asked (in characters) or holds control characters other than line breaks and tabs. */
    public String text(String name, int shortest, int longest) {
        String text = value(name).strip();
        int length = text.codePointCount(0, text.length());
        if (length == 0 && shortest > 0) {
            wrong(name, "form.missing");
        } else if (length < shortest) {
            wrong(name, "form.short", String.valueOf(shortest));
        } else if (length > Math.min(longest, LONGEST)) {
            wrong(name, "form.long", String.valueOf(longest));
        } else if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            wrong(name, "form.control");
        }
        return text;
    }

    /** A secret exactly as typed, blanks and all; wrong where it is missing. */
    public String secret(String name) {
        String secret = value(name);
        if (secret.isEmpty()) {
            wrong(name, "form.missing");
        }
        return secret;
    }

    /** A whole number; empty where nothing was typed, wrong where it is not a number from least to most. */
    public OptionalLong number(String name, long least, long most) {
        String text = value(name).strip();
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        wrong(name, "form.number", String.valueOf(least), String.valueOf(most));
        return OptionalLong.empty();
    }

    /** The constant chosen; wrong where nothing or something unknown was. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> of) {
        Optional<E> chosen = constant(value(name), of);
        if (chosen.isEmpty()) {
            wrong(name, "form.choose");
        }
        return chosen;
    }

    /** The constants ticked; wrong where an unknown one was. None is for the caller to judge. */
    public <E extends Enum<E>> Set<E> choices(String name, Class<E> of) {
        Set<E> chosen = EnumSet.noneOf(of);
        for (String value : typed.getOrDefault(name, List.of())) {
            constant(value, of).ifPresentOrElse(chosen::add, () -> wrong(name, "form.choose"));
        }
        return chosen;
    }

    private static <E extends Enum<E>> Optional<E> constant(String value, Class<E> of) {
        try {
            return Optional.of(Enum.valueOf(of, value.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Says that a field is wrong, with a message of the catalogue. */
    public Form wrong(String field, String key, String... gaps) {
        wrongs.add(new Wrong(field, key, List.of(gaps)));
        return this;
    }

    /** Keeps a refusal of the room behind the form, to be shown above it. */
    public Form refuse(Refused no) {
        refused = Optional.of(no);
        return this;
    }

    /** Whether anything is wrong. */
    public boolean bad() {
        return !wrongs.isEmpty() || refused.isPresent();
    }

    /** What is wrong, in the order it was found. */
    public List<Wrong> wrongs() {
        return List.copyOf(wrongs);
    }

    /** What is wrong with one field, where anything is. */
    public Optional<Wrong> wrong(String field) {
        return wrongs.stream().filter(w -> w.field().equals(field)).findFirst();
    }

    /** The refusal of the room behind, where there was one. */
    public Optional<Refused> refused() {
        return refused;
    }
}
