package dev.cinnabar.server.cases;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Words;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The states of one kind of case and the steps between them. It decides who may make a step; the domain adds what else must hold.
 *
 * <p>The two-person rule: a step that is {@code apart} from others may only be made by a person who made none of those in this case, at any time.
 */
public final class Machine<S extends Enum<S>> {
    private static final int LONGEST_REASON = 4_000;

    private final String kind;
    private final String article;
    private final String rules;
    private final Class<S> states;
    private final Map<String, Step<S>> steps;

    private Machine(String kind, String article, String rules, Class<S> states, Map<String, Step<S>> steps) {
        this.kind = kind;
        this.article = article;
        this.rules = rules;
        this.states = states;
        this.steps = steps;
    }

    /**
     * The machine of these steps.
     *
     * @param article the article that refusals name
     * @param rules the version of these rules, kept with every turn
     * @throws IllegalArgumentException when two steps share a name, no step opens a case, a second person may be a machine, or a two-person step names no step
     */
    public static <S extends Enum<S>> Machine<S> of(
            String kind, String article, String rules, Class<S> states, Collection<Step<S>> steps) {
        Map<String, Step<S>> byName = steps.stream()
                .collect(Collectors.toUnmodifiableMap(Step::name, Function.identity(), (a, b) -> {
                    throw new IllegalArgumentException(kind + ": two steps are called " + a.name());
                }));
        for (Step<S> step : steps) {
            check(kind, byName, step);
        }
        if (steps.stream().noneMatch(Step::opens)) {
            throw new IllegalArgumentException(kind + ": no step opens a case");
        }
        return new Machine<>(kind, article, rules, states, byName);
    }

    /** The machine in a sheet with the columns from, name, to, by, apart, reason, zh, en; its head says version, source and article. */
    public static <S extends Enum<S>> Machine<S> of(String kind, Class<S> states, Sheet sheet) {
        List<Step<S>> steps =
                sheet.rows().stream().map(row -> step(states, row)).toList();
        return of(kind, sheet.says("article").orElse(""), sheet.version(), states, steps);
    }

    private static <S extends Enum<S>> void check(String kind, Map<String, Step<S>> all, Step<S> step) {
        String which = kind + " step " + step.name();
        if (step.by().isEmpty()) {
            throw new IllegalArgumentException(which + ": nobody may make it");
        }
        if (!all.keySet().containsAll(step.apart())) {
            throw new IllegalArgumentException(which + ": is apart from a step that does not exist");
        }
        if (step.twoPerson() && !step.by().stream().allMatch(Party::person)) {
            throw new IllegalArgumentException(which + ": a machine cannot be the second person");
        }
        if (step.twoPerson() && step.opens()) {
            throw new IllegalArgumentException(which + ": nobody came before the step that opens a case");
        }
    }

    private static <S extends Enum<S>> Step<S> step(Class<S> states, Map<String, String> row) {
        String from = cell(row, "from");
        return new Step<>(
                cell(row, "name"),
                from.equals("-")
                        ? Set.of()
                        : names(from).map(name -> Enum.valueOf(states, name)).collect(Collectors.toSet()),
                Enum.valueOf(states, cell(row, "to")),
                names(cell(row, "by")).map(Party::valueOf).collect(Collectors.toSet()),
                names(cell(row, "apart")).collect(Collectors.toSet()),
                cell(row, "reason").equals("yes"),
                new Words(cell(row, "zh"), cell(row, "en")));
    }

    private static String cell(Map<String, String> row, String column) {
        return Optional.ofNullable(row.get(column))
                .orElseThrow(() -> new IllegalArgumentException("The sheet has no column " + column));
    }

    private static Stream<String> names(String cell) {
        return Stream.of(cell.split("\\+", -1)).map(String::strip).filter(name -> !name.isEmpty());
    }

    /** The kind of case, like {@code feature}. */
    public String kind() {
        return kind;
    }

