package dev.cinnabar.server.web;

/** One thing to choose in a form: what is sent, what is read, and a note below it that may be empty. */
public record Choice(String value, String label, String note) {
    public Choice(String value, String label) {
        this(value, label, "");
    }
}
