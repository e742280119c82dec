package dev.cinnabar.server.people;

/** How far the authentication of a user's real identity is (Article 9). Nobody sets VERIFIED by hand. */
public enum Identity {
    UNVERIFIED,
    PENDING,
    VERIFIED,
    /** Authenticated, and asked to be checked again: still counts until it lapses. */
    RECHECK_DUE,
    LAPSED,
    FAILED,
    LOCKED,
    REVOKED;

    /** Whether the real identity counts as authenticated. */
    public boolean authenticated() {
        return switch (this) {
            case VERIFIED, RECHECK_DUE -> true;
            case UNVERIFIED, PENDING, LAPSED, FAILED, LOCKED, REVOKED -> false;
        };
    }
}
