package dev.cinnabar.server.law;

/** The server cannot start: what was tried, why it failed, and what to do about it. */
public final class NotStarted extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public NotStarted(String attempt, String remedy) {
        super(attempt);
        this.remedy = remedy;
    }

    public NotStarted(String attempt, String remedy, Throwable cause) {
        super(attempt, cause);
        this.remedy = remedy;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
