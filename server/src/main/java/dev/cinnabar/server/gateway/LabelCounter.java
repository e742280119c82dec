package dev.cinnabar.server.gateway;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Explicit;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.ReadingJson;
import dev.cinnabar.label.ServiceKind;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.tampering.Examiner;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code POST /v1/labels} and {@code /v1/labels/verify}: labels on a file of the caller's own, made elsewhere (Article 17, second paragraph). */
@Article({"17", "18"})
final class LabelCounter {
    private final Door door;
    private final Press press;
    private final Examiner examiner;
    private final GatewayRules rules;

    LabelCounter(Door door, Press press, Examiner examiner, GatewayRules rules) {
        this.door = door;
        this.press = press;
        this.examiner = examiner;
        this.rules = rules;
    }

    /** Gives the file back with its labels on. */
    Outcome<Handover> label(Dossier dossier) {
        dossier.enter(Room.DOOR);
        return door.caller(dossier, Set.of(Scope.LABELS))
                .then(caller -> upload(dossier).then(upload -> labelled(dossier, caller, upload)));
    }

    /** Says what labels a file carries. */
    Outcome<Handover> verify(Dossier dossier) {
        dossier.enter(Room.DOOR);
        return door.caller(dossier, Set.of(Scope.LABELS, Scope.READ))
                .then(caller -> upload(dossier)
                        .then(upload -> press.read(upload.name(), upload.bytes())
                                .then(reading -> Outcome.done(Handover.json(
                                        judged(caller, upload, reading).getBytes(StandardCharsets.UTF_8))))));
    }

    /** The reading, and what became of the label where the file is ours or says it is (Article 18). */
    private String judged(Caller caller, Upload upload, Reading reading) {
        String json = ReadingJson.of(upload.name(), reading, lang(caller));
        Examiner.Examined examined = examiner.examine(new Examiner.Sighting(
                Examiner.Source.API, Actor.app(caller.appId()), upload.name(), upload.bytes(), reading));
        if (examined.outcome().isEmpty()) {
            return json;
        }
        String word = examined.outcome().get().name().toLowerCase(Locale.ROOT);
        String opened = examined.caseId().map(id -> ",\"case\":\"" + id + "\"").orElse("");
        return json.substring(0, json.length() - 1) + ",\"tamper\":{\"outcome\":\"" + word + "\"" + opened + "}}";
    }

    private Outcome<Upload> upload(Dossier dossier) {
        return Door.body(dossier, rules.maxUpload()).then(body -> Upload.of(dossier, body));
    }

    private Outcome<Handover> labelled(Dossier dossier, Caller caller, Upload upload) {
        if (rules.producer().isEmpty()) {
            return Outcome.not(Refusals.noProducer());
        }
        return order(dossier, caller, upload)
                .then(order -> press.press(
                        upload.name(), upload.bytes(), order, EnumSet.allOf(Format.class), Code.LABEL_IMPOSSIBLE))
                .then(pressed -> Outcome.done(new Handover(
                        Optional.of("labelled"),
                        pressed.format().mediaType(),
                        entry -> pressed.bytes(),
                        Map.of(),
                        Map.of("received", upload.bytes(), "answer", pressed.bytes()),
                        Map.of("format", pressed.format().word(), "place", pressed.place()),
                        pressed.marks())));
    }

    private Outcome<Order> order(Dossier dossier, Caller caller, Upload upload) {
        Function<String, String> said =
                name -> Optional.ofNullable(upload.fields().get(name))
                        .or(() -> dossier.request.query(name))
                        .orElse("");
        Optional<Level> level =
                said.apply("level").isEmpty() ? Optional.of(Level.IS) : Level.ofWord(said.apply("level"));
        Optional<ServiceKind> service = said.apply("service").isEmpty()
                ? Optional.of(ServiceKind.OTHER)
                : ServiceKind.ofWord(said.apply("service"));
        if (level.isEmpty()) {
            return wrong(dossier, "level", "is, may, suspected");
        }
        if (service.isEmpty()) {
            return wrong(dossier, "service", "dialogue, writing, voice, face, scene, other");
        }
        String id = said.apply("id").isEmpty() ? dossier.content : said.apply("id");
        try {
            AigcLabel label = AigcLabel.first(level.get(), rules.producer().orElseThrow(), id);
            Lang lang = said.apply("lang").isEmpty()
                    ? lang(caller)
                    : said.apply("lang").equals("en") ? Lang.EN : Lang.ZH;
            return Outcome.done(Order.of(label).with(lang).with(service.get()).with(explicit(said.apply("explicit"))));
        } catch (IllegalArgumentException e) {
            return wrong(dossier, "id", "GB 45438-2025 Annex E j)");
        }
    }

    private static Explicit explicit(String said) {
        return switch (said) {
            case "", "auto" -> Explicit.auto();
            case "none" -> Explicit.none();
            default -> new Explicit.Text(said);
        };
    }

    private static Outcome<Order> wrong(Dossier dossier, String param, String allowed) {
        dossier.param = param;
        return Outcome.not(Refusals.form(
                new Words("参数 " + param + " 的取值不对。", param + " has a value that is not taken."),
                new Words("可用：" + allowed + "。", "Use: " + allowed + "."),
                ""));
    }

    private static Lang lang(Caller caller) {
        return switch (caller.lang()) {
            case ZH -> Lang.ZH;
            case EN -> Lang.EN;
        };
    }
}
