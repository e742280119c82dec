package dev.cinnabar.server.people;

import static dev.cinnabar.server.people.TestPeople.ADMIN;
import static dev.cinnabar.server.people.TestPeople.APP;
import static dev.cinnabar.server.people.TestPeople.CALLER;
import static dev.cinnabar.server.people.TestPeople.OFFICER;
import static dev.cinnabar.server.people.TestPeople.REVIEWER;
import static dev.cinnabar.server.people.TestPeople.SENIOR;
import static dev.cinnabar.server.people.TestPeople.attested;
import static dev.cinnabar.server.people.TestPeople.done;
import static dev.cinnabar.server.people.TestPeople.identity;
import static dev.cinnabar.server.people.TestPeople.person;
import static dev.cinnabar.server.people.TestPeople.refused;
import static dev.cinnabar.server.people.TestPeople.test;
import static dev.cinnabar.server.people.TestPeople.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.Party;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Article("9")
class IdentitiesTest {
    private static final TestDatabase DB = TestDatabase.open();
    private final MovedClock clock = new MovedClock(TestPeople.START);
    private People people = TestPeople.on(DB, clock);
    private static int count;
    private String id = "";

    @AfterAll
    static void close() {
        DB.close();
    }

    @BeforeEach
    void fresh() {
        id = "user-" + ++count;
    }

    @Test
    void anAttestationVerifiesAndIsRecordedAsAttested() {
        person(people, id);
        assertThat(identity(people, id)).isEqualTo(Identity.UNVERIFIED);
        Identities.Tried tried = done(people.identities().verify(APP, id, attested("ticket-1"), CALLER));
        assertThat(tried.verification().result()).isEqualTo(Verification.Result.PASSED);
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
        User.Real real = people.find(APP, id).orElseThrow().real();
        assertThat(real.assurance()).contains(Assurance.ATTESTED);
        assertThat(DB.events(people.find(APP, id).orElseThrow().id()))
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("user.registered", "identity.verified");
    }

    @Test
    void theSameAttestationSentAgainChangesNothing() {
        person(people, id);
        Identities.Tried first = done(people.identities().verify(APP, id, attested("ticket-2"), CALLER));
        Identities.Tried again = done(people.identities().verify(APP, id, attested("ticket-2"), CALLER));
        assertThat(again.fresh()).isFalse();
        assertThat(again.verification().id()).isEqualTo(first.verification().id());
        assertThat(people.identities().of(people.find(APP, id).orElseThrow().id()))
                .hasSize(1);
    }

