package dev.cinnabar.server.web;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Severity;
import dev.cinnabar.label.SignatureSeen;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Verdict;
import dev.cinnabar.label.sign.SignatureCheck;
import dev.cinnabar.server.law.Lang;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found in one file, in words.
 *
 * @param name the name it was sent under
 * @param verdict compliant, noncompliant, not_found or inconclusive
 * @param confirmed whether what the label claims of this service agrees with its records; empty where it claims nothing
 * @param why what kept the reader from saying more; empty unless inconclusive
 */
public record Checked(
        String name,
        long bytes,
        String format,
        String verdict,
        Tone tone,
        String why,
        List<Line> lines,
        List<Label> labels,
        List<ExplicitMark> explicit,
        List<SignatureSeen> signatures,
        Optional<Boolean> confirmed) {

    /** A finding: how much it weighs, its clause, what it is and what to do. */
    public record Line(Severity severity, Tone tone, String clause, String message, String remedy) {}

    /** An implicit label and the pairs in it. */
    public record Label(String place, boolean normative, String form, List<Pair> pairs) {}

    /** A key and its value. */
    public record Pair(String key, String value) {}

    /** Reads the file in memory; nothing of it is kept. */
    static Checked of(Labels labels, Claims claims, String name, byte[] bytes, Lang lang) throws IOException {
        Reading reading = SignatureCheck.withoutTrust(labels.read(Source.of(name, bytes)));
        return new Checked(
                name,
                bytes.length,
                reading.format().word(),
                reading.verdict().word(),
                tone(reading.verdict()),
                why(reading.verdict()),
                reading.findings().stream().map(f -> line(f, lang)).toList(),
                reading.labels().stream().map(Checked::label).toList(),
                reading.explicit(),
                reading.signatures(),
                claims.confirmed(name, bytes, reading));
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Compliant() -> Tone.GOOD;
            case Verdict.NonCompliant(List<Finding> reasons) -> Tone.BAD;
            case Verdict.NotFound() -> Tone.CARE;
            case Verdict.Inconclusive(String why) -> Tone.INFO;
        };
    }

    private static String why(Verdict verdict) {
        return verdict instanceof Verdict.Inconclusive(String why) ? why : "";
    }

    private static Line line(Finding finding, Lang lang) {
        dev.cinnabar.label.Lang in = switch (lang) {
            case ZH -> dev.cinnabar.label.Lang.ZH;
            case EN -> dev.cinnabar.label.Lang.EN;
        };
        Tone tone = switch (finding.severity()) {
            case ERROR -> Tone.BAD;
            case WARNING -> Tone.CARE;
            case INFO -> Tone.INFO;
        };
        return new Line(finding.severity(), tone, finding.clause(), finding.message(in), finding.remedy(in));
    }

    private static Label label(Found found) {
        List<Pair> pairs = new ArrayList<>();
        for (Field field : Field.values()) {
            found.value(field).ifPresent(value -> pairs.add(new Pair(field.key(), value)));
        }
        return new Label(found.place(), found.normative(), found.form().word(), pairs);
    }
}
