package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.people.AttestationLine.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One row of an import of attested verifications.
 *
 * @param kind of a user who is not registered yet; a person where it is not said
 * @param minor what the application knows of the age, where it says so
 */
record AttestationRow(
        String id,
        Optional<User.Kind> kind,
        Optional<Boolean> minor,
        Method method,
        String evidence,
        Instant at,
        Optional<String> number)
        implements AttestationLine {

    /** The columns of a row. */
    static final Set<String> COLUMNS = Set.of("id", "kind", "minor", "method", "evidence", "at", "number");

    /** The row of these cells; absent and empty mean the same. */
    static AttestationLine of(Map<String, String> cells) {
        String id = cell(cells, "id").orElse("");
        Optional<Refused> wrong = People.wrongName(id);
        if (wrong.isPresent()) {
            return new Unreadable(Optional.empty(), wrong.get());
        }
        Optional<Method> method = cell(cells, "method").flatMap(AttestationRow::method);
        Optional<Instant> at = cell(cells, "at").flatMap(AttestationRow::moment);
        Optional<String> kind = cell(cells, "kind");
        Optional<String> minor = cell(cells, "minor");
        if (method.isEmpty()) {
            return unreadable(id, Refusals.badWord("method", "MOBILE, ID_NUMBER, USCC, NATIONAL_ID_SERVICE"));
        }
        if (at.isEmpty()) {
            return unreadable(id, Refusals.badTime("at"));
        }
        if (kind.isPresent() && kind(kind.get()).isEmpty()) {
            return unreadable(id, Refusals.badWord("kind", "person, organisation"));
        }
        if (minor.isPresent() && truth(minor.get()).isEmpty()) {
            return unreadable(id, Refusals.badWord("minor", "true, false"));
        }
        return new AttestationRow(
                id,
                kind.flatMap(AttestationRow::kind),
                minor.flatMap(AttestationRow::truth),
                method.get(),
                cell(cells, "evidence").orElse(""),
                at.get(),
                cell(cells, "number"));
    }

    /** The attempt that the row asks for. */
    Attempt attempt() {
        return new Attempt(AttestedVerifier.NAME, method, evidence, Optional.of(at), number);
    }

    @Override
    public String toString() {
        return "attestation of " + id + " (" + method + ")";
    }

    private static AttestationLine unreadable(String id, Refused refused) {
        return new Unreadable(Optional.of(id), refused);
    }

    private static Optional<String> cell(Map<String, String> cells, String column) {
        return Optional.ofNullable(cells.get(column)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The method of this name, in either case. */
    static Optional<Method> method(String text) {
        return constant(Method.class, text);
    }

    /** The kind of this name, in either case. */
    static Optional<User.Kind> kind(String text) {
        return constant(User.Kind.class, text);
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> of, String text) {
        try {
            return Optional.of(Enum.valueOf(of, text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** The moment of an ISO 8601 time with its offset. */
    static Optional<Instant> moment(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
