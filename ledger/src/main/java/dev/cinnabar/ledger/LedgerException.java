package dev.cinnabar.ledger;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** What can go wrong between a ledger and the world. The message names what was tried, why it failed and what to do. */
public abstract sealed class LedgerException extends Exception {
    private static final long serialVersionUID = 1L;

    private LedgerException(String message) {
        super(message);
    }

    private LedgerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The entry was not made durable: nothing may be released on the strength of it. */
    public static final class NotRecorded extends LedgerException {
        private static final long serialVersionUID = 1L;

        NotRecorded(String message) {
            super(message);
        }

        NotRecorded(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The entry is longer than {@link Ledger#MAX_ENTRY}: keep the content elsewhere and enter its commitment. */
    public static final class TooLarge extends LedgerException {
        private static final long serialVersionUID = 1L;

        TooLarge(int length) {
            super("An entry has at most " + Ledger.MAX_ENTRY + " bytes, this one has " + length
                    + ". Keep the content elsewhere and enter its commitment.");
        }
    }

    /** Another ledger, in this process or another one, holds the folder. */
    public static final class InUse extends LedgerException {
        private static final long serialVersionUID = 1L;

        InUse(String message) {
            super(message);
        }
    }

    /** The folder belongs to a log of another origin or is of a form this version does not know. */
    public static final class Foreign extends LedgerException {
        private static final long serialVersionUID = 1L;

        Foreign(String message) {
            super(message);
        }
    }

    /** There is no ledger where one was looked for. */
    public static final class NoLedger extends LedgerException {
        private static final long serialVersionUID = 1L;

        NoLedger(String message) {
            super(message);
        }
    }

    /** No such entry: beyond the end, or below the minimum index after pruning. */
    public static final class NoSuchEntry extends LedgerException {
        private static final long serialVersionUID = 1L;

        NoSuchEntry(String message) {
            super(message);
        }
    }

    /** A note, checkpoint, proof or key that does not have the form its specification asks. */
    public static final class Malformed extends LedgerException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** The folder cannot be read or written just now. */
    public static final class Unavailable extends LedgerException {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What is on disk is not what was written there. */
    public static final class Damaged extends LedgerException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Optional<Path> file;

        @SuppressWarnings("serial")
        private final OptionalLong offset;

        Damaged(Path file, OptionalLong offset, String what, String remedy) {
            super(file + (offset.isPresent() ? " at byte " + offset.getAsLong() : "") + ": " + what + ". " + remedy);
            this.file = Optional.of(file);
            this.offset = offset;
        }

        /** The damaged file. */
        public Optional<Path> file() {
            return file;
        }

        /** Where in it, in bytes from its beginning, where that is known. */
        public OptionalLong offset() {
            return offset;
        }
    }
}
