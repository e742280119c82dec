package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the form of an attempt before anybody is asked: what it finds wrong changes no state and counts as no failure. */
final class AttemptForm {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int LONGEST = 200;

    private final Map<String, Verifier> verifiers;
    private final NumberDigests digests;

    AttemptForm(Map<String, Verifier> verifiers, NumberDigests digests) {
        this.verifiers = verifiers;
        this.digests = digests;
    }

    /** An attempt whose form is right. */
    record Formed(
            Verifier verifier,
            Method method,
            String evidence,
            Optional<Instant> at,
            Optional<IdentityNumber> number,
            Optional<VerificationStore.Trace> trace) {
        @Override
        public String toString() {
            return "attempt by " + verifier.name() + " (" + method + ")";
        }
    }

    Outcome<Formed> of(Attempt attempt, Instant now) {
        Verifier verifier = verifiers.get(attempt.verifier());
        if (verifier == null) {
            return Outcome.not(Refusals.noVerifier(verifiers.keySet()));
        }
        Optional<Refused> wrong = wrong(attempt, verifier, now);
        if (wrong.isPresent()) {
            return Outcome.not(wrong.get());
        }
        Optional<IdentityNumber> number = attempt.number().flatMap(typed -> IdentityNumber.of(attempt.method(), typed));
        if (number.isEmpty()) {
            return Outcome.done(new Formed(
                    verifier, attempt.method(), attempt.evidence(), micros(attempt.at()), number, Optional.empty()));
        }
        LocalDate today = LocalDate.ofInstant(now, ZONE);
        return switch (Precheck.of(number.get(), today)) {
            case Precheck.Implausible bad -> Outcome.not(Refusals.badForm(bad));
            case Precheck.Plausible good ->
                Outcome.done(new Formed(
                        verifier,
                        attempt.method(),
                        attempt.evidence(),
                        micros(attempt.at()),
                        number,
                        Optional.of(trace(good, today))));
        };
    }

    private static Optional<Refused> wrong(Attempt attempt, Verifier verifier, Instant now) {
        boolean visible = attempt.evidence().codePoints().noneMatch(Character::isISOControl);
        List<Optional<Refused>> found = List.of(
                when(!verifier.methods().contains(attempt.method()), Refusals.notBy(attempt.method(), verifier.name())),
                when(
                        attempt.method() == Method.NATIONAL_ID_SERVICE
                                && attempt.number().isPresent(),
                        Refusals.neverANumber()),
                when(
                        attempt.evidence().isBlank() || attempt.evidence().length() > LONGEST || !visible,
                        Refusals.badEvidence()),
                when(Plaintext.in(attempt.evidence()), Refusals.plaintext("evidence")),
                when(verifier.assurance() == Assurance.ATTESTED && attempt.at().isEmpty(), Refusals.badTime("at")),
                when(
                        attempt.at()
                                .filter(at -> at.isBefore(FIRST) || at.isAfter(now.plus(SKEW)))
                                .isPresent(),
                        Refusals.badTime("at")));
        return found.stream().flatMap(Optional::stream).findFirst();
    }

    private static Optional<Refused> when(boolean wrong, Refused refused) {
        return wrong ? Optional.of(refused) : Optional.empty();
    }

    private VerificationStore.Trace trace(Precheck.Plausible good, LocalDate today) {
        IdentityNumber number = good.number();
        return new VerificationStore.Trace(
                number.masked(),
                digests.of(number),
                good.born().map(born -> born.plusYears(IdentityRules.ADULT).isAfter(today)));
    }

    /** What the table keeps of a moment, so that the same attempt is recognised again. */
    private static Optional<Instant> micros(Optional<Instant> moment) {
        return moment.map(at -> at.truncatedTo(java.time.temporal.ChronoUnit.MICROS));
    }
}
