package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;

/** Carries a finding out of a parser that cannot go on; never leaves this package. */
final class Damage extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    private Damage(Finding finding) {
        super(finding.fault().name(), null, false, false);
        this.finding = finding;
    }

    /** The structure breaks at a byte. */
    static Damage at(long offset, String what) {
        return new Damage(Finding.of(Fault.DAMAGED, Long.toString(offset), what));
    }

    /** A limit was reached. */
    static Damage limit(String what) {
        return new Damage(Finding.of(Fault.LIMIT, what));
    }

    Finding finding() {
        return finding;
    }
}
