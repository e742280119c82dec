package dev.cinnabar.server.logs;

/** The traffic log: what was asked, made, refused and released (Articles 10 and 16). */
public interface Traffic {
    /**
     * Appends an entry of at most 65,535 bytes; durable when this returns.
     *
     * @return the entry's index in this log
     * @throws NotRecorded when the log cannot write: release nothing
     */
    long append(byte[] entry) throws NotRecorded;

    /** Whether the log could write when it last tried. */
    boolean writable();

    /** The log could not make the entry durable. */
    final class NotRecorded extends Exception {
        private static final long serialVersionUID = 1L;

        public NotRecorded(String attempt, Throwable cause) {
            super(attempt, cause);
        }
    }
}
