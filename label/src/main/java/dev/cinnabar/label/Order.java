package dev.cinnabar.label;

/**
 * What to write on a file.
 *
 * @param label the implicit label; it replaces every label the file carries (GB 45438-2025 6.1 c)
 * @param explicit the explicit label
 * @param lang the language of the explicit label
 * @param service the kind of service, which chooses the wording
 * @param breakC2pa whether a C2PA manifest may lose its validity through the writing; without it such a file is refused
 */
public record Order(AigcLabel label, Explicit explicit, Lang lang, ServiceKind service, boolean breakC2pa) {
    /** The label and the table's explicit label in Chinese, for any service, refusing files sealed with C2PA. */
    public static Order of(AigcLabel label) {
        return new Order(label, Explicit.auto(), Lang.ZH, ServiceKind.OTHER, false);
    }

    /** The implicit label only. */
    public static Order implicitOnly(AigcLabel label) {
        return of(label).with(Explicit.none());
    }

    public Order with(AigcLabel label) {
        return new Order(label, explicit, lang, service, breakC2pa);
    }

    public Order with(Explicit explicit) {
        return new Order(label, explicit, lang, service, breakC2pa);
    }

    public Order with(Lang lang) {
        return new Order(label, explicit, lang, service, breakC2pa);
    }

    public Order with(ServiceKind service) {
        return new Order(label, explicit, lang, service, breakC2pa);
    }

    public Order breakingC2pa() {
        return new Order(label, explicit, lang, service, true);
    }
}
