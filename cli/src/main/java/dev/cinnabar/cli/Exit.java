package dev.cinnabar.cli;

/** The exit codes, the same for every command; the worst of a run counts, and {@link #FAILED} is worst. */
enum Exit {
    WELL(0),
    /** Not compliant, blocked, a fault found. */
    FINDING(1),
    /** Wrong usage. */
    USAGE(2),
    /** Something could not be read, judged or written. */
    FAILED(3);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    Exit worse(Exit other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
