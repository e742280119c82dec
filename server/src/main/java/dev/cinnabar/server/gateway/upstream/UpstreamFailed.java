package dev.cinnabar.server.gateway.upstream;

/** An upstream did not do what was asked. The message names the attempt and never holds content. */
public final class UpstreamFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** How it failed. */
    public enum How {
        /** No upstream offers the model. */
        NO_SUCH_MODEL,
        /** Every upstream of the model is resting after failures. */
        ALL_RESTING,
        /** No connection. */
        UNREACHABLE,
        /** Connected, but nothing came in time, or it stopped coming. */
        TOO_SLOW,
        /** Broke off. */
        BROKEN_OFF,
        /** Sent more than is taken. */
        TOO_MUCH,
        /** Refused the request itself (400, 413, 422): the same request will not do better elsewhere. */
        REJECTED,
        /** Answered with an error status. */
        STATUS,
        /** Answered with something that is not what was asked for. */
        NOT_UNDERSTOOD
    }

    private final How how;

    public UpstreamFailed(How how, String attempt) {
        super(attempt);
        this.how = how;
    }

    public UpstreamFailed(How how, String attempt, Throwable cause) {
        super(attempt, cause);
        this.how = how;
    }

    public How how() {
        return how;
    }
}
