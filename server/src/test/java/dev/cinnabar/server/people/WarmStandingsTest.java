package dev.cinnabar.server.people;

import static dev.cinnabar.server.people.TestPeople.APP;
import static dev.cinnabar.server.people.TestPeople.CALLER;
import static dev.cinnabar.server.people.TestPeople.attested;
import static dev.cinnabar.server.people.TestPeople.done;
import static dev.cinnabar.server.people.TestPeople.person;
import static dev.cinnabar.server.people.TestPeople.refused;
import static dev.cinnabar.server.people.TestPeople.standing;
import static dev.cinnabar.server.people.TestPeople.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.store.Changes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

@Article({"8", "9"})
class WarmStandingsTest {
    private static final TestDatabase DB = TestDatabase.open();
    private final MovedClock clock = new MovedClock(TestPeople.START);
    private final People people = TestPeople.on(DB, clock);

    @AfterAll
    static void close() {
        DB.close();
    }

    @Test
    void aWarmLookupRunsNoStatement() {
        verified(people, "warm");
        standing(people, "warm");
        people.standings().of(APP, "nobody-warm");
        long before = DB.database().statements();
        for (int i = 0; i < 1_000; i++) {
            assertThat(standing(people, "warm").identity()).isEqualTo(Identity.VERIFIED);
            assertThat(people.standings().of(APP, "nobody-warm")).isInstanceOf(Standings.Unknown.class);
            clock.forward(Duration.ofSeconds(1));
        }
        assertThat(DB.database().statements()).isEqualTo(before);
    }

    @Test
    void aChangeIsInForceAtTheNextLookup() {
        assertThat(people.standings().of(APP, "late")).isInstanceOf(Standings.Unknown.class);
        person(people, "late");
        assertThat(standing(people, "late").identity()).isEqualTo(Identity.UNVERIFIED);
        done(people.identities().verify(APP, "late", attested("e-late"), CALLER));
        assertThat(standing(people, "late").identity()).isEqualTo(Identity.VERIFIED);
        assertThat(standing(people, "late").acceptedCurrent()).isFalse();
        accept("late", 1);
        assertThat(standing(people, "late").acceptedCurrent()).isTrue();
        String user = standing(people, "late").userId();
        Instant until = clock.instant().plusSeconds(60);
        DB.database().useTransaction(h -> people.restrict(h, user, new Standing.Suspended("m-1", until)));
        assertThat(standing(people, "late").restrictions()).containsExactly(new Standing.Suspended("m-1", until));
        // The end needs no timer and no statement.
        long before = DB.database().statements();
        clock.set(until.minusMillis(1));
        assertThat(standing(people, "late").restrictions()).hasSize(1);
        clock.set(until);
        assertThat(standing(people, "late").restrictions()).isEmpty();
        assertThat(DB.database().statements()).isEqualTo(before);
        DB.database().useTransaction(h -> people.restrict(h, user, new Standing.Closed("m-2")));
        assertThat(standing(people, "late").restrictions()).containsExactly(new Standing.Closed("m-2"));
        DB.database().useTransaction(h -> people.release(h, "m-2"));
        assertThat(standing(people, "late").restrictions()).isEmpty();
    }

    @Test
    void aNewVersionMakesOldAcceptancesStaleFromItsMoment() {
        person(people, "stale");
        accept(
                "stale",
                people.agreements()
                        .current(Document.Kind.AGREEMENT)
                        .orElseThrow()
                        .version());
        assertThat(standing(people, "stale").acceptedCurrent()).isTrue();
        Instant soon = clock.instant().plus(Duration.ofDays(1));
        assertThat(refused(people.agreements().publish(draft(soon), TestPeople.OFFICER))
                        .article())
                .isEqualTo("8");
        Instant from = clock.instant().plus(Duration.ofDays(30));
        assertThat(refused(people.agreements().publish(draft(from), TestPeople.ADMIN))
                        .code())
                .isEqualTo(Code.SCOPE_MISSING);
        Document next = done(people.agreements().publish(draft(from), TestPeople.OFFICER));
        assertThat(standing(people, "stale").acceptedCurrent()).isTrue();
        clock.set(from.minusMillis(1));
        assertThat(standing(people, "stale").acceptedCurrent()).isTrue();
        clock.set(from);
        assertThat(standing(people, "stale").acceptedCurrent()).isFalse();
        accept("stale", next.version());
        assertThat(standing(people, "stale").acceptedCurrent()).isTrue();
    }

    @Test
    void memoryIsBoundedWhoeverIsAsked() {
        People small = TestPeople.on(DB, clock, 64);
        for (int i = 0; i < 2_000; i++) {
            small.standings().of(APP, "stranger-" + i);
            small.standings().of(APP, "no such \u0000 name " + i);
        }
        assertThat(((WarmStandings) small.standings()).size()).isLessThanOrEqualTo(64 + 16);
    }

