package dev.cinnabar.label;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that was found in one file.
 *
 * @param format what the file is
 * @param labels every implicit label, in the order of the file
 * @param explicit every explicit label recognised
 * @param findings what is wrong or worth saying, errors first
 * @param signatures signatures and seals met
 * @param traces what else in the file says where its content comes from
 * @param verdict the verdict on the implicit label
 */
public record Reading(
        Format format,
        List<Found> labels,
        List<ExplicitMark> explicit,
        List<Finding> findings,
        List<SignatureSeen> signatures,
        List<Trace> traces,
        Verdict verdict) {
    public Reading {
        labels = List.copyOf(labels);
        explicit = List.copyOf(explicit);
        findings = List.copyOf(findings);
        signatures = List.copyOf(signatures);
        traces = List.copyOf(traces);
    }

    /** This reading for somebody who also asks for an explicit label: its absence is an error finding, and a compliant file without one is not compliant. */
    public Reading requiringExplicit() {
        if (!explicit.isEmpty()) {
            return this;
        }
        Finding absent = Finding.of(Fault.EXPLICIT_ABSENT);
        List<Finding> all = new ArrayList<>(List.of(absent));
        all.addAll(findings);
        Verdict judged = switch (verdict) {
            case Verdict.Compliant() -> new Verdict.NonCompliant(List.of(absent));
            case Verdict.NonCompliant(List<Finding> reasons) ->
                new Verdict.NonCompliant(
                        Stream.concat(Stream.of(absent), reasons.stream()).toList());
            case Verdict.NotFound notFound -> notFound;
            case Verdict.Inconclusive inconclusive -> inconclusive;
        };
        return new Reading(format, labels, explicit, all, signatures, traces, judged);
    }
}
