package dev.cinnabar.server.law;

/** What a person who works here may do. An admin configures and never decides; nobody approves what they proposed. */
public enum Role {
    REVIEWER,
    SENIOR,
    OFFICER,
    ADMIN,
    INSPECTOR
}
