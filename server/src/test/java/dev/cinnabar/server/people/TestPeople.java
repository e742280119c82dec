package dev.cinnabar.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The room of users on a test's own database, with a clock that the test moves. */
public final class TestPeople {
    /** A day like any other. */
    public static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    public static final String APP = "first";
    public static final Actor CALLER = Actor.app(APP);
    public static final Actor SENIOR = new Actor("staff-senior", Set.of(Role.SENIOR));
    public static final Actor OFFICER = new Actor("staff-officer", Set.of(Role.OFFICER));
    public static final Actor REVIEWER = new Actor("staff-reviewer", Set.of(Role.REVIEWER));
    public static final Actor ADMIN = new Actor("staff-admin", Set.of(Role.ADMIN));
    /** A key that is no secret. */
    public static final byte[] KEY =
            "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private TestPeople() {}

    /** The room with the attested and the test verifier. */
    public static People on(TestDatabase db, InstantSource clock) {
        return on(db, clock, 1_000);
    }

    static People on(TestDatabase db, InstantSource clock, int warm, Verifier... others) {
        SecureRandom random = new SecureRandom();
        List<Verifier> verifiers = new java.util.ArrayList<>(List.of(new AttestedVerifier(), new TestVerifier()));
        verifiers.addAll(List.of(others));
        Ground ground = new Ground(
                db.database(), db.outbox(), db.changes(), new CaseStore(clock), clock, new Ulid(clock, random));
        People people = new People(ground, random, new NumberDigests(KEY), verifiers, warm);
        people.agreements().prepare();
        db.confirmed();
        return people;
    }

    /** A registered person. */
    public static User person(People people, String id) {
        return done(people.register(APP, id, User.Kind.PERSON, Optional.empty(), CALLER))
                .user();
    }

    /** A registered person whose real identity is attested. */
    public static User verified(People people, String id) {
        person(people, id);
        done(people.identities().verify(APP, id, attested("proof-" + id), CALLER));
        return people.find(APP, id).orElseThrow();
    }

    /** An attestation by mobile, without a number. */
    static Attempt attested(String evidence) {
        return new Attempt(
                AttestedVerifier.NAME,
                Method.MOBILE,
                evidence,
                Optional.of(Instant.parse("2026-11-20T08:00:00Z")),
                Optional.empty());
    }

    /** An attempt with the test verifier. */
    static Attempt test(String evidence) {
        return new Attempt(TestVerifier.NAME, Method.MOBILE, evidence, Optional.empty(), Optional.empty());
    }

    /** What was done; fails where it was refused. */
    public static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(Refused refused) -> throw new AssertionError(refused.toString());
        };
    }

    /** The refusal; fails where it was done. */
    public static Refused refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Not.class);
        return ((Outcome.Not<?>) outcome).refused();
    }

    /** How far the gate sees the user's identity. */
    static Identity identity(People people, String id) {
        return standing(people, id).identity();
    }

    /** What the gate sees of the user. */
    public static Standing standing(People people, String id) {
        Standings.Lookup lookup = people.standings().of(APP, id);
        assertThat(lookup).isInstanceOf(Standings.Known.class);
        return ((Standings.Known) lookup).standing();
    }
}
