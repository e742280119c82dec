package dev.cinnabar.label;

import java.util.List;

/** What is to be said of a file's implicit label. */
public sealed interface Verdict {
    /** One good label in a good place. */
    record Compliant() implements Verdict {
        @Override
        public String word() {
            return "compliant";
        }
    }

    /** A label that breaks the standard; the reasons are the error findings. */
    record NonCompliant(List<Finding> reasons) implements Verdict {
        public NonCompliant {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String word() {
            return "noncompliant";
        }
    }

    /** The whole file was looked at and there is no label. */
    record NotFound() implements Verdict {
        @Override
        public String word() {
            return "not_found";
        }
    }

    /** The file could not be read well enough to say. */
    record Inconclusive(String why) implements Verdict {
        @Override
        public String word() {
            return "inconclusive";
        }
    }

    /** The word of the reports: compliant, noncompliant, not_found, inconclusive. */
    String word();
}
