package dev.cinnabar.server.features;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Objection;
import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.cases.Term;
import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entry standard of the feature database (Art. 10, second paragraph): a check-list that each candidate must hold before a second person may approve it. */
final class EntryStandard {
    private final String version;
    private final Map<String, Words> items = new LinkedHashMap<>();
    private final Map<Action, Integer> limits = new LinkedHashMap<>();
    private final Term longest;

    private EntryStandard(Sheet sheet, Term longest) {
        this.version = sheet.version();
        this.longest = longest;
        for (Map<String, String> row : sheet.rows()) {
            String item = row.getOrDefault("item", "");
            if (item.startsWith("trial.")) {
                Action action = Action.of(item.substring("trial.".length())).orElseThrow();
                limits.put(action, Integer.parseInt(row.getOrDefault("most", "")));
            } else {
                items.put(item, new Words(row.getOrDefault("zh", ""), row.getOrDefault("en", "")));
            }
        }
    }

    /** The standard that the build brings. */
    static EntryStandard current() {
        Term longest = Term.in(Sheet.of(EntryStandard.class, "terms.txt"), "feature.longest")
                .orElseThrow();
        return new EntryStandard(Sheet.of(EntryStandard.class, "entry-standard.txt"), longest);
    }

    String version() {
        return version;
    }

    Term longest() {
        return longest;
    }

    /**
     * Goes through the list.
     *
     * @param twin the id of another live or waiting feature that looks for the same, where there is one
     */
    Report judge(Feature feature, Proposal content, Entry.Trial trial, Optional<String> twin, Instant now) {
        Instant reviewBy = content.reviewBy();
        Optional<Objection> objection = Library.objection(feature);
        Report report = new Report(version, new ArrayList<>());
        add(report, "risk", true, content.risk().code() + " " + content.risk().zh());
        add(report, "evidence", !content.evidence().isEmpty(), content.evidence());
        add(report, "provenance", !content.provenance().isEmpty(), content.provenance());
        add(report, "owner", !content.owner().isEmpty(), content.owner());
        add(
                report,
                "expiry",
                reviewBy.isAfter(now) && !reviewBy.isAfter(longest.from(now).at()),
                reviewBy.toString());
        add(report, "length", weight(content.pattern()) >= 6, content.pattern());
        add(
                report,
                "compiles",
                objection.isEmpty(),
                objection.map(o -> o.reason() + "; " + o.remedy()).orElse(""));
        add(report, "duplicate", twin.isEmpty(), twin.orElse(""));
        add(report, "trial", within(content.action(), trial), trial.matched() + "/" + trial.of() + " " + trial.set());
        return report;
    }

    /** How many of 1,000 ordinary sentences a feature with this action may match. */
    int limit(Action action) {
        return limits.getOrDefault(action, 0);
    }

    private boolean within(Action action, Entry.Trial trial) {
        return trial.of() > 0 && (long) trial.matched() * 1_000 <= (long) limit(action) * trial.of();
    }

    /** Two characters of Chinese say as much as three letters: each counts three, a letter or digit two. */
    private static int weight(String pattern) {
        return pattern.codePoints()
                .map(c -> Character.isIdeographic(c) ? 3 : Character.isLetterOrDigit(c) ? 2 : 0)
                .sum();
    }

    private void add(Report report, String item, boolean holds, String found) {
        report.lines().add(new Line(item, Optional.ofNullable(items.get(item)).orElseThrow(), holds, found));
    }

    /** One item and what was found. */
    record Line(String item, Words asked, boolean holds, String found) {}

    /** What the list said of one candidate, under which version of it. */
    record Report(String version, List<Line> lines) {
        boolean holds() {
            return lines.stream().allMatch(Line::holds);
        }

        List<Line> missing() {
            return lines.stream().filter(line -> !line.holds()).toList();
        }
    }
}
