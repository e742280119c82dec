package dev.cinnabar.label.sign;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Severity;
import dev.cinnabar.label.SignatureSeen;
import dev.cinnabar.label.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Checks the signatures of a reading's labels. A valid one proves that the label was not changed since somebody signed it; who, only a pinned key tells, for the key travels in the file:
 * a signature by any other key is valid and not trusted.
 */
public final class SignatureCheck {
    /** What is known of one signature: whether it holds, and by which key. */
    private record Outcome(Optional<Boolean> valid, Optional<VerifyingKey> by, Optional<Finding> finding) {
        static Outcome holds(VerifyingKey by) {
            return new Outcome(Optional.of(true), Optional.of(by), Optional.empty());
        }

        static Outcome not(Finding finding) {
            Optional<Boolean> valid = finding.fault() == Fault.SIGNATURE_WRONG ? Optional.of(false) : Optional.empty();
            return new Outcome(valid, Optional.empty(), Optional.of(finding));
        }
    }

    private static final List<String> LABEL_TYPES = List.of("Md", "LabelMataData", "LabelMetaData", "Label", "");

    private final TrustList trust;

    public SignatureCheck(TrustList trust) {
        this.trust = trust;
    }

    /** Whether a reading has something for this check; asked first, so that no cryptography is loaded for the many files without a signature. */
    public static boolean concerns(Reading reading) {
        return reading.signatures().stream().anyMatch(seen -> seen.scheme() == SignatureSeen.Scheme.TC260PG);
    }

    /** The reading with its label signatures checked where it has any, no key being pinned: a signature that holds is valid and not trusted. */
    public static Reading withoutTrust(Reading reading) {
        return concerns(reading) ? new SignatureCheck(TrustList.none()).check(reading) : reading;
    }

    /** The reading with its label signatures checked, and judged anew where one is wrong. */
    public Reading check(Reading reading) {
        List<SignatureSeen> seen = new ArrayList<>();
        List<Finding> findings = new ArrayList<>(reading.findings());
        for (Found label : reading.labels()) {
            for (Field field : List.of(Field.RESERVED_CODE_1, Field.RESERVED_CODE_2)) {
                if (label.value(field).filter(SecurityData::isIn).isPresent()) {
                    new Examined(label, field, seen, findings).examine();
                }
            }
        }
        reading.signatures().stream()
                .filter(old -> old.scheme() != SignatureSeen.Scheme.TC260PG)
                .forEach(seen::add);
        findings.sort(Comparator.comparing(Finding::severity));
        return new Reading(
                reading.format(),
                reading.labels(),
                reading.explicit(),
                findings,
                seen,
                reading.traces(),
                verdict(reading.verdict(), findings));
    }

    private static Verdict verdict(Verdict before, List<Finding> findings) {
        List<Finding> errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        return errors.isEmpty() ? before : new Verdict.NonCompliant(errors);
    }

    /** One reserved code of one label. */
    private final class Examined {
        private final Found label;
        private final Field field;
        private final String where;
        private final List<SignatureSeen> seen;
        private final List<Finding> findings;
        private final boolean producer;
        private final String whose;

        Examined(Found label, Field field, List<SignatureSeen> seen, List<Finding> findings) {
            this.label = label;
            this.field = field;
            this.where = label.place() + "#" + field.key();
            this.seen = seen;
            this.findings = findings;
            this.producer = field == Field.RESERVED_CODE_1;
            this.whose = label.value(producer ? Field.CONTENT_PRODUCER : Field.CONTENT_PROPAGATOR)
                    .orElse("");
        }

        void examine() {
            try {
                SecurityData data = SecurityData.parse(label.value(field).orElse(""));
                if (data.signatures().isEmpty()) {
                    throw new KeyFailed("it holds no signature");
                }
                for (SecurityData.Signed signed : data.signatures()) {
                    add(outcome(data, signed));
                }
            } catch (KeyFailed e) {
                add(Outcome.not(unread(e)));
            }
        }

