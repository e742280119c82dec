package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Severity;
import dev.cinnabar.label.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns what was gathered into a verdict on the implicit label. */
final class Judge {
    private Judge() {}

    static Reading judged(Format format, Report report) {
        if (report.labels().size() > 1) {
            report.add(Fault.TWO_LABELS, Integer.toString(report.labels().size()));
        } else if (report.labels().size() == 1) {
            place(report.places().getFirst(), report);
        }
        List<Finding> findings = new ArrayList<>(report.findings());
        findings.sort(Comparator.comparing(Finding::severity));
        return new Reading(
                format,
                report.labels(),
                report.explicit(),
                findings,
                report.signatures(),
                report.traces(),
                verdict(report, findings));
    }

    private static void place(Place place, Report report) {
        switch (place.standing()) {
            case NORMATIVE -> {}
            case ANNEX_B ->
                report.add(Finding.of(Fault.ANNEX_B_PLACE, place.name()).under(place.guide() + " Annex B"));
            case OTHER -> report.add(Finding.of(Fault.OTHER_PLACE, place.name()).under(place.guide()));
        }
    }

    private static Verdict verdict(Report report, List<Finding> findings) {
        List<Finding> errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            return new Verdict.NonCompliant(errors);
        }
        if (!report.labels().isEmpty()) {
            return new Verdict.Compliant();
        }
        if (report.whole()) {
            return new Verdict.NotFound();
        }
        return new Verdict.Inconclusive(
                findings.isEmpty()
                        ? "not everything could be read"
                        : findings.getFirst().message(Lang.EN));
    }
}
