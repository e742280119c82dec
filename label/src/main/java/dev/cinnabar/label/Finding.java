package dev.cinnabar.label;

import java.util.List;

/**
 * One thing found wrong, or worth saying, in a file.
 *
 * @param fault which
 * @param clause the clause it breaks; "-" where no clause speaks of it
 * @param details what fills the gaps of the message: a key, a place, a number
 */
public record Finding(Fault fault, String clause, List<String> details) {
    public Finding {
        details = List.copyOf(details);
    }

    /** A finding under the fault's own clause. */
    public static Finding of(Fault fault, String... details) {
        return new Finding(fault, fault.clause(), List.of(details));
    }

    /** This finding under another clause, e.g. the guide of another medium. */
    public Finding under(String clause) {
        return new Finding(fault, clause, details);
    }

    /** This finding with one more detail. */
    Finding detailed(String more) {
        List<String> all = new java.util.ArrayList<>(details);
        all.add(more);
        return new Finding(fault, clause, all);
    }

    /** How much it weighs. */
    public Severity severity() {
        return fault.severity();
    }

    /** The message for people. */
    public String message(Lang lang) {
        return FaultWords.message(fault, lang, details);
    }

    /** What can be done about it. */
    public String remedy(Lang lang) {
        return FaultWords.remedy(fault, lang, details);
    }
}
