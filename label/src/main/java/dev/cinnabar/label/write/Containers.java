package dev.cinnabar.label.write;

/** Names of entries that mean the same in every ZIP container. */
final class Containers {
    /** Where a C2PA manifest stands. */
    static final String C2PA = "META-INF/content_credential.c2pa";

    private Containers() {}
}
