package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Lang;
import java.util.Locale;

/**
 * How a person likes the pages: language, colours, density. Kept in a cookie, and with the account of those who have one.
 */
public record Look(Lang lang, Theme theme, Density density) {
    static final String COOKIE = "cinnabar-look";

    /** Light, dark, or as the system says. */
    public enum Theme {
        AUTO,
        LIGHT,
        DARK;

        /** The word in the page, like {@code dark}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Room between the lines of tables. */
    public enum Density {
        ROOMY,
        TIGHT;

        /** The word in the page, like {@code tight}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The look for a first visit with this Accept-Language. */
    public static Look first(String acceptLanguage) {
        return new Look(Lang.of(acceptLanguage), Theme.AUTO, Density.ROOMY);
    }

    /** The look that the cookie says, part by part; what it does not say, or says wrongly, is as in this one. */
    Look or(String cookie) {
        Look look = this;
        for (String part : cookie.split("\\.", -1)) {
            look = look.with(part);
        }
        return look;
    }

    /** This look with one part changed: {@code zh}, {@code en}, {@code dark}, {@code tight}...; an unknown word changes nothing. */
    Look with(String word) {
        return switch (word) {
            case "zh" -> new Look(Lang.ZH, theme, density);
            case "en" -> new Look(Lang.EN, theme, density);
            case "auto" -> new Look(lang, Theme.AUTO, density);
            case "light" -> new Look(lang, Theme.LIGHT, density);
            case "dark" -> new Look(lang, Theme.DARK, density);
            case "roomy" -> new Look(lang, theme, Density.ROOMY);
            case "tight" -> new Look(lang, theme, Density.TIGHT);
            default -> this;
        };
    }

    /** The look as a cookie's value, like {@code zh.dark.roomy}. */
    String cookie() {
        return lang.name().toLowerCase(Locale.ROOT) + "." + theme.word() + "." + density.word();
    }
}
