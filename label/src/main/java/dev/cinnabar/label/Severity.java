package dev.cinnabar.label;

/** How much a finding weighs: an error makes the verdict noncompliant, a warning does not. */
public enum Severity {
    ERROR("error"),
    WARNING("warning"),
    INFO("info");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
