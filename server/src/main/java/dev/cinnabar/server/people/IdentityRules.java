package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.cases.Term;
import java.time.Instant;

/** The rules of authentication, read from their data files: steps, terms and counts. */
final class IdentityRules {
    /** The states of a user's real identity and the steps between them. */
    static final Machine<Identity> IDENTITY =
            Machine.of("identity", Identity.class, Sheet.of(IdentityRules.class, "identity.txt"));

    /** The two people who revoke. */
    static final Machine<Revocation.State> REVOCATION =
            Machine.of("revocation", Revocation.State.class, Sheet.of(IdentityRules.class, "revocation.txt"));

    private static final Sheet TERMS = Sheet.of(IdentityRules.class, "terms.txt");
    private static final Sheet COUNTS = Sheet.of(IdentityRules.class, "counts.txt");

    /** Failures in a row before the lock. */
    static final int TRIES = count("tries");

    /** Accounts of one application that one number may authenticate. */
    static final int ACCOUNTS = count("accounts");

    /** The age of majority. */
    static final int ADULT = count("adult");

    private IdentityRules() {}

    /** When the term of this name ends that begins at this moment. */
    static Instant after(String term, Instant start) {
        return term(term).from(start).at();
    }

    /** The term of this name. */
    static Term term(String name) {
        return Term.in(TERMS, name).orElseThrow(() -> new IllegalStateException("terms.txt has no " + name));
    }

    private static int count(String name) {
        return COUNTS.rows().stream()
                .filter(row -> name.equals(row.get("name")))
                .map(row -> Integer.parseInt(row.getOrDefault("value", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("counts.txt has no " + name));
    }
}
