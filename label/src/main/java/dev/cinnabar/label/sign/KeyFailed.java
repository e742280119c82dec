package dev.cinnabar.label.sign;

/** A key could not be had or used; the message names the file or token, never a secret. */
public final class KeyFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public KeyFailed(String message) {
        super(message);
    }

    public KeyFailed(String message, Throwable cause) {
        super(message + ": " + why(cause), cause);
    }

    private static String why(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
