package dev.cinnabar.server.law;

/** One sentence in the two languages that the product speaks. */
public record Words(String zh, String en) {
    /** The sentence in the language asked for. */
    public String in(Lang lang) {
        return switch (lang) {
            case ZH -> zh;
            case EN -> en;
        };
    }
}
