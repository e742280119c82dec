package dev.cinnabar.server.people;

import java.util.Locale;
import java.util.Optional;

/**
 * An identity number as somebody sent it: lives only as long as the request. It is written down nowhere; what is kept is {@link #masked()} and a keyed digest,
 * and even {@link #toString()} gives only the masked form, so that no log or exception can show it.
 */
public final class IdentityNumber {
    private final Method method;
    private final String digits;

    private IdentityNumber(Method method, String digits) {
        this.method = method;
        this.digits = digits;
    }

    /** The number without the blanks and dashes that people type, its letters upper-case, a mobile number without +86; empty for the method that never asks one. */
    static Optional<IdentityNumber> of(Method method, String typed) {
        String plain = Plaintext.folded(typed).toUpperCase(Locale.ROOT);
        return switch (method) {
            case MOBILE ->
                Optional.of(new IdentityNumber(method, plain.startsWith("+86") ? plain.substring(3) : plain));
            case ID_NUMBER, USCC -> Optional.of(new IdentityNumber(method, plain));
            case NATIONAL_ID_SERVICE -> Optional.empty();
        };
    }

    /** What kind of number it is. */
    public Method method() {
        return method;
    }

    /** The number itself, for a verifier to send on: never log, keep or throw it. */
    public String reveal() {
        return digits;
    }

    /** The form that may be kept and shown, like {@code 138****0000}. */
    public String masked() {
        return switch (method) {
            case MOBILE -> masked(3, 4);
            case ID_NUMBER -> masked(1, 1);
            case USCC -> masked(2, 4);
            case NATIONAL_ID_SERVICE -> "";
        };
    }

    private String masked(int front, int back) {
        if (digits.length() <= front + back) {
            return "*".repeat(digits.length());
        }
        int hidden = digits.length() - front - back;
        return digits.substring(0, front) + "*".repeat(hidden) + digits.substring(digits.length() - back);
    }

    @Override
    public String toString() {
        return method + " " + masked();
    }
}
