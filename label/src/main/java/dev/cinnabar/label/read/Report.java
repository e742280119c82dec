package dev.cinnabar.label.read;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.SignatureSeen;
import dev.cinnabar.label.Trace;
import java.util.ArrayList;
import java.util.List;

/** What one reading has gathered so far. */
final class Report {
    /** A hostile file can be wrong in a million ways; people read the first few. */
    private static final int MOST_FINDINGS = 100;

    private final Limits limits;
    private final List<String> ownWordings;
    private final List<Found> labels = new ArrayList<>(2);
    private final List<Place> places = new ArrayList<>(2);
    private final List<ExplicitMark> explicit = new ArrayList<>(1);
    private final List<Finding> findings = new ArrayList<>(4);
    private final List<SignatureSeen> signatures = new ArrayList<>(1);
    private final List<Trace> traces = new ArrayList<>(1);
    private boolean whole = true;

    Report(Limits limits, List<String> ownWordings) {
        this.limits = limits;
        this.ownWordings = ownWordings;
    }

    /** Wordings to look for in pictures beside those of the table. */
    List<String> ownWordings() {
        return ownWordings;
    }

    Limits limits() {
        return limits;
    }

    void add(Place place, Found found) {
        if (labels.size() < MOST_FINDINGS) {
            labels.add(found);
            places.add(place);
        }
    }

    void add(ExplicitMark mark) {
        explicit.add(mark);
    }

    void add(Fault fault, String... details) {
        add(Finding.of(fault, details));
    }

    void add(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    void add(SignatureSeen seen) {
        if (signatures.size() < MOST_FINDINGS && !signatures.contains(seen)) {
            signatures.add(seen);
        }
    }

    /** Says once where the content comes from. */
    void add(Trace trace) {
        if (traces.size() < MOST_FINDINGS && !traces.contains(trace)) {
            traces.add(trace);
        }
    }

    /** Something could not be read: without a label the verdict is now inconclusive. */
    void broken(Finding finding) {
        whole = false;
        add(finding);
    }

    boolean whole() {
        return whole;
    }

    List<Found> labels() {
        return labels;
    }

    List<Place> places() {
        return places;
    }

    List<ExplicitMark> explicit() {
        return explicit;
    }

    List<Finding> findings() {
        return findings;
    }

    List<Trace> traces() {
        return traces;
    }

    List<SignatureSeen> signatures() {
        return signatures;
    }
}
