package dev.cinnabar.server.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.people.MovedClock;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.Standing;
import dev.cinnabar.server.people.Standings;
import dev.cinnabar.server.people.TestPeople;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Article("10")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConductTest {
    private static final Reasons REASONS = new Reasons(
            Reasons.Ground.RULES,
            "rules 3.2",
            "A.1.h",
            "asked for the forbidden tale again and again",
            Reasons.Source.OWN_REVIEW,
            false);

    private final TestDatabase db = TestDatabase.open();

    private final MovedClock clock = new MovedClock(TestPeople.START);
    private final People people = TestPeople.on(db, clock);
    private final Conduct conduct = conduct();
    private String user = "";

    private Conduct conduct() {
        return new Conduct(
                db.database(),
                db.outbox(),
                new CaseStore(clock),
                people,
                db.timers(),
                clock,
                new Ulid(clock, new SecureRandom()));
    }

    @BeforeAll
    void open() {
        db.confirmed();
    }

    @AfterAll
    void close() {
        db.close();
    }

    private int count;

    @BeforeEach
    void register() {
        count++;
        user = TestPeople.verified(people, "user-" + count).id();
    }

    private List<Standing.Restriction> standing() {
        return switch (people.standings().of(TestPeople.APP, "user-" + count)) {
            case Standings.Known(Standing standing) -> standing.restrictions();
            case Standings.Unknown unknown -> throw new AssertionError("unknown");
            case Standings.Unready unready -> throw new AssertionError("unready");
        };
    }

    private Measure done(Outcome<Measure> outcome) {
        return switch (outcome) {
            case Outcome.Done<Measure>(Measure measure) -> measure;
            case Outcome.Not<Measure>(var refused) ->
                throw new AssertionError(refused.reason().en());
        };
    }

    private static Code refused(Outcome<Measure> outcome) {
        return switch (outcome) {
            case Outcome.Done<Measure>(Measure measure) -> throw new AssertionError("it was done: " + measure);
            case Outcome.Not<Measure>(var refused) -> refused.code();
        };
    }

    private Instant in(Duration time) {
        return clock.instant().plus(time);
    }

    @Test
    void aShortSuspensionIsInForceAtTheNextLookAndEndsWithoutATimer() {
        Instant until = in(Duration.ofDays(2));
        Measure measure = done(conduct.take(TestPeople.REVIEWER, user, new Sanction.Suspend(until), REASONS));
        assertThat(measure.state()).isEqualTo(Measure.State.EFFECTIVE);
        assertThat(standing()).containsExactly(new Standing.Suspended(measure.id(), until));
        assertThat(measure.binds(clock.instant())).isTrue();
        clock.forward(Duration.ofDays(2));
        assertThat(measure.binds(clock.instant())).isFalse();
        conduct.sweep();
        assertThat(conduct.ofUser(user)).extracting(Measure::state).containsExactly(Measure.State.EXPIRED);
        assertThat(standing()).isEmpty();
    }

    @Test
    void aLongSuspensionAndAClosureNeedASecondPerson() {
        for (Sanction heavy : List.of(new Sanction.Suspend(in(Duration.ofDays(30))), new Sanction.Close())) {
            Measure measure = done(conduct.take(TestPeople.SENIOR, user, heavy, REASONS));
            assertThat(measure.state()).isEqualTo(Measure.State.PROPOSED);
            assertThat(standing()).isEmpty();
            assertThat(refused(conduct.answer(TestPeople.SENIOR, measure.id(), "approve", "mine")))
                    .isEqualTo(Code.SCOPE_MISSING);
            assertThat(refused(conduct.answer(TestPeople.REVIEWER, measure.id(), "approve", "no role")))
                    .isEqualTo(Code.SCOPE_MISSING);
            assertThat(refused(conduct.answer(TestPeople.ADMIN, measure.id(), "approve", "an admin never decides")))
                    .isEqualTo(Code.SCOPE_MISSING);
            assertThat(standing()).isEmpty();
            assertThat(done(conduct.answer(TestPeople.OFFICER, measure.id(), "approve", "agreed"))
                            .state())
                    .isEqualTo(Measure.State.EFFECTIVE);
            assertThat(standing()).hasSize(1);
            done(conduct.answer(TestPeople.OFFICER, measure.id(), "lift", "the test is over"));
            assertThat(standing()).isEmpty();
        }
    }

    @Test
    void anUrgentMeasureBindsAtOnceAndLapsesUnlessAnotherConfirms() {
        Measure alone = done(conduct.takeUrgently(TestPeople.SENIOR, user, new Sanction.Close(), REASONS));
        // Until somebody confirms, the gate itself lets it end.
        assertThat(standing()).containsExactly(new Standing.Suspended(alone.id(), in(Duration.ofHours(24))));
        assertThat(refused(conduct.answer(TestPeople.SENIOR, alone.id(), "confirm", "mine")))
                .isEqualTo(Code.SCOPE_MISSING);
        clock.forward(Duration.ofHours(24));
        conduct.sweep();
        assertThat(conduct.ofUser(user)).extracting(Measure::state).containsExactly(Measure.State.LAPSED);
        assertThat(standing()).isEmpty();

        Measure confirmed = done(conduct.takeUrgently(TestPeople.SENIOR, user, new Sanction.Close(), REASONS));
        done(conduct.answer(TestPeople.OFFICER, confirmed.id(), "confirm", "agreed"));
        clock.forward(Duration.ofDays(3));
        conduct.sweep();
        assertThat(standing()).hasSize(1);
    }

    @Test
    void anAppealIsDecidedBySomebodyElseAndInTime() {
        Measure measure = done(
                conduct.take(TestPeople.SENIOR, user, new Sanction.Limit("image.generate", Optional.empty()), REASONS));
        done(conduct.answer(TestPeople.REVIEWER, measure.id(), "appeal", "the user says it was a quotation"));
        assertThat(standing()).hasSize(1);
        assertThat(refused(conduct.answer(TestPeople.SENIOR, measure.id(), "uphold", "mine")))
                .isEqualTo(Code.SCOPE_MISSING);
        assertThat(done(conduct.answer(TestPeople.OFFICER, measure.id(), "reverse", "it was"))
                        .state())
                .isEqualTo(Measure.State.REVERSED);
        assertThat(standing()).isEmpty();

        Measure late = done(conduct.take(TestPeople.SENIOR, user, new Sanction.Warn(), REASONS));
        clock.forward(Duration.ofDays(200));
        assertThat(refused(conduct.answer(TestPeople.REVIEWER, late.id(), "appeal", "late")))
                .isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void ofTwoWhoDecideAtOnceOneWins() throws Exception {
        Measure measure = done(conduct.take(TestPeople.SENIOR, user, new Sanction.Close(), REASONS));
        List<Callable<Outcome<Measure>>> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String step = i % 2 == 0 ? "approve" : "decline";
            Actor actor = new Actor("officer-" + i, TestPeople.OFFICER.roles());
            racers.add(() -> conduct.answer(actor, measure.id(), step, "a race"));
        }
        int won = 0;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome<Measure>> one : pool.invokeAll(racers)) {
                won += one.get() instanceof Outcome.Done<Measure> ? 1 : 0;
            }
        }
        assertThat(won).isEqualTo(1);
        boolean closed = conduct.ofUser(user).getFirst().state() == Measure.State.EFFECTIVE;
        assertThat(standing()).hasSize(closed ? 1 : 0);
    }

    @Test
    void whatIsMissingIsNamed() {
        Reasons bare = new Reasons(Reasons.Ground.LAW, " ", "", "facts", Reasons.Source.OTHER, true);
        assertThat(refused(conduct.take(TestPeople.SENIOR, user, new Sanction.Warn(), bare)))
                .isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused(conduct.take(TestPeople.SENIOR, user, new Sanction.Suspend(clock.instant()), REASONS)))
                .isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused(conduct.take(TestPeople.SENIOR, "nobody", new Sanction.Warn(), REASONS)))
                .isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused(conduct.answer(TestPeople.SENIOR, "nothing", "lift", "x")))
                .isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused(conduct.take(TestPeople.CALLER, user, new Sanction.Warn(), REASONS)))
                .isEqualTo(Code.SCOPE_MISSING);
    }

    @Test
    void everyStepIsToldToTheGovernanceLogAndTheUserIsToldHowToAppeal() {
        Measure measure = done(conduct.take(TestPeople.SENIOR, user, new Sanction.Warn(), REASONS));
        done(conduct.answer(TestPeople.OFFICER, measure.id(), "lift", "enough"));
        assertThat(db.events(measure.id()))
                .extracting(Map.Entry::getKey)
                .containsExactly("measure.impose", "measure.lift");
        assertThat(measure.notice().zh()).contains("rules 3.2", "申诉", "12377");
        assertThat(measure.notice().en()).contains("rules 3.2", "appeal", "somebody else");
    }
}
