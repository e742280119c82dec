package dev.cinnabar.label;

import java.util.Optional;

/**
 * What to write on a file.
 *
 * @param label the implicit label; it replaces every label the file carries (GB 45438-2025 6.1 c)
 * @param explicit the explicit label
 * @param lang the language of the explicit label
 * @param service the kind of service, which chooses the wording
 * @param breakC2pa whether a C2PA manifest may lose its validity through the writing; without it such a file is refused
 * @param origin the IPTC digital source type beside the label, in formats that carry XMP
 */
public record Order(
        AigcLabel label, Explicit explicit, Lang lang, ServiceKind service, boolean breakC2pa, Origin origin) {
    /** With the usual source type beside the label. */
    public Order(AigcLabel label, Explicit explicit, Lang lang, ServiceKind service, boolean breakC2pa) {
        this(label, explicit, lang, service, breakC2pa, Origin.auto());
    }

    /** The label and the table's explicit label in Chinese, for any service, refusing files sealed with C2PA. */
    public static Order of(AigcLabel label) {
        return new Order(label, Explicit.auto(), Lang.ZH, ServiceKind.OTHER, false);
    }

    /** The implicit label only. */
    public static Order implicitOnly(AigcLabel label) {
        return of(label).with(Explicit.none());
    }

    public Order with(AigcLabel label) {
        return new Order(label, explicit, lang, service, breakC2pa, origin);
    }

    public Order with(Explicit explicit) {
        return new Order(label, explicit, lang, service, breakC2pa, origin);
    }

    public Order with(Lang lang) {
        return new Order(label, explicit, lang, service, breakC2pa, origin);
    }

    public Order with(ServiceKind service) {
        return new Order(label, explicit, lang, service, breakC2pa, origin);
    }

    public Order with(Origin origin) {
        return new Order(label, explicit, lang, service, breakC2pa, origin);
    }

    /** The source type to put into XMP where none stands; empty for none. */
    public Optional<SourceType> sourceType() {
        return switch (origin) {
            case Origin.Auto() ->
                label.level() == Level.IS ? Optional.of(SourceType.TRAINED_ALGORITHMIC_MEDIA) : Optional.empty();
            case Origin.None() -> Optional.empty();
            case Origin.Of(SourceType type) -> Optional.of(type);
        };
    }

    public Order breakingC2pa() {
        return new Order(label, explicit, lang, service, true, origin);
    }
}
