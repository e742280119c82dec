package dev.cinnabar.server.features;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.FeatureCsv;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.web.Choice;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.Moment;
import dev.cinnabar.server.web.Tone;
import dev.cinnabar.server.web.View;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What the pages of the feature database show. */
public final class FeaturePages {
    private FeaturePages() {}

    /** How a state is coloured. */
    public static Tone tone(Entry.State state) {
        return switch (state) {
            case ACTIVE -> Tone.GOOD;
            case CANDIDATE, REVIEWED -> Tone.CARE;
            case SHADOW -> Tone.INFO;
            case RETIRED -> Tone.PLAIN;
            case REJECTED -> Tone.BAD;
        };
    }

    /**
     * A page of the list.
     *
     * @param library the version in force; empty while it is not confirmed
     * @param page from 1
     */
    public record All(
            Features.Listing listing, Features.Filter filter, Form form, String library, int page, int pages) {
        /** The states to narrow the list by. */
        public List<Choice> states(View v) {
            return Stream.of(Entry.State.values())
                    .map(state -> new Choice(
                            state.name(),
                            v.t("features.state", state) + " ("
                                    + v.number(listing.states().getOrDefault(state, 0L)) + ")"))
                    .toList();
        }

        /** The address of another page of the same list. */
        public String at(int other) {
            return "/console/features?page=" + other + "&state="
                    + filter.state().map(Enum::name).orElse("") + "&q="
                    + URLEncoder.encode(filter.text(), StandardCharsets.UTF_8) + "&batch="
                    + URLEncoder.encode(filter.batch(), StandardCharsets.UTF_8);
        }
    }

    /** The form of a proposal. */
    public record New(Form form) {
        /** The 31 risks. */
        public List<Choice> risks(View v) {
            return Risk.all().stream()
                    .map(risk ->
                            new Choice(risk.code(), risk.code() + " " + (v.lang() == Lang.ZH ? risk.zh() : risk.en())))
                    .toList();
        }

        /** How grave a hit is. */
        public List<Choice> severities(View v) {
            return Stream.of(Severity.values())
                    .map(one -> new Choice(one.name(), v.t("features.severity", one)))
                    .toList();
        }

        /** What a hit does. */
        public List<Choice> actions(View v) {
            return Stream.of(Action.values())
                    .map(one -> new Choice(one.name(), v.t("features.action", one), v.t("features.action.note", one)))
                    .toList();
        }
    }

    /** The form of an import. */
    public record Import(Form form, int most) {}

    /** What became of an import. */
    public record Imported(Features.Imported result) {
        /** At most so many faults are shown. */
        public List<FeatureCsv.RowError> errors() {
            return result.errors().stream().limit(200).toList();
        }

        public List<Features.Skipped> skipped() {
            return result.skipped().stream().limit(200).toList();
        }
    }

    /** Everything about a feature. */
    public record File(String id, List<Version> versions, List<Features.Count> counts, Form form) {}

    /** One version with its history and what this person may do with it. */
    public record Version(
            Entry entry, String proposer, List<Moment> moments, List<Offer> offers, List<Features.Line> standard) {}

    /** A step, with why it is closed to this person where it is. */
    public record Offer(String step, String label, String closed) {}

    /** What became of a step of a batch. */
    public record Taken(String batch, Features.Taken result) {
        public List<Features.Skipped> left() {
            return result.left().stream().limit(200).toList();
        }
    }
}
