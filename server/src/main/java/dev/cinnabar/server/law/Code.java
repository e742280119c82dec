package dev.cinnabar.server.law;

import java.util.Locale;

/** The fixed codes of refusals under {@code /v1}, each with its HTTP status and whether a client library may try again. */
public enum Code {
    INVALID_REQUEST(400),
    CONTENT_BLOCKED(400),
    LABEL_IMPOSSIBLE(400),
    INVALID_KEY(401),
    SCOPE_MISSING(403),
    IDENTITY_REQUIRED(403),
    AGREEMENT_REQUIRED(403),
    SUSPENDED(403),
    FUNCTION_LIMITED(403),
    ACCOUNT_CLOSED(403),
    CONSENT_REQUIRED(403),
    NOT_ASSESSED(403),
    NOT_FILED(403),
    FUNCTION_OFF(403),
    HELD_FOR_REVIEW(403),
    NOT_FOUND(404),
    TOO_LARGE(413),
    RATE_LIMITED(429),
    BUDGET_SPENT(429),
    ORDER_IN_FORCE(451),
    LABEL_FAILED(500),
    UPSTREAM_FAILED(502),
    NOT_RECORDED(503),
    NOT_READY(503);

    private final int status;

    Code(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code as it stands in the answer, like {@code invalid_key}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the same request may succeed a little later without anyone doing anything. */
    public boolean mayRetry() {
        return switch (this) {
            case RATE_LIMITED, UPSTREAM_FAILED, NOT_RECORDED, NOT_READY -> true;
            case INVALID_REQUEST,
                    CONTENT_BLOCKED,
                    LABEL_IMPOSSIBLE,
                    INVALID_KEY,
                    SCOPE_MISSING,
                    IDENTITY_REQUIRED,
                    AGREEMENT_REQUIRED,
                    SUSPENDED,
                    FUNCTION_LIMITED,
                    ACCOUNT_CLOSED,
                    CONSENT_REQUIRED,
                    NOT_ASSESSED,
                    NOT_FILED,
                    FUNCTION_OFF,
                    HELD_FOR_REVIEW,
                    NOT_FOUND,
                    TOO_LARGE,
                    BUDGET_SPENT,
                    ORDER_IN_FORCE,
                    LABEL_FAILED -> false;
        };
    }
}
