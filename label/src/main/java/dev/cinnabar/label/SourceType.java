package dev.cinnabar.label;

import java.util.Optional;

/** The codes of IPTC's vocabulary of digital source types that speak of machines, and the commonest of those that do not. */
public enum SourceType {
    TRAINED_ALGORITHMIC_MEDIA("trainedAlgorithmicMedia", true),
    COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA("compositeWithTrainedAlgorithmicMedia", true),
    COMPOSITE_SYNTHETIC("compositeSynthetic", true),
    ALGORITHMIC_MEDIA("algorithmicMedia", true),
    ALGORITHMICALLY_ENHANCED("algorithmicallyEnhanced", false),
    VIRTUAL_RECORDING("virtualRecording", false),
    DATA_DRIVEN_MEDIA("dataDrivenMedia", false),
    DIGITAL_CREATION("digitalCreation", false),
    DIGITAL_CAPTURE("digitalCapture", false),
    COMPUTATIONAL_CAPTURE("computationalCapture", false),
    COMPOSITE_CAPTURE("compositeCapture", false),
    COMPOSITE("composite", false),
    SCREEN_CAPTURE("screenCapture", false),
    HUMAN_EDITS("humanEdits", false);

    /** What every value begins with (IPTC NewsCodes, scheme digitalsourcetype). */
    public static final String BASE = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    private final String code;
    private final boolean machine;

    SourceType(String code, boolean machine) {
        this.code = code;
        this.machine = machine;
    }

    /** The code, without the vocabulary's address. */
    public String code() {
        return code;
    }

    /** The value as a file carries it. */
    public String uri() {
        return BASE + code;
    }

    /** Whether it says that a machine made the content, or part of it. Mere enhancement is not called that by the vocabulary. */
    public boolean machine() {
        return machine;
    }

    /** The type whose code or address this is; the address is also met with {@code https}. */
    public static Optional<SourceType> of(String value) {
        String code = value.substring(value.lastIndexOf('/') + 1);
        for (SourceType type : values()) {
            if (type.code.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
