package dev.cinnabar.server.gateway;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Origin;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.propagation.Decision;
import dev.cinnabar.label.propagation.DecisionJson;
import dev.cinnabar.label.propagation.Declared;
import dev.cinnabar.label.propagation.Elements;
import dev.cinnabar.label.propagation.Propagator;
import dev.cinnabar.label.propagation.Reason;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.tampering.Mark;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code POST /v1/labels/propagate}: decides whether a user's upload is, may be or is suspected to be generated (Labeling Measures, Art. 6) and gives the file back with
 * the propagator's side in its label. A caller that accepts only JSON gets the decision alone, and nothing is written.
 */
@Article("16")
final class PropagationCounter implements Counter {
    static final String PATH = "/v1/labels/propagate";

    private final Door door;
    private final Press press;
    private final GatewayRules rules;

    PropagationCounter(Door door, Press press, GatewayRules rules) {
        this.door = door;
        this.press = press;
        this.rules = rules;
    }

    @Override
    public Outcome<Handover> serve(Dossier dossier) {
        dossier.enter(Room.DOOR);
        return door.caller(dossier, Set.of(Scope.LABELS))
                .then(caller -> Door.body(dossier, rules.maxUpload())
                        .then(body -> Upload.of(dossier, body))
                        .then(upload -> decided(dossier, caller, upload)));
    }

    private Outcome<Handover> decided(Dossier dossier, Caller caller, Upload upload) {
        Optional<String> code =
                said(dossier, upload, "propagator").or(caller::producer).or(rules::producer);
        String declared = said(dossier, upload, "declared").orElse(Declared.UNSAID.word());
        Optional<Declared> declaration = Declared.ofWord(declared);
        if (code.isEmpty()) {
            return Outcome.not(Refusals.noProducer());
        }
        if (declaration.isEmpty()) {
            return wrong(dossier, "declared", "yes, no, unsaid");
        }
        String number = said(dossier, upload, "propagate_id").orElse(dossier.content);
        if (!fits(code.get())) {
            return wrong(dossier, "propagator", "GB 45438-2025 Annex E j)");
        }
        if (!fits(number)) {
            return wrong(dossier, "propagate_id", "GB 45438-2025 Annex E j)");
        }
        Propagator propagator = new Propagator(code.get());
        return press.read(upload.name(), upload.bytes()).then(reading -> {
            Decision decision = propagator.decide(reading, declaration.get());
            Elements elements = propagator.elements(decision, number);
            return asksForJson(dossier)
                    ? Outcome.done(told(caller, upload, reading, decision, elements))
                    : given(upload, reading, decision, elements);
        });
    }

    private static Optional<String> said(Dossier dossier, Upload upload, String name) {
        return Optional.ofNullable(upload.fields().get(name))
                .or(() -> dossier.request.query(name))
                .filter(value -> !value.isEmpty());
    }

    private static boolean fits(String value) {
        return !value.isEmpty()
                && value.length() <= AigcLabel.MAX_LENGTH
                && value.chars().allMatch(c -> AigcLabel.allowed((char) c));
    }

    private static boolean asksForJson(Dossier dossier) {
        return dossier.request
                .header("Accept")
                .map(accept -> accept.strip().startsWith("application/json"))
                .orElse(false);
    }

    private static Handover told(Caller caller, Upload upload, Reading reading, Decision decision, Elements elements) {
        Lang lang = switch (caller.lang()) {
            case ZH -> Lang.ZH;
            case EN -> Lang.EN;
        };
        Map<String, String> head = new LinkedHashMap<>();
        head.put("file", upload.name());
        head.put("format", reading.format().word());
        String json = switch (elements) {
            case Elements.Write(var label) ->
                DecisionJson.of(head, decision, Optional.of(label), Optional.empty(), lang);
            case Elements.Nothing() -> DecisionJson.of(head, decision, Optional.empty(), Optional.empty(), lang);
            case Elements.Hindered(var why) ->
                DecisionJson.of(head, decision, Optional.empty(), Optional.of(why), lang);
        };
        return Handover.json(json.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome<Handover> given(Upload upload, Reading reading, Decision decision, Elements elements) {
        return switch (elements) {
            case Elements.Write(var label) ->
                press.spread(
                                upload.name(),
                                upload.bytes(),
                                Order.implicitOnly(label).with(Origin.none()))
                        .then(pressed -> Outcome.done(handover(
                                upload,
                                pressed.bytes(),
                                pressed.format().mediaType(),
                                pressed.place(),
                                decision,
                                pressed.marks())));
            case Elements.Nothing() ->
                Outcome.done(handover(upload, upload.bytes(), reading.format().mediaType(), "", decision, List.of()));
            case Elements.Hindered(var why) ->
                Outcome.not(new Refused(
                        Code.LABEL_IMPOSSIBLE,
                        why.clause(),
                        new Words(why.message(Lang.ZH), why.message(Lang.EN)),
                        new Words(why.remedy(Lang.ZH), why.remedy(Lang.EN))));
        };
    }

    private static Handover handover(
            Upload upload, byte[] file, String type, String place, Decision decision, List<Mark> marks) {
        String level = decision.level().map(Level::word).orElse("none");
        String reasons = decision.reasons().stream()
                .map(Reason::ground)
                .map(Enum::name)
                .distinct()
                .collect(Collectors.joining(","));
        return new Handover(
                Optional.of("propagated"),
                type,
                entry -> file,
                Map.of(
                        "X-Cinnabar-Level",
                        level,
                        "X-Cinnabar-Clause",
                        decision.branch().clause(),
                        "X-Cinnabar-Reasons",
                        reasons),
                Map.of("received", upload.bytes(), "answer", file),
                Map.of("level", level, "clause", decision.branch().clause(), "reasons", reasons, "place", place),
                marks);
    }

    private static Outcome<Handover> wrong(Dossier dossier, String param, String allowed) {
        dossier.param = param;
        return Outcome.not(Refusals.form(
                new Words("参数 " + param + " 的取值不对。", param + " has a value that is not taken."),
                new Words("可用：" + allowed + "。", "Use: " + allowed + "."),
                ""));
    }
}
