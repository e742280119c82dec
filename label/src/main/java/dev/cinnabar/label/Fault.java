package dev.cinnabar.label;

import static dev.cinnabar.label.Severity.ERROR;
import static dev.cinnabar.label.Severity.INFO;
import static dev.cinnabar.label.Severity.WARNING;

/** Everything a reader or writer can find to say, with its weight and the clause it comes from. The words, in both languages, are in {@code faults.tsv}. */
public enum Fault {
    // the implicit label
    TWO_LABELS(ERROR, "GB 45438-2025 6.1 c)"),
    KEY_MISSING(ERROR, "GB 45438-2025 6.1 a)"),
    PRODUCER_EMPTY(ERROR, "GB 45438-2025 6.1 a)"),
    LEVEL_UNKNOWN(ERROR, "GB 45438-2025 Annex E c)"),
    CHARACTERS(ERROR, "GB 45438-2025 Annex E j)"),
    NOT_JSON(ERROR, "GB 45438-2025 Annex E b)"),
    BASE64(ERROR, "GB 45438-2025 Annex E b)"),
    KEY_TWICE(ERROR, "GB 45438-2025 Annex E b)"),
    OTHER_PLACE(ERROR, "GB 45438-2025 6.1, Annex F"),
    OLDER_SCHEMA(WARNING, "GB 45438-2025 Annex E b)"),
    PROPAGATOR_EMPTY(WARNING, "GB 45438-2025 Annex E note 1"),
    VALUE_NOT_STRING(WARNING, "GB 45438-2025 Annex E c)"),
    ANNEX_B_PLACE(WARNING, "TC260-PG-20259A Annex B"),
    ALSO_ELSEWHERE(WARNING, "GB 45438-2025 6.1 c)"),
    CAMEL_CASE(WARNING, "GB 45438-2025 Annex E b)"),
    WRAPPED(WARNING, "GB 45438-2025 Annex F"),
    EXTRA_KEY(WARNING, "GB 45438-2025 Annex E b)"),
    PREFIX(WARNING, "TC260-PG-20259A"),
    NOT_A_CODE(WARNING, "网安秘字〔2025〕29号"),
    VALUE_LONG(WARNING, "GB 45438-2025 Annex E"),
    SOURCE_TYPE_KEPT(INFO, "IPTC Photo Metadata, Digital Source Type"),
    SOURCE_TYPE_BARE(INFO, "IPTC Photo Metadata, Digital Source Type"),
    // signed labels
    SIGNATURE_WRONG(ERROR, "TC260-PG-202511A A.1"),
    SIGNATURE_UNREAD(WARNING, "TC260-PG-202511A"),
    SIGNATURE_OPEN(INFO, "TC260-PG-202511A"),
    // the explicit label
    EXPLICIT_ABSENT(ERROR, "GB 45438-2025 5"),
    // the file
    DAMAGED(WARNING, "-"),
    LIMIT(WARNING, "-"),
    CHANGED(WARNING, "-"),
    XML_REFUSED(WARNING, "-"),
    CONTENT_UNREAD(INFO, "-"),
    SEAL_BROKEN(WARNING, "C2PA 2.2 13"),
    PALETTE_GONE(INFO, "-"),
    EXPLICIT_NOT_MADE(WARNING, "GB 45438-2025 5"),
    // why a file cannot be written
    UNKNOWN_FORMAT(WARNING, "-"),
    UNREADABLE(ERROR, "GB 45438-2025 6.1"),
    ENCRYPTED(WARNING, "GB 45438-2025 6.1"),
    SIGNED(ERROR, "GB 45438-2025 6.1"),
    SIGNED_BEFORE(WARNING, "-"),
    C2PA_SEALED(ERROR, "C2PA 2.2 13"),
    TOO_SMALL(ERROR, "GB 45438-2025 5.2 e)"),
    TOO_LARGE(ERROR, "-"),
    WORDING(ERROR, "GB 45438-2025 5.1 c)"),
    GLYPH(ERROR, "GB 45438-2025 5.2"),
    ENCODING(ERROR, "GB 45438-2025 5.1"),
    CODING(ERROR, "GB 45438-2025 5"),
    PRODUCER_SIDE(ERROR, "Labeling Measures Art. 10"),
    NO_ROOM(ERROR, "GB 45438-2025 6.1"),
    NOT_READ_BACK(ERROR, "GB 45438-2025 6.1");

    private final Severity severity;
    private final String clause;

    Fault(Severity severity, String clause) {
        this.severity = severity;
        this.clause = clause;
    }

    /** How much it weighs. */
    public Severity severity() {
        return severity;
    }

    /** The clause it comes from, unless the finding names another. */
    public String clause() {
        return clause;
    }
}