        private void add(Outcome outcome) {
            outcome.finding().ifPresent(findings::add);
            seen.add(new SignatureSeen(
                    SignatureSeen.Scheme.TC260PG,
                    where,
                    outcome.valid(),
                    outcome.valid()
                            .map(valid -> valid
                                    && outcome.by()
                                            .filter(key -> trust.trusts(key, whose))
                                            .isPresent()),
                    outcome.by().map(key -> trust.name(key).orElse("key " + key.fingerprint()))));
        }

        private Outcome outcome(SecurityData data, SecurityData.Signed signed) {
            Optional<Algorithm> algorithm = Algorithm.ofOid(signed.algorithm());
            if (algorithm.isEmpty()) {
                return open("its algorithm " + shortened(signed.algorithm()) + " is not known here");
            }
            try {
                byte[] signature = hex(signed.hex());
                List<VerifyingKey> keys = keys(data, signed, algorithm.get());
                for (List<Field> fields : messages(signed)) {
                    for (VerifyingKey key : keys) {
                        if (holds(key, Message.of(fields, label.values()), signature)) {
                            return Outcome.holds(key);
                        }
                    }
                }
                if (keys.isEmpty()) {
                    return open("it comes without a key, and none is pinned for " + whose);
                }
                return isSettled(signed)
                        ? Outcome.not(Finding.of(Fault.SIGNATURE_WRONG, where))
                        : open("what it signs (" + shortened(signed.type()) + ") is not known here");
            } catch (KeyFailed e) {
                return Outcome.not(unread(e));
            }
        }

        private boolean holds(VerifyingKey key, byte[] message, byte[] signature) {
            return key.verifies(message, signature) || key.verifies(key.digest(message), signature);
        }

        /** The keys that may have made a signature: the one of its number, else every one sent, else those pinned. */
        private List<VerifyingKey> keys(SecurityData data, SecurityData.Signed signed, Algorithm algorithm)
                throws KeyFailed {
            List<VerifyingKey> keys = new ArrayList<>();
            for (SecurityData.Sent sent : data.keys()) {
                if (sent.keyId().equals(signed.keyId()) || data.keys().size() == 1) {
                    keys.addAll(PublicKeys.ofHex(sent.hex()));
                }
            }
            if (data.keys().isEmpty()) {
                keys.addAll(trust.keysOf(whose));
            }
            keys.removeIf(key -> key.algorithm() != algorithm);
            return keys;
        }

        /** The messages that a signature may be over. */
        private List<List<Field>> messages(SecurityData.Signed signed) throws KeyFailed {
            if (!signed.fields().isEmpty()) {
                List<Field> named = new ArrayList<>();
                for (String key : signed.fields()) {
                    named.add(field(key));
                }
                if (!named.containsAll(producer ? Message.PRODUCER : Message.PROPAGATOR)) {
                    throw new KeyFailed("it does not sign the side of the label that it stands on");
                }
                return List.of(named);
            }
            return producer ? List.of(Message.PRODUCER) : List.of(Message.PROPAGATOR, Message.BOTH, Message.PRODUCER);
        }

        /** Whether it is known what the signature is over, so that one that fits nothing is wrong. */
        private boolean isSettled(SecurityData.Signed signed) {
            return !signed.fields().isEmpty() || (producer && LABEL_TYPES.contains(signed.type()));
        }

        private Outcome open(String why) {
            return Outcome.not(Finding.of(Fault.SIGNATURE_OPEN, where, why));
        }

        private Finding unread(KeyFailed why) {
            return Finding.of(Fault.SIGNATURE_UNREAD, where, String.valueOf(why.getMessage()));
        }
    }

    private static Field field(String key) throws KeyFailed {
        for (Field field : Field.values()) {
            if (field.key().equals(key)) {
                return field;
            }
        }
        throw new KeyFailed("it signs the key " + shortened(key) + ", which no label has");
    }

    private static byte[] hex(String text) throws KeyFailed {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new KeyFailed("its signature is not hexadecimal");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
