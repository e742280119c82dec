package dev.cinnabar.server.people;

/** How far the authentication of a user's real identity is (Article 9). Nobody sets VERIFIED by hand. */
public enum Identity {
    UNVERIFIED,
    PENDING,
    VERIFIED,
    RECHECK_DUE,
    LAPSED,
    FAILED,
    LOCKED,
    REVOKED
}