    @Test
    void nobodyButTheSystemMakesAnIdentityVerified() {
        assertThat(IdentityRules.IDENTITY.steps())
                .filteredOn(step -> step.to() == Identity.VERIFIED)
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.by()).containsExactly(Party.SYSTEM));
    }

    @Test
    void failuresInARowLockUntilTheTermIsOver() {
        person(people, id);
        for (int i = 1; i < IdentityRules.TRIES; i++) {
            done(people.identities().verify(APP, id, test("fail-" + i), CALLER));
            assertThat(identity(people, id)).isEqualTo(Identity.FAILED);
        }
        done(people.identities().verify(APP, id, test("fail-last"), CALLER));
        assertThat(identity(people, id)).isEqualTo(Identity.LOCKED);
        assertThat(refused(people.identities().verify(APP, id, attested("good"), CALLER))
                        .code())
                .isEqualTo(Code.RATE_LIMITED);
        clock.forward(Duration.ofHours(24));
        // Nobody recorded the end of the lock: the moment itself counts.
        assertThat(identity(people, id)).isEqualTo(Identity.UNVERIFIED);
        done(people.identities().verify(APP, id, test("fail-anew"), CALLER));
        assertThat(people.find(APP, id).orElseThrow().real().fails()).isEqualTo(1);
        done(people.identities().verify(APP, id, attested("good"), CALLER));
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
    }

    @Test
    void failuresNeverTakeAwayAnAuthenticationButLockFurtherTries() {
        verified(people, id);
        for (int i = 0; i < IdentityRules.TRIES; i++) {
            done(people.identities().verify(APP, id, test("fail-" + i), CALLER));
        }
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
        assertThat(refused(people.identities().verify(APP, id, test("ok"), CALLER))
                        .code())
                .isEqualTo(Code.RATE_LIMITED);
    }

    @Test
    void anAuthenticationFallsDueThenLapsesAndOldEvidenceDoesNotBringItBack() {
        User user = verified(people, id);
        clock.set(user.real().recheck().orElseThrow());
        assertThat(identity(people, id)).isEqualTo(Identity.RECHECK_DUE);
        assertThat(refused(people.identities().verify(APP, id, attested("proof-" + id), CALLER))
                        .reason()
                        .en())
                .contains("used before");
        clock.set(user.real().lapse().orElseThrow());
        assertThat(identity(people, id)).isEqualTo(Identity.LAPSED);
        people.recordTimers();
        assertThat(identity(people, id)).isEqualTo(Identity.LAPSED);
        assertThat(refused(people.identities().verify(APP, id, attested("proof-" + id), CALLER))
                        .reason()
                        .en())
                .contains("used before");
        done(people.identities().verify(APP, id, attested("newer"), CALLER));
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
    }

    @Test
    void aRecheckInTimeRenews() {
        User user = verified(people, id);
        clock.set(user.real().recheck().orElseThrow());
        done(people.identities().verify(APP, id, attested("newer"), CALLER));
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
        assertThat(people.find(APP, id).orElseThrow().real().recheck().orElseThrow())
                .isAfter(user.real().recheck().orElseThrow());
    }

    @Test
    void aLateAnswerIsTakenUntilItIsForgotten() {
        person(people, id);
        Verification waiting = done(people.identities().verify(APP, id, test("later-1"), CALLER))
                .verification();
        assertThat(identity(people, id)).isEqualTo(Identity.PENDING);
        assertThat(done(people.identities().verify(APP, id, test("later-1"), CALLER))
                        .fresh())
                .isFalse();
        clock.forward(Duration.ofHours(24));
        assertThat(identity(people, id)).isEqualTo(Identity.UNVERIFIED);
        Verification late = done(people.identities().settle("test", waiting.id(), new Verifier.Passed()));
        assertThat(late.result()).isEqualTo(Verification.Result.FORGOTTEN);
        assertThat(identity(people, id)).isEqualTo(Identity.UNVERIFIED);

        Verification second = done(people.identities().verify(APP, id, test("later-2"), CALLER))
                .verification();
        assertThat(refused(people.identities().settle("attested", second.id(), new Verifier.Passed()))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
        done(people.identities().settle("test", second.id(), new Verifier.Passed()));
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
        Verification twice =
                done(people.identities().settle("test", second.id(), new Verifier.Failed(new Words("不", "no"))));
        assertThat(twice.result()).isEqualTo(Verification.Result.PASSED);
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
    }

    @Test
    void aNewerAttemptTakesThePlaceOfOneThatWaits() {
        person(people, id);
        Verification old = done(people.identities().verify(APP, id, test("later-1"), CALLER))
                .verification();
        done(people.identities().verify(APP, id, attested("good"), CALLER));
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
        Verification late =
                done(people.identities().settle("test", old.id(), new Verifier.Failed(new Words("不", "no"))));
        assertThat(late.result()).isEqualTo(Verification.Result.FORGOTTEN);
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
    }

    @Test
    void aVerifierThatCannotBeReachedCountsAsNothing() {
        person(people, id);
        assertThat(refused(people.identities().verify(APP, id, test("down"), CALLER))
                        .code())
                .isEqualTo(Code.NOT_READY);
        assertThat(identity(people, id)).isEqualTo(Identity.UNVERIFIED);
        assertThat(people.find(APP, id).orElseThrow().real().fails()).isZero();
    }

    @Test
    void revokingTakesTwoPeople() {
        User user = verified(people, id);
        assertThat(refused(people.revocations().propose(user.id(), REVIEWER, "the number was recycled"))
                        .code())
                .isEqualTo(Code.SCOPE_MISSING);
        assertThat(refused(people.revocations().propose(user.id(), ADMIN, "the number was recycled"))
                        .code())
                .isEqualTo(Code.SCOPE_MISSING);
        assertThat(refused(people.revocations().propose(user.id(), SENIOR, " ")).code())
                .isEqualTo(Code.INVALID_REQUEST);
        Revocation proposal = done(people.revocations().propose(user.id(), SENIOR, "the number was recycled"));
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
        assertThat(refused(people.revocations().approve(proposal.id(), SENIOR))
                        .reason()
                        .en())
                .contains("propose");
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
        assertThat(refused(people.revocations().propose(user.id(), OFFICER, "again"))
                        .reason()
                        .en())
                .contains("already waits");
        done(people.revocations().approve(proposal.id(), OFFICER));
        assertThat(identity(people, id)).isEqualTo(Identity.REVOKED);
        // Evidence from before does not bring it back; a check from after does.
        assertThat(people.identities().verify(APP, id, attested("other, but older"), CALLER))
                .isInstanceOf(Outcome.Not.class);
        clock.forward(Duration.ofHours(2));
        Instant later = clock.instant().minusSeconds(60);
        done(people.identities()
                .verify(
                        APP,
                        id,
                        new Attempt("attested", Method.MOBILE, "new", Optional.of(later), Optional.empty()),
                        CALLER));
        assertThat(identity(people, id)).isEqualTo(Identity.VERIFIED);
    }

    @Test
    void ofTwoWhoDecideARevocationAtOnceOnlyOneDoes() throws Exception {
        for (int round = 0; round < 5; round++) {
            String name = id + "-" + round;
            User user = verified(people, name);
            Revocation proposal = done(people.revocations().propose(user.id(), SENIOR, "the number was recycled"));
            List<Outcome<Revocation>> outcomes = together(List.of(
                    () -> people.revocations().approve(proposal.id(), OFFICER),
                    () -> people.revocations().decline(proposal.id(), OFFICER, "no proof")));
            assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Done).hasSize(1);
            Revocation.State state =
                    people.revocations().of(user.id()).getFirst().state();
            assertThat(identity(people, name))
                    .isEqualTo(state == Revocation.State.DONE ? Identity.REVOKED : Identity.VERIFIED);
        }
    }

    @Test
    void oneNumberAuthenticatesOnlySoManyAccountsEvenAtOnce() throws Exception {
        String number = MadeUp.document("44030020000229123");
        List<Callable<Outcome<Identities.Tried>>> tries = new ArrayList<>();
        for (int i = 0; i < IdentityRules.ACCOUNTS + 3; i++) {
            String name = id + "-" + i;
            person(people, name);
            tries.add(() -> people.identities().verify(APP, name, numbered("t-" + name, number), CALLER));
        }
        List<Outcome<Identities.Tried>> outcomes = together(tries);
        assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Done).hasSize(IdentityRules.ACCOUNTS);
        assertThat(outcomes)
                .filteredOn(o -> o instanceof Outcome.Not)
                .allSatisfy(o -> assertThat(refused(o).reason().en()).contains("same number"));
    }

    @Test
    void anAgeInTheDocumentCountsMoreThanWhatTheApplicationSays() {
        person(people, id);
        String child = MadeUp.document("44030020150229123".replace("0229", "0228"));
        done(people.identities().verify(APP, id, numbered("n", child), CALLER));
        assertThat(TestPeople.standing(people, id).minor()).isTrue();
        assertThat(refused(people.register(APP, id, User.Kind.PERSON, Optional.of(false), CALLER))
                        .reason()
                        .en())
                .contains("minor");
    }

    @Test
    void badAttemptsAreNamedAndChangeNothing() {
        person(people, id);
        String number = MadeUp.document("11010519491231002");
        Optional<Instant> at = Optional.of(TestPeople.START);
        record Bad(Attempt attempt, String clause) {}
        List<Bad> all = List.of(
                new Bad(new Attempt("by-hand", Method.MOBILE, "e", at, Optional.empty()), "9"),
                new Bad(new Attempt("attested", Method.MOBILE, "e", Optional.empty(), Optional.empty()), "9"),
                new Bad(new Attempt("attested", Method.MOBILE, " ", at, Optional.empty()), "9"),
                new Bad(new Attempt("attested", Method.MOBILE, "e".repeat(201), at, Optional.empty()), "9"),
                new Bad(new Attempt("attested", Method.MOBILE, "a\u0000b", at, Optional.empty()), "9"),
                new Bad(new Attempt("attested", Method.MOBILE, "no " + number, at, Optional.empty()), "9"),
                new Bad(
                        new Attempt(
                                "attested",
                                Method.MOBILE,
                                "e",
                                Optional.of(TestPeople.START.plusSeconds(3600)),
                                Optional.empty()),
                        "9"),
                new Bad(new Attempt("attested", Method.MOBILE, "e", Optional.of(Instant.EPOCH), Optional.empty()), "9"),
                new Bad(new Attempt("attested", Method.MOBILE, "e", at, Optional.of("12345")), "9"),
                new Bad(
                        new Attempt("attested", Method.ID_NUMBER, "e", at, Optional.of("110105194912310020")),
                        "GB 11643"),
                new Bad(new Attempt("attested", Method.NATIONAL_ID_SERVICE, "e", at, Optional.of(number)), "9"),
                new Bad(new Attempt("attested", Method.USCC, "e", at, Optional.empty()), "9"));
        for (Bad bad : all) {
            assertThat(refused(people.identities().verify(APP, id, bad.attempt(), CALLER))
                            .article())
                    .as(bad.toString())
                    .isEqualTo(bad.clause());
        }
        assertThat(identity(people, id)).isEqualTo(Identity.UNVERIFIED);
        assertThat(people.identities().of(people.find(APP, id).orElseThrow().id()))
                .isEmpty();
        assertThat(refused(people.identities().verify(APP, "nobody", attested("e"), CALLER))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(refused(people.identities().verify("other-app", id, attested("e"), CALLER))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
    }

    private static Attempt numbered(String evidence, String number) {
        return new Attempt("attested", Method.ID_NUMBER, evidence, Optional.of(TestPeople.START), Optional.of(number));
    }

    static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
