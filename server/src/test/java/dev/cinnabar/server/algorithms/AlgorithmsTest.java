package dev.cinnabar.server.algorithms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.testkit.Seeded;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Article({"14", "15", "19", "20", "23"})
class AlgorithmsTest {
    private static final Actor OLA = new Actor("st-ola", Set.of(Role.OFFICER));
    private static final Actor SEN = new Actor("st-sen", Set.of(Role.SENIOR));
    private static final Actor REV = new Actor("st-rev", Set.of(Role.REVIEWER, Role.ADMIN, Role.INSPECTOR));

    private TestDatabase db;
    private Algorithms algorithms;

    @BeforeEach
    void open() {
        db = TestDatabase.open();
        algorithms = started(db);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private static Algorithms started(TestDatabase db) {
        InstantSource clock = InstantSource.system();
        Algorithms made = new Algorithms(
                db.database(),
                db.background(),
                db.changes(),
                db.outbox(),
                new CaseStore(clock),
                clock,
                new Ulid(clock, new SecureRandom()));
        made.start();
        db.confirmed();
        return made;
    }

    @Test
    void aFreshFolderHasTheBasicFunctionsOnWithTheReasonRecorded() {
        assertThat(algorithms.all().stream()
                        .filter(Algorithms.Listed::on)
                        .map(listed -> listed.function().id()))
                .containsExactly("text.dialogue", "text.writing", "voice.speech", "image.generate");
        Algorithms.Listed dialogue = algorithms.find("text.dialogue").orElseThrow();
        assertThat(dialogue.last().orElseThrow().reason()).contains("default of ours");
        assertThat(dialogue.conditions()).extracting(Condition::article).containsExactly("15", "19", "20");
        assertThat(dialogue.conditions()).extracting(Condition::state).containsOnly(Condition.State.NOT_EVALUABLE);
        assertThat(db.events("text.dialogue"))
                .singleElement()
                .satisfies(event -> assertThat(event.getValue()).contains("INTERNAL"));
        started(db);
        assertThat(db.events("text.dialogue")).as("recorded once").hasSize(1);
    }

    @Test
    void theTableHasAllSixClassesAndNothingBiometricIsOn() {
        List<Function> all = FunctionTable.current().all();
        assertThat(all).extracting(Function::item).contains(1, 2, 3, 4, 5, 6);
        assertThat(all).extracting(Function::mark).containsOnly("17(1)", "17(2)");
        assertThat(all.stream().filter(f -> f.item() == 4))
                .allMatch(f -> f.trait().biometric());
        for (Function function : all) {
            assertThat(function.name().zh()).isNotBlank();
            assertThat(function.name().en()).isNotBlank();
            if (function.trait().biometric()) {
                assertThat(algorithms.functions().of(function.id())).isInstanceOf(Functions.Off.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "TEXT.DIALOGUE", "text.dialogue ", "face.unheard-of", "卡拉OK"})
    void whatNobodyListedIsOff(String function) {
        assertThat(algorithms.functions().of(function)).isEqualTo(new Functions.Off(function, "unlisted"));
        assertThat(refused(algorithms.propose(OLA, function, true, "please")).article())
                .isEqualTo("23");
    }

    @ParameterizedTest
    @ValueSource(strings = {"face.swap", "face.generate", "voice.clone", "voice.edit", "pose.control"})
    void facesAndVoicesStayOffWhoeverAsks(String function) {
        Refused refused = refused(algorithms.propose(OLA, function, true, "marketing wants it"));
        assertThat(refused.code()).isEqualTo(Code.NOT_ASSESSED);
        assertThat(refused.article()).isEqualTo("15(1)");
        assertThat(refused.remedy().en()).contains("registers");
        // Even a row written past the façade opens nothing.
        db.database().useTransaction(handle -> {
            handle.execute("insert into function_switches values (?, true, now(), 'intruder', 'x', '')", function);
            db.changes().bump(handle, "functions", function);
        });
        assertThat(algorithms.functions().of(function)).isInstanceOf(Functions.Off.class);
        assertThat(algorithms.find(function).orElseThrow().on()).isFalse();
    }

    @Test
    void twoPeopleSwitchAFunctionAndTheNextRequestFindsItSo() {
        String id = done(algorithms.propose(OLA, "audio.music", true, "assessed on paper"))
                .id();
        assertThat(algorithms.functions().of("audio.music")).isEqualTo(new Functions.Off("audio.music", "never_on"));
        assertThat(refused(algorithms.answer(OLA, id, "confirm", "me again"))
                        .remedy()
                        .en())
                .contains("another person");
        assertThat(refused(algorithms.answer(REV, id, "confirm", "as admin")).code())
                .isEqualTo(Code.SCOPE_MISSING);
        assertThat(refused(algorithms.answer(SEN, id, "confirm", " ")).reason().en())
                .contains("needs a reason");
        done(algorithms.answer(SEN, id, "confirm", "seen the paper"));
        assertThat(algorithms.functions().of("audio.music")).isEqualTo(new Functions.On("audio.music"));
        String off = done(algorithms.propose(SEN, "audio.music", false, "a complaint"))
                .id();
        assertThat(algorithms.functions().of("audio.music")).isInstanceOf(Functions.On.class);
        done(algorithms.answer(OLA, off, "confirm", "agreed"));
        assertThat(algorithms.functions().of("audio.music"))
                .isEqualTo(new Functions.Off("audio.music", "switched_off"));
        assertThat(db.events("audio.music"))
                .extracting(Map.Entry::getKey)
                .containsExactly("function.proposed", "function.on", "function.proposed", "function.off");
        assertThat(algorithms.wishes(OLA, "audio.music").getLast().turns())
                .extracting(turn -> turn.actor())
                .containsExactly("st-ola", "st-sen");
    }

    @Test
    void oneOpenRequestAtATimeAndNoneForWhatIsSo() {
        String id = done(algorithms.propose(OLA, "audio.music", true, "first")).id();
        assertThat(refused(algorithms.propose(SEN, "audio.music", true, "second"))
                        .reason()
                        .en())
                .contains("already waits");
        done(algorithms.answer(SEN, id, "reject", "not yet"));
        assertThat(refused(algorithms.answer(SEN, id, "confirm", "or so"))
                        .reason()
                        .en())
                .contains("REJECTED");
        done(algorithms.propose(SEN, "audio.music", true, "now"));
        assertThat(refused(algorithms.propose(OLA, "text.dialogue", true, "on"))
                        .reason()
                        .en())
                .contains("already on");
        assertThat(refused(algorithms.propose(OLA, "text.style", false, "off"))
                        .reason()
                        .en())
                .contains("already off");
        assertThat(refused(algorithms.propose(OLA, "text.style", true, "x".repeat(2_001)))
                        .reason()
                        .en())
                .contains("too long");
        assertThat(refused(algorithms.propose(REV, "text.style", true, "as reviewer"))
                        .code())
                .isEqualTo(Code.SCOPE_MISSING);
        assertThat(refused(algorithms.answer(SEN, "nothing", "confirm", "x")).code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void whoRacesToAnswerAnswersOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            String id =
                    done(algorithms.propose(OLA, "audio.scene", true, "race")).id();
            Actor other = new Actor("st-other", Set.of(Role.OFFICER));
            List<Callable<Outcome<Switching.Request>>> acts = List.of(
                    () -> algorithms.answer(SEN, id, "confirm", "yes"),
                    () -> algorithms.answer(other, id, "reject", "no"),
                    () -> algorithms.answer(OLA, id, "withdraw", "never mind"));
            int won = 0;
            try (var threads = Executors.newFixedThreadPool(3)) {
                for (var future : threads.invokeAll(acts)) {
                    won += future.get() instanceof Outcome.Done ? 1 : 0;
                }
            }
            assertThat(won).isEqualTo(1);
            boolean on = algorithms.functions().of("audio.scene") instanceof Functions.On;
            assertThat(algorithms
                                    .wishes(OLA, "audio.scene")
                                    .getFirst()
                                    .request()
                                    .state()
                            == Switching.State.CONFIRMED)
                    .isEqualTo(on);
            if (on) {
                String back = done(algorithms.propose(OLA, "audio.scene", false, "back"))
                        .id();
                done(algorithms.answer(SEN, back, "confirm", "back"));
            }
        }
    }

    @Test
    void noPathLetsOnePersonSwitchAlone() {
        List<Actor> actors = List.of(OLA, SEN, REV, Actor.SYSTEM, Actor.app("x"));
        RandomGenerator random = Seeded.random(Seeded.base());
        Map<String, String> proposers = new HashMap<>();
        List<String> steps = List.of("confirm", "reject", "withdraw");
        int confirmed = 0;
        for (int i = 0; i < 300; i++) {
            Actor actor = actors.get(random.nextInt(actors.size()));
            List<String> open = new ArrayList<>(proposers.keySet());
            if (open.isEmpty() || random.nextInt(3) == 0) {
                boolean on = algorithms.find("text.style").orElseThrow().on();
                if (algorithms.propose(actor, "text.style", !on, "r")
                        instanceof Outcome.Done<Switching.Request>(Switching.Request request)) {
                    proposers.put(request.id(), actor.id());
                }
                continue;
            }
            String id = open.get(random.nextInt(open.size()));
            String step = steps.get(random.nextInt(3));
            if (algorithms.answer(actor, id, step, "r") instanceof Outcome.Done) {
                assertThat(step.equals("withdraw") || !actor.id().equals(proposers.get(id)))
                        .isTrue();
                confirmed += step.equals("confirm") ? 1 : 0;
                proposers.remove(id);
            }
        }
        assertThat(confirmed).isPositive();
    }

    @Test
    void aWarmQuestionRunsNoSqlAndOtherNodesLearnOfASwitch() throws Exception {
        long before = db.database().statements();
        for (int i = 0; i < 1_000; i++) {
            algorithms.functions().of("text.dialogue");
        }
        assertThat(db.database().statements()).isEqualTo(before);
        try (TestDatabase node = db.node()) {
            Algorithms elsewhere = started(node);
            String id = done(algorithms.propose(OLA, "text.dialogue", false, "stop"))
                    .id();
            done(algorithms.answer(SEN, id, "confirm", "stop"));
            long until = System.nanoTime() + 3_000_000_000L;
            while (elsewhere.functions().of("text.dialogue") instanceof Functions.On) {
                assertThat(System.nanoTime()).isLessThan(until);
                Thread.sleep(20);
            }
        }
    }

    @Test
    void beforeTheFirstReadingNothingIsTrusted() {
        InstantSource clock = InstantSource.system();
        Algorithms silent = new Algorithms(
                db.database(),
                db.background(),
                db.changes(),
                db.outbox(),
                new CaseStore(clock),
                clock,
                new Ulid(clock, new SecureRandom()));
        assertThat(silent.functions().of("text.dialogue")).isInstanceOf(Functions.Unready.class);
    }

    @Test
    void aTableThatOpensABiometricFunctionStopsTheStart() {
        String head = "# version: 1\n# source: s\nid | item | mark | trait | first | zh | en\n";
        assertThatThrownBy(() -> FunctionTable.of(Sheet.parse("t", head + "f | 4 | 17(1) | face | on | 甲 | a\n")))
                .hasMessageContaining("biometric");
        assertThatThrownBy(() -> FunctionTable.of(
                        Sheet.parse("t", head + "f | 4 | 17(1) |  | on | 甲 | a\nf | 4 | 17(1) |  | on | 甲 | a\n")))
                .hasMessageContaining("twice");
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(Refused refused) -> throw new AssertionError("refused: " + refused);
        };
    }

    private static Refused refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("was done: " + done);
            case Outcome.Not<?>(Refused refused) -> refused;
        };
    }
}
