package dev.cinnabar.label;

/**
 * The implicit label of GB 45438-2025 Annex E: seven strings under one key. Every value holds only the characters of Annex E j) (visible ASCII without the backslash)
 * and at most {@value #MAX_LENGTH} of them; anything else is an {@link IllegalArgumentException} that names the field.
 */
public record AigcLabel(
        Level level,
        String contentProducer,
        String produceId,
        String reservedCode1,
        String contentPropagator,
        String propagateId,
        String reservedCode2) {

    /** The longest value accepted. No source states a bound; this one is ours. */
    public static final int MAX_LENGTH = 1024;

    /** The longest reserved code accepted: security data with an RSA key of 4,096 bits and its signature fits. This bound too is ours. */
    public static final int MAX_RESERVED = 4096;

    public AigcLabel {
        check(Field.CONTENT_PRODUCER, contentProducer);
        check(Field.PRODUCE_ID, produceId);
        check(Field.RESERVED_CODE_1, reservedCode1);
        check(Field.CONTENT_PROPAGATOR, contentPropagator);
        check(Field.PROPAGATE_ID, propagateId);
        check(Field.RESERVED_CODE_2, reservedCode2);
    }

    /** The label of a first writing (Annex E note 1): what is made here, with the propagation side equal to the production side. */
    public static AigcLabel first(String contentProducer, String produceId) {
        return first(Level.IS, contentProducer, produceId);
    }

    /** The label of a first writing with another level than {@link Level#IS}. */
    public static AigcLabel first(Level level, String contentProducer, String produceId) {
        return new AigcLabel(level, contentProducer, produceId, "", contentProducer, produceId, "");
    }

    /** This label with the propagation side of a platform that spreads the content (Labeling Measures Art. 6): level, code, number; ReservedCode2 is emptied. */
    public AigcLabel propagatedBy(Level level, String contentPropagator, String propagateId) {
        return new AigcLabel(level, contentProducer, produceId, reservedCode1, contentPropagator, propagateId, "");
    }

    /** This label with another ReservedCode1 (the producer's security information). */
    public AigcLabel withReservedCode1(String value) {
        return new AigcLabel(level, contentProducer, produceId, value, contentPropagator, propagateId, reservedCode2);
    }

    /** This label with another ReservedCode2 (the propagator's security information). */
    public AigcLabel withReservedCode2(String value) {
        return new AigcLabel(level, contentProducer, produceId, reservedCode1, contentPropagator, propagateId, value);
    }

    /** The value of one of the seven keys. */
    public String value(Field field) {
        return switch (field) {
            case LABEL -> level.code();
            case CONTENT_PRODUCER -> contentProducer;
            case PRODUCE_ID -> produceId;
            case RESERVED_CODE_1 -> reservedCode1;
            case CONTENT_PROPAGATOR -> contentPropagator;
            case PROPAGATE_ID -> propagateId;
            case RESERVED_CODE_2 -> reservedCode2;
        };
    }

    /** The bare object, compact, keys in the order of Annex E: what the guides put under the key AIGC. */
    public String toJson() {
        StringBuilder out = new StringBuilder(256);
        char before = '{';
        for (Field field : Field.values()) {
            out.append(before).append('"').append(field.key()).append("\":\"");
            escape(value(field), out);
            out.append('"');
            before = ',';
        }
        return out.append('}').toString();
    }

    /** The object wrapped as Annex E b) prints it: {@code {"AIGC":{...}}}. */
    public String toWrappedJson() {
        return "{\"AIGC\":" + toJson() + '}';
    }

    /** Whether Annex E j) allows the character in a value, once decoded; the quote is allowed because it is written {@code \"}. */
    public static boolean allowed(char c) {
        return c >= 0x21 && c <= 0x7E && c != '\\';
    }

    /** The most characters taken of a key's value. */
    public static int longest(Field field) {
        return field == Field.RESERVED_CODE_1 || field == Field.RESERVED_CODE_2 ? MAX_RESERVED : MAX_LENGTH;
    }

    private static void escape(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                out.append('\\');
            }
            out.append(c);
        }
    }

    private static void check(Field field, String value) {
        if (value.length() > longest(field)) {
            throw new IllegalArgumentException(
                    field.key() + " has " + value.length() + " characters; at most " + longest(field) + " are taken");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!allowed(c)) {
                throw new IllegalArgumentException(
                        field.key() + " holds the character U+"
                                + hex(c) + " at " + i
                                + "; GB 45438-2025 Annex E j) allows only visible ASCII without space and backslash (use the provider code instead of a name)");
            }
        }
    }

    private static String hex(char c) {
        String digits = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(4 - digits.length()) + digits;
    }
}
