package dev.cinnabar.server.law;

import java.util.Locale;
import java.util.Optional;

/** A language that the product speaks. */
public enum Lang {
    ZH("zh-CN"),
    EN("en");

    private final String tag;

    Lang(String tag) {
        this.tag = tag;
    }

    /** The BCP 47 tag, as for {@code html lang}. */
    public String tag() {
        return tag;
    }

    /** The language that an Accept-Language value or a two-letter code likes best among those spoken here; empty where it names none of them, as {@code *} does. */
    public static Optional<Lang> asked(String accepted) {
        try {
            return Locale.LanguageRange.parse(accepted).stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> spoken(range.getRange()).stream())
                    .findFirst();
        } catch (IllegalArgumentException e) {
            // No such value: nothing is asked for.
            return Optional.empty();
        }
    }

    /** The same, and Chinese where nothing spoken here is asked for. */
    public static Lang of(String accepted) {
        return asked(accepted).orElse(ZH);
    }

    private static Optional<Lang> spoken(String range) {
        return switch (range.split("-", 2)[0]) {
            case "zh" -> Optional.of(ZH);
            case "en" -> Optional.of(EN);
            default -> Optional.empty();
        };
    }
}
