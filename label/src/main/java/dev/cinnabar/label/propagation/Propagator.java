package dev.cinnabar.label.propagation;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Trace;
import dev.cinnabar.label.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides as Art. 6 of the Labeling Measures asks of a service that spreads content, and says what to write. Pure: reads nothing, writes nothing. The reasons for the
 * cases that the text leaves open are in docs/decisions/007.
 *
 * @param code the propagator's own code or name, in the characters of Annex E j)
 */
public record Propagator(String code) {
    public Propagator {
        if (code.isEmpty()) {
            throw new IllegalArgumentException(
                    "a propagator must be named (GB 45438-2025 6.1 a): give its code or its name in visible ASCII");
        }
        AigcLabel.first(code, "0");
    }

    /** The decision on a file that was read with its content looked at. */
    public Decision decide(Reading reading, Declared declared) {
        List<Reason> reasons = new ArrayList<>();
        Optional<Found> label = clearest(reading);
        label.ifPresent(found -> labels(reading, found, reasons));
        List<Reason> traces = traces(reading, label.isEmpty());
        Optional<Level> level = label.flatMap(Propagator::level);
        if (declared == Declared.YES) {
            reasons.add(Reason.of(Ground.DECLARED));
            level = Optional.of(raised(level, label, reasons));
        } else if (level.isEmpty() && !traces.isEmpty()) {
            level = Optional.of(Level.SUSPECTED);
        }
        reasons.addAll(traces);
        if (label.isEmpty() && reading.verdict() instanceof Verdict.Inconclusive(String why)) {
            reasons.add(Reason.of(Ground.UNREAD, why));
        }
        return decided(
                level,
                declared,
                reasons,
                label.or(() -> reading.labels().stream().findFirst()));
    }

    private static Decision decided(
            Optional<Level> level, Declared declared, List<Reason> reasons, Optional<Found> kept) {
        boolean unread = reasons.stream().anyMatch(reason -> reason.ground() == Ground.UNREAD);
        if (level.isEmpty() && !unread) {
            reasons.add(Reason.of(Ground.NOTHING));
        }
        if (level.isPresent() && declared == Declared.NO) {
            reasons.add(Reason.of(Ground.DENIED));
        }
        if (level.isEmpty() && declared == Declared.UNSAID) {
            reasons.add(Reason.of(Ground.REMIND));
        }
        Branch branch = level.map(said -> switch (said) {
                    case IS -> Branch.LABELLED;
                    case MAY -> Branch.DECLARED;
                    case SUSPECTED -> Branch.DETECTED;
                })
                .orElse(unread ? Branch.UNREAD : Branch.NOTHING);
        return new Decision(level, branch, reasons, kept);
    }

    /** A declaration makes a suspicion a possibility, and never lowers what a label says. */
    private static Level raised(Optional<Level> found, Optional<Found> label, List<Reason> reasons) {
        if (found.isEmpty()) {
            return Level.MAY;
        }
        boolean signed = label.flatMap(l -> l.value(Field.RESERVED_CODE_1))
                .map(value -> !value.isEmpty())
                .orElse(false);
        if (found.get() == Level.SUSPECTED && signed) {
            reasons.add(Reason.of(Ground.SIGNED_LEVEL));
            return Level.SUSPECTED;
        }
        return found.get() == Level.SUSPECTED ? Level.MAY : found.get();
    }

    /** The label that says most, and of several that at the guide's place. */
    private static Optional<Found> clearest(Reading reading) {
        return reading.labels().stream()
                .filter(found -> level(found).isPresent())
                .min(Comparator.comparing((Found found) -> level(found).orElseThrow())
                        .thenComparing(found -> !found.normative()));
    }

    private static Optional<Level> level(Found found) {
        return found.value(Field.LABEL).flatMap(value -> Level.ofCode(value.strip()));
    }

    private static void labels(Reading reading, Found kept, List<Reason> reasons) {
        Ground ground = switch (level(kept).orElseThrow()) {
            case IS -> Ground.LABEL_IS;
            case MAY -> Ground.LABEL_MAY;
            case SUSPECTED -> Ground.LABEL_SUSPECTED;
        };
        reasons.add(Reason.of(ground, kept.place()));
        List<Found> more = new ArrayList<>(reading.labels());
        more.remove(kept);
        if (!more.isEmpty()) {
            reasons.add(Reason.of(
                    Ground.LABELS_MORE, more.stream().map(Found::place).collect(Collectors.joining(", "))));
        }
    }

    private static List<Reason> traces(Reading reading, boolean withoutLabel) {
        List<Reason> traces = new ArrayList<>();
        if (withoutLabel) {
            remains(reading).ifPresent(left -> traces.add(Reason.of(Ground.LABEL_UNCLEAR, left)));
        }
        for (ExplicitMark mark : reading.explicit()) {
            traces.add(Reason.of(Ground.EXPLICIT_MARK, mark.kind().word(), mark.where()));
        }
        reading.traces().stream()
                .filter(Trace::machine)
                .map(trace -> Reason.of(ground(trace), trace.says(), trace.where()))
                .forEach(traces::add);
        return traces;
    }

    private static Ground ground(Trace trace) {
        return switch (trace.kind()) {
            case SOURCE_TYPE -> Ground.SOURCE_TYPE;
            case C2PA -> Ground.C2PA;
            case GENERATOR -> Ground.GENERATOR;
        };
    }

    /** What is left of a label that cannot be understood. */
    private static Optional<String> remains(Reading reading) {
        return reading.findings().stream()
                .filter(finding -> switch (finding.fault()) {
                    case NOT_JSON, LEVEL_UNKNOWN, KEY_MISSING, OLDER_SCHEMA -> true;
                    default -> false;
                })
                .map(finding -> finding.message(Lang.EN))
                .findFirst();
    }

    /** The one label that the decision asks for; the level, and this propagator with its number for the content, beside the producer's side as it was found. */
    public Elements elements(Decision decision, String propagateId) {
        if (decision.level().isEmpty()) {
            return new Elements.Nothing();
        }
        Level level = decision.level().get();
        Map<Field, String> found = decision.kept().map(Found::values).orElse(Map.of());
        AigcLabel producer;
        try {
            producer = new AigcLabel(
                    level,
                    found.getOrDefault(Field.CONTENT_PRODUCER, ""),
                    found.getOrDefault(Field.PRODUCE_ID, ""),
                    found.getOrDefault(Field.RESERVED_CODE_1, ""),
                    "",
                    "",
                    "");
        } catch (IllegalArgumentException e) {
            String place = decision.kept().map(Found::place).orElse("");
            return new Elements.Hindered(Finding.of(Fault.PRODUCER_SIDE, place, String.valueOf(e.getMessage())));
        }
        return new Elements.Write(producer.propagatedBy(level, code, propagateId));
    }
}