    @Test
    void whatIsNotConfirmedIsNotTold() {
        AtomicBoolean confirmed = new AtomicBoolean(true);
        Changes changes = new Changes() {
            @Override
            public void bump(Handle transaction, String kind, String key) {
                DB.changes().bump(transaction, kind, key);
            }

            @Override
            public void listen(String kind, Consumer<Collection<String>> listener) {
                DB.changes().listen(kind, listener);
            }

            @Override
            public boolean confirmed() {
                return confirmed.get();
            }
        };
        SecureRandom random = new SecureRandom();
        Ground ground =
                new Ground(DB.database(), DB.outbox(), changes, new CaseStore(clock), clock, new Ulid(clock, random));
        People node =
                new People(ground, random, new NumberDigests(TestPeople.KEY), List.of(new AttestedVerifier()), 100);
        person(node, "unsure");
        assertThat(node.standings().of(APP, "unsure")).isInstanceOf(Standings.Known.class);
        confirmed.set(false);
        assertThat(node.standings().of(APP, "unsure")).isInstanceOf(Standings.Unready.class);
        assertThat(node.standings().of(APP, "nobody-unsure")).isInstanceOf(Standings.Unready.class);
        confirmed.set(true);
        assertThat(node.standings().of(APP, "unsure")).isInstanceOf(Standings.Known.class);
    }

    @Test
    void noRaceLeavesAnOldAnswerBehind() throws Exception {
        for (int round = 0; round < 60; round++) {
            String id = "race-" + round;
            CountDownLatch go = new CountDownLatch(1);
            Thread asking = Thread.ofPlatform().start(() -> {
                try {
                    go.await();
                    for (int i = 0; i < 20; i++) {
                        people.standings().of(APP, id);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            go.countDown();
            User user = person(people, id);
            assertThat(people.standings().of(APP, id)).isInstanceOf(Standings.Known.class);
            DB.database().useTransaction(h -> people.restrict(h, user.id(), new Standing.Closed("closed-" + id)));
            assertThat(standing(people, id).restrictions()).hasSize(1);
            asking.join();
            assertThat(standing(people, id).restrictions()).hasSize(1);
        }
    }

    @Test
    void whoErasesAnAccountUnderAMeasureComesBackUnderIt() {
        User user = verified(people, "evader");
        Instant until = clock.instant().plus(Duration.ofDays(3));
        DB.database().useTransaction(h -> people.restrict(h, user.id(), new Standing.Suspended("m-ev", until)));
        done(people.erase(APP, "evader", CALLER));
        assertThat(people.standings().of(APP, "evader")).isInstanceOf(Standings.Unknown.class);
        assertThat(people.byId(user.id()).orElseThrow().pseudonym()).isEmpty();
        User back = person(people, "evader");
        assertThat(back.id()).isNotEqualTo(user.id());
        assertThat(standing(people, "evader").pseudonym())
                .isNotEqualTo(user.pseudonym().orElseThrow());
        assertThat(standing(people, "evader").identity()).isEqualTo(Identity.UNVERIFIED);
        assertThat(standing(people, "evader").restrictions()).containsExactly(new Standing.Suspended("m-ev", until));
        // Lifting the measure frees both.
        DB.database().useTransaction(h -> people.release(h, "m-ev"));
        assertThat(standing(people, "evader").restrictions()).isEmpty();
        // After the end, nothing binds whoever comes back, and the digest of the name is forgotten.
        User second = verified(people, "evader-2");
        DB.database().useTransaction(h -> people.restrict(h, second.id(), new Standing.Suspended("m-ev2", until)));
        done(people.erase(APP, "evader-2", CALLER));
        clock.set(until);
        people.recordTimers();
        person(people, "evader-2");
        assertThat(standing(people, "evader-2").restrictions()).isEmpty();
        assertThat(DB.database()
                        .<Long, RuntimeException>inTransaction(h -> h.createQuery("select count(*) from user_bars")
                                .mapTo(Long.class)
                                .one()))
                .isZero();
    }

    private Document accepted(int version) {
        return people.agreements().all().stream()
                .filter(d -> d.kind() == Document.Kind.AGREEMENT && d.version() == version)
                .findFirst()
                .orElseThrow();
    }

    private void accept(String id, int version) {
        done(people.agreements()
                .accept(
                        APP,
                        id,
                        Document.Kind.AGREEMENT,
                        version,
                        accepted(version).hash(),
                        clock.instant(),
                        "app"));
    }

    private static Agreements.Draft draft(Instant from) {
        return new Agreements.Draft(Document.Kind.AGREEMENT, new Words("新协议", "a new agreement"), from);
    }
}