    /** The article that refusals name. */
    public String article() {
        return article;
    }

    /** The version of these rules. */
    public String rules() {
        return rules;
    }

    /** All steps. */
    public Collection<Step<S>> steps() {
        return steps.values();
    }

    /** The case behind a history, oldest turn first; empty where there is no history. */
    public Optional<Case<S>> resume(String id, List<Turn> turns) {
        return turns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Case<>(
                        kind, id, Enum.valueOf(states, turns.getLast().to()), turns));
    }

    /** The step that opens a case, when this actor may make it. */
    public Outcome<Step<S>> open(String name, Actor actor, String reason) {
        return known(name)
                .filter(Step::opens)
                .map(step -> guard(step, List.of(), actor, reason))
                .orElseGet(() -> Outcome.not(Refusals.noSuchStep(article, kind, name)));
    }

    /** The step by this name, when this actor may make it in this case now; else why not. */
    public Outcome<Step<S>> step(Case<S> now, String name, Actor actor, String reason) {
        Optional<Step<S>> known = known(name).filter(step -> !step.opens());
        if (known.isEmpty()) {
            return Outcome.not(Refusals.noSuchStep(article, kind, name));
        }
        Step<S> step = known.get();
        if (!step.from().contains(now.state())) {
            return Outcome.not(
                    Refusals.wrongState(article, kind, step.name(), now.state().name(), reach(now.state())));
        }
        return guard(step, now.turns(), actor, reason);
    }

    /** The steps that leave the case's state, each with whether this actor may make it or why not; for buttons. */
    public List<Offer<S>> offers(Case<S> now, Actor actor) {
        return steps.values().stream()
                .filter(step -> step.from().contains(now.state()))
                .filter(step -> step.by().stream().anyMatch(Party::person))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .map(step -> new Offer<>(step, step(now, step.name(), actor, "-")))
                .toList();
    }

    /** A step that leaves the present state: {@code Done} when the actor may make it. */
    public record Offer<S extends Enum<S>>(Step<S> step, Outcome<Step<S>> may) {}

    /** As what the actor makes the step, joined by {@code +}; for the record. */
    String acting(Step<S> step, Actor actor) {
        Set<Party> parties = EnumSet.noneOf(Party.class);
        parties.addAll(Party.of(actor));
        parties.retainAll(step.by());
        return parties.stream().map(Party::name).collect(Collectors.joining("+"));
    }

    private Outcome<Step<S>> guard(Step<S> step, List<Turn> turns, Actor actor, String reason) {
        Set<Party> parties = new HashSet<>(Party.of(actor));
        parties.retainAll(step.by());
        if (parties.isEmpty()) {
            return Outcome.not(Refusals.notAllowed(article, kind, step.name(), step.by()));
        }
        if (turns.stream()
                .anyMatch(turn ->
                        step.apart().contains(turn.name()) && turn.actor().equals(actor.id()))) {
            return Outcome.not(Refusals.samePerson(article, kind, step.name(), step.apart()));
        }
        if (step.reason() && reason.isBlank()) {
            return Outcome.not(Refusals.noReason(article, kind, step.name()));
        }
        if (reason.length() > LONGEST_REASON || reason.codePoints().anyMatch(Machine::unfit)) {
            return Outcome.not(Refusals.badReason(article, kind, step.name(), LONGEST_REASON));
        }
        return Outcome.done(step);
    }

    /** A null character or half a surrogate pair, which no database keeps. */
    private static boolean unfit(int c) {
        return c == 0 || Character.getType(c) == Character.SURROGATE;
    }

    private Optional<Step<S>> known(String name) {
        return Optional.ofNullable(steps.get(name));
    }

    private Set<String> reach(S state) {
        Set<String> names = new TreeSet<>();
        steps.values().stream().filter(step -> step.from().contains(state)).forEach(step -> names.add(step.name()));
        return names;
    }
}
