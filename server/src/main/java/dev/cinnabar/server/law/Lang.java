package dev.cinnabar.server.law;

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

    /** The language for an Accept-Language value or a two-letter code: English only where it is asked for first, else Chinese. */
    public static Lang of(String asked) {
        return asked.regionMatches(true, 0, "en", 0, 2) ? EN : ZH;
    }
}
