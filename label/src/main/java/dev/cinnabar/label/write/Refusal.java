package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;

/** Why a file cannot be labelled as asked, carried out of a writer that cannot go on; never leaves this package. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    Refusal(Fault fault, String... details) {
        this(Finding.of(fault, details));
    }

    Refusal(Finding finding) {
        super(finding.fault().name(), null, false, false);
        this.finding = finding;
    }

    /** The structure is broken at a byte. */
    static Refusal broken(long at, String what) {
        return new Refusal(Fault.UNREADABLE, what + " (at byte " + at + ")");
    }

    Finding finding() {
        return finding;
    }
}
