package dev.cinnabar.server.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.testkit.Seeded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MachineTest {
    enum State {
        DRAFT,
        CHECKED,
        IN_FORCE,
        OVER
    }

    private static final String SHEET = """
            # version: test-1
            # source: a test
            # article: 10(2)
            from | name | to | by | apart | reason | zh | en
            - | propose | DRAFT | REVIEWER+SENIOR+SYSTEM | | yes | 提出 | Propose
            DRAFT | amend | DRAFT | REVIEWER+SENIOR | | yes | 修改 | Amend
            DRAFT | check | CHECKED | SENIOR+OFFICER | propose+amend | yes | 审核 | Check
            CHECKED | back | DRAFT | REVIEWER+SENIOR | | yes | 退回 | Send back
            CHECKED | enforce | IN_FORCE | OFFICER | propose+amend+check | yes | 生效 | Put in force
            DRAFT+CHECKED+IN_FORCE | end | OVER | OFFICER+SYSTEM | | no | 终止 | End
            """;

    private static final Machine<State> MACHINE = Machine.of("test", State.class, Sheet.parse("test", SHEET));
    private static final Actor ANNA = new Actor("anna", Set.of(Role.SENIOR, Role.OFFICER, Role.REVIEWER));
    private static final Actor BEN = new Actor("ben", Set.of(Role.SENIOR));
    private static final Actor CEM = new Actor("cem", Set.of(Role.OFFICER));
    private static final Actor DORA = new Actor("dora", Set.of(Role.ADMIN, Role.INSPECTOR));

    @Test
    void noPathLetsOnePersonDoATwoPersonActAlone() {
        List<Actor> actors = List.of(ANNA, BEN, CEM, DORA, Actor.SYSTEM, Actor.app("x"));
        List<String> names = MACHINE.steps().stream().map(Step::name).sorted().toList();
        long base = Seeded.base();
        int twoPersonTurns = 0;
        for (int i = 0; i < 5_000; i++) {
            RandomGenerator random = Seeded.random(base + i);
            List<Turn> turns = walk(random, actors, names);
            for (int at = 0; at < turns.size(); at++) {
                Turn turn = turns.get(at);
                Set<String> apart = step(turn.name()).apart();
                twoPersonTurns += apart.isEmpty() ? 0 : 1;
                for (Turn before : turns.subList(0, at)) {
                    assertThat(apart.contains(before.name()) && before.actor().equals(turn.actor()))
                            .as("seed %d: %s after %s by %s", base + i, turn.name(), before.name(), turn.actor())
                            .isFalse();
                }
                assertThat(apart.isEmpty() || !turn.actor().equals("system")).isTrue();
            }
            assertThat(turns)
                    .noneMatch(
                            turn -> turn.actor().equals("dora") || turn.actor().equals("app:x"));
            Set<String> people = new HashSet<>();
            turns.forEach(turn -> people.add(turn.actor()));
            assertThat(turns.stream().noneMatch(turn -> turn.to().equals("IN_FORCE")) || people.size() >= 3)
                    .as("seed %d", base + i)
                    .isTrue();
        }
        assertThat(twoPersonTurns).as("the walks did reach two-person steps").isGreaterThan(1_000);
    }

    private static List<Turn> walk(RandomGenerator random, List<Actor> actors, List<String> names) {
        List<Turn> turns = new ArrayList<>();
        for (int tries = 0; tries < 40; tries++) {
            Actor actor = actors.get(random.nextInt(actors.size()));
            String name = names.get(random.nextInt(names.size()));
            Optional<Case<State>> now = MACHINE.resume("c", turns);
            Outcome<Step<State>> outcome = now.isEmpty()
                    ? MACHINE.open(name, actor, "because")
                    : MACHINE.step(now.get(), name, actor, "because");
            if (outcome instanceof Outcome.Done<Step<State>>(Step<State> step)) {
                turns.add(turn(turns.size() + 1, now.map(c -> c.state().name()).orElse(""), step, actor));
            }
        }
        return turns;
    }

    @Test
    void everyRefusalNamesTheArticleTheReasonAndTheRemedy() {
        Case<State> draft = opened(BEN);
        Refused state = refusal(MACHINE.step(draft, "enforce", CEM, "x"));
        assertThat(state.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(state.reason().en()).contains("DRAFT");
        assertThat(state.remedy().en()).contains("amend", "check", "end");
        Refused role = refusal(MACHINE.step(draft, "end", BEN, "x"));
        assertThat(role.code()).isEqualTo(Code.SCOPE_MISSING);
        assertThat(role.remedy().en()).contains("OFFICER");
        Refused same = refusal(MACHINE.step(draft, "check", BEN, "x"));
        assertThat(same.remedy().en()).contains("another person");
        Refused reason = refusal(MACHINE.step(draft, "check", CEM, " \n"));
        assertThat(reason.reason().en()).contains("needs a reason");
        Refused unkept = refusal(MACHINE.step(draft, "check", CEM, "a\0b"));
        assertThat(unkept.reason().en()).contains("cannot be kept");
        assertThat(refusal(MACHINE.step(draft, "check", CEM, "x".repeat(4_001)))
                        .remedy()
                        .en())
                .contains("4000");
        Refused unknown = refusal(MACHINE.step(draft, "fly", CEM, "x"));
        assertThat(unknown.reason().en()).contains("fly");
        Refused opening = refusal(MACHINE.step(draft, "propose", BEN, "x"));
        assertThat(opening.reason().en()).contains("propose");
        for (Refused refused : List.of(state, role, same, reason, unkept, unknown, opening)) {
            assertThat(refused.article()).isEqualTo("10(2)");
            assertThat(refused.reason().zh()).isNotBlank();
            assertThat(refused.remedy().zh()).isNotBlank();
        }
    }

    @Test
    void offersSayWhyAStepIsClosed() {
        List<Machine.Offer<State>> offers = MACHINE.offers(opened(BEN), BEN);
        assertThat(offers).extracting(offer -> offer.step().name()).containsExactly("amend", "check", "end");
        assertThat(offers)
                .extracting(offer -> offer.may() instanceof Outcome.Done)
                .containsExactly(true, false, false);
    }

    @Test
    void aSystemStepNeedsNoReasonWhereTheSheetAsksNone() {
        assertThat(MACHINE.step(opened(BEN), "end", Actor.SYSTEM, "")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void brokenSheetsStopTheStart() {
        String head = "# version: 1\n# source: s\nfrom | name | to | by | apart | reason | zh | en\n";
        String open = "- | propose | DRAFT | REVIEWER | | yes | a | a\n";
        broken(head + open + open, "two steps");
        broken(head + "DRAFT | end | OVER | OFFICER | | no | a | a\n", "no step opens");
        broken(head + open + "DRAFT | check | CHECKED | SENIOR+SYSTEM | propose | no | a | a\n", "second person");
        broken(head + open + "DRAFT | check | CHECKED | SENIOR | proposal | no | a | a\n", "does not exist");
        broken(head + open + "DRAFT | check | CHECKED | | | no | a | a\n", "nobody may");
        broken(head + open + "DRAFT | check | CHECKED | ADMIN | | no | a | a\n", "ADMIN");
        broken(head + open + "DRAFT | check\n", "cells");
        broken("# source: s\n" + open, "version");
    }

    private static void broken(String sheet, String why) {
        assertThatThrownBy(() -> Machine.of("test", State.class, Sheet.parse("test", sheet)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static Case<State> opened(Actor actor) {
        return MACHINE.resume("c", List.of(turn(1, "", step("propose"), actor))).orElseThrow();
    }

    private static Step<State> step(String name) {
        return MACHINE.steps().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Turn turn(int seq, String from, Step<State> step, Actor actor) {
        String roles = MACHINE.acting(step, actor);
        return new Turn(
                "test", "c", seq, from, step.name(), step.to().name(), actor.id(), roles, "r", Instant.EPOCH, "test-1");
    }

    private static Refused refusal(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("was done: " + done);
            case Outcome.Not<?>(Refused refused) -> refused;
        };
    }
}
