package dev.cinnabar.label.write;

import dev.cinnabar.label.Explicit;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Wordings;
import java.util.Optional;

/**
 * What a writer is to do with one file.
 *
 * @param order the caller's order
 * @param limits how much may be taken from the file
 * @param name the file's name
 */
record Job(Order order, Limits limits, String name) {
    /** The wording for a medium; empty where no explicit label is asked. Refuses an own wording without both elements. */
    Optional<String> wording(Wordings.Medium medium) throws Refusal {
        return switch (order.explicit()) {
            case Explicit.None none -> Optional.empty();
            case Explicit.Auto auto -> Optional.of(Wordings.standard().wording(medium, order.service(), order.lang()));
            case Explicit.Text(String wording) -> Optional.of(checked(wording));
        };
    }

    /**
     * For a format that no explicit label can be put into here: the note that says so, where the caller left it to us; empty where none is asked. Refuses an own wording,
     * for who gives one expects to see it.
     *
     * @param format the format's word
     */
    Optional<Finding> withoutMark(Format format) throws Refusal {
        return switch (order.explicit()) {
            case Explicit.None none -> Optional.empty();
            case Explicit.Auto auto -> Optional.of(Finding.of(Fault.EXPLICIT_NOT_MADE, format.word()));
            case Explicit.Text(String wording) -> {
                checked(wording);
                throw new Refusal(Fault.CODING, format.word());
            }
        };
    }

    /** The note that a C2PA seal will no longer hold; refuses where breaking it was not allowed. */
    Finding seal(String place) throws Refusal {
        if (!order.breakC2pa()) {
            throw new Refusal(Fault.C2PA_SEALED, place);
        }
        return Finding.of(Fault.SEAL_BROKEN);
    }

    /** Whether the wording is the table's and may give way to a shorter one. */
    boolean isAuto() {
        return order.explicit() instanceof Explicit.Auto;
    }

    /** The label as UTF-8 JSON, bare. */
    byte[] json() {
        return order.label().toJson().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String checked(String wording) throws Refusal {
        java.util.List<String> missing = Wordings.missing(wording, Lang.EN);
        if (!missing.isEmpty()) {
            throw new Refusal(Fault.WORDING, String.join(", ", missing));
        }
        return wording;
    }
}
