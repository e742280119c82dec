package dev.cinnabar.label.propagation;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.JsonText;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import java.util.Map;
import java.util.Optional;

/** The JSON of a decision, one line, as {@code propagate --json} and the HTTP answer print it. */
public final class DecisionJson {
    private final StringBuilder out = new StringBuilder(512);
    private final Lang lang;

    private DecisionJson(Lang lang) {
        this.lang = lang;
    }

    /**
     * Renders a decision.
     *
     * @param head members that stand before: the file, its format, where it went
     * @param label the label that was written, or would be
     * @param error why nothing was written though the decision asks for it
     * @param lang the language of the messages; the notice is given in both
     */
    public static String of(
            Map<String, String> head,
            Decision decision,
            Optional<AigcLabel> label,
            Optional<Finding> error,
            Lang lang) {
        return new DecisionJson(lang).rendered(head, decision, label, error);
    }

    private String rendered(
            Map<String, String> head, Decision decision, Optional<AigcLabel> label, Optional<Finding> error) {
        out.append('{');
        head.forEach((key, value) -> {
            member(key, value);
            out.append(',');
        });
        member("level", decision.level().map(Level::word).orElse("none"));
        out.append(',');
        member("clause", decision.branch().clause());
        out.append(",\"notice\":");
        notice(decision);
        out.append(",\"reasons\":[");
        String before = "";
        for (Reason reason : decision.reasons()) {
            out.append(before).append('{');
            member("code", reason.ground().name());
            out.append(',');
            member("message", reason.message(lang));
            out.append('}');
            before = ",";
        }
        out.append("],\"label\":").append(label.map(AigcLabel::toJson).orElse("null"));
        decision.kept().ifPresent(this::before);
        error.ifPresent(this::error);
        return out.append('}').toString();
    }

    private void notice(Decision decision) {
        if (decision.level().isEmpty()) {
            out.append("null");
            return;
        }
        out.append('{');
        member("zh", decision.notice(Lang.ZH).orElseThrow());
        out.append(',');
        member("en", decision.notice(Lang.EN).orElseThrow());
        out.append('}');
    }

    /** Who propagated the content before; the label has room for one, so the platform's own records keep the chain. */
    private void before(Found kept) {
        String propagator = kept.value(Field.CONTENT_PROPAGATOR).orElse("");
        if (!propagator.isEmpty()) {
            out.append(",\"before\":{");
            member(Field.CONTENT_PROPAGATOR.key(), propagator);
            out.append(',');
            member(Field.PROPAGATE_ID.key(), kept.value(Field.PROPAGATE_ID).orElse(""));
            out.append('}');
        }
    }

    private void error(Finding error) {
        out.append(",\"error\":{");
        member("clause", error.clause());
        out.append(',');
        member("reason", error.message(lang));
        out.append(',');
        member("remedy", error.remedy(lang));
        out.append('}');
    }

    private void member(String key, String value) {
        JsonText.quote(key, out);
        out.append(':');
        JsonText.quote(value, out);
    }
}
