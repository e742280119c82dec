package dev.cinnabar.label;

import java.util.List;

/**
 * Everything that was found in one file.
 *
 * @param format what the file is
 * @param labels every implicit label, in the order of the file
 * @param explicit every explicit label recognised
 * @param findings what is wrong or worth saying, errors first
 * @param signatures signatures and seals met
 * @param verdict the verdict on the implicit label
 */
public record Reading(
        Format format,
        List<Found> labels,
        List<ExplicitMark> explicit,
        List<Finding> findings,
        List<SignatureSeen> signatures,
        Verdict verdict) {
    public Reading {
        labels = List.copyOf(labels);
        explicit = List.copyOf(explicit);
        findings = List.copyOf(findings);
        signatures = List.copyOf(signatures);
    }
}
