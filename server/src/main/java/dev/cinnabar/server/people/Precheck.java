package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Words;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Whether a number has the form that its standard asks: pre-checks, not authentication. A number that passes may still belong to nobody, or to somebody else.
 */
@Article("9")
public sealed interface Precheck {
    /**
     * The form is right.
     *
     * @param born the date of birth that an identity document number carries
     */
    record Plausible(IdentityNumber number, Optional<LocalDate> born) implements Precheck {}

    /** The form is wrong; the sentence never repeats the number. */
    record Implausible(String clause, Words reason) implements Precheck {}

    /** Looks at the form of the number; dates are judged on this day. */
    static Precheck of(IdentityNumber number, LocalDate today) {
        return NumberForms.check(number, today);
    }
}
