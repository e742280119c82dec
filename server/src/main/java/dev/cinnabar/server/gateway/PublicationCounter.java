package dev.cinnabar.server.gateway;

import dev.cinnabar.label.Verdict;
import dev.cinnabar.review.Library;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.content.Contents.Part;
import dev.cinnabar.server.features.Live;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.gateway.surface.Said;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.people.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/publications}: the gated act of Article 9. Nothing is published for a user whose real identity is not authenticated; what is published is reviewed with
 * the features of today, and its labels must still be on it.
 */
@Article({"9", "10", "18"})
final class PublicationCounter implements Counter {
    static final String PATH = "/v1/publications";
    /** The name of the act in measures that limit a function. */
    static final String FUNCTION = "publish";

    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}");
    private static final int LONGEST_BODY = 16 << 10;

    private final Door door;
    private final Who who;
    private final May may;
    private final Contents contents;
    private final Live live;
    private final Reviewer reviewer;
    private final Press press;

    PublicationCounter(Door door, Who who, May may, Contents contents, Live live, Reviewer reviewer, Press press) {
        this.door = door;
        this.who = who;
        this.may = may;
        this.contents = contents;
        this.live = live;
        this.reviewer = reviewer;
        this.press = press;
    }

    private record Wanted(String content, String user, String channel) {}

    @Override
    public Outcome<Handover> serve(Dossier dossier) {
        dossier.enter(Room.DOOR);
        return door.caller(dossier, Set.of(Scope.PUBLISH))
                .then(caller -> wanted(dossier)
                        .then(wanted -> admitted(dossier, caller, wanted)
                                .then(standing -> KeptContent.of(contents, caller, wanted.content()))
                                .then(PublicationCounter::released)
                                .then(this::labelled)
                                .then(content -> reviewed(dossier, content))
                                .then(content -> Outcome.done(published(dossier, wanted)))));
    }

    private Outcome<Wanted> wanted(Dossier dossier) {
        return Door.body(dossier, LONGEST_BODY).then(body -> {
            Optional<ObjectNode> json = Json.objectOf(body, 0, body.length);
            if (json.isEmpty()
                    || !Set.of("content", "user", "channel")
                            .containsAll(json.get().propertyNames())) {
                return form(dossier, "");
            }
            String content = json.get().path("content").asString("");
            String user = json.get().path("user").asString("");
            String channel = json.get().path("channel").asString("");
            if (!KeptContent.isId(content)) {
                return form(dossier, "content");
            }
            return CHANNEL.matcher(channel).matches()
                    ? Outcome.done(new Wanted(content, user, channel))
                    : form(dossier, "channel");
        });
    }

    private static Outcome<Wanted> form(Dossier dossier, String param) {
        dossier.param = param;
        return Outcome.not(Refusals.form(
                new Words("请求体应为 {content, user, channel}。", "The body is {content, user, channel}."),
                new Words(
                        "content 为内容编号，channel 为不超过 64 个字母、数字或 _.:/- 的名称。",
                        "content is a content id, channel a name of at most 64 letters, digits or _.:/-."),
                ""));
    }

    private Outcome<Standing> admitted(Dossier dossier, Caller caller, Wanted wanted) {
        Set<String> named = wanted.user().isBlank() ? Set.of() : Set.of(wanted.user());
        return who.named(dossier, caller, named)
                .then(user -> who.standing(dossier, caller, user, true))
                .then(standing -> may.limited(FUNCTION, standing)
                        .<Outcome<Standing>>map(Outcome::not)
                        .orElseGet(() -> Outcome.done(standing)));
    }

    private static Outcome<KeptContent> released(KeptContent content) {
        return switch (content.outcome()) {
            case "complete", "client_left" -> Outcome.done(content);
            case "held" -> Outcome.not(Refusals.held(content.id()));
            default -> Outcome.not(Refusals.noContent());
        };
    }

    /** Whether the labels are still on what was kept: the files say it themselves; of text, the implicit label stands beside it. */
    private Outcome<KeptContent> labelled(KeptContent content) {
        try {
            for (int i = 0; i < content.media(); i++) {
                Optional<Refused> no = unlabelled(contents.get(content.id(), "media/" + i));
                if (no.isPresent()) {
                    return Outcome.not(no.get());
                }
            }
        } catch (IOException e) {
            return Outcome.not(Refusals.notReady());
        }
        Optional<ObjectNode> json = content.answerJson();
        Optional<Refused> no = json.isPresent()
                ? Optional.of(Refusals.readBackFailed())
                        .filter(refused -> !json.get().hasNonNull("aigc"))
                : unlabelled(content.answer());
        return no.<Outcome<KeptContent>>map(Outcome::not).orElseGet(() -> Outcome.done(content));
    }

    private Optional<Refused> unlabelled(Optional<Part> part) {
        if (part.isEmpty()) {
            return Optional.of(Refusals.noContent());
        }
        return switch (press.read("media", part.get().bytes())) {
            case Outcome.Done<dev.cinnabar.label.Reading>(var reading) ->
                reading.verdict() instanceof Verdict.Compliant
                        ? Optional.empty()
                        : Optional.of(Refusals.readBackFailed());
            case Outcome.Not<dev.cinnabar.label.Reading>(Refused refused) -> Optional.of(refused);
        };
    }

    private Outcome<KeptContent> reviewed(Dossier dossier, KeptContent content) {
        dossier.enter(Room.ANSWERED);
        Optional<Library> library = live.current();
        if (library.isEmpty()) {
            return Outcome.not(Refusals.notReady());
        }
        dossier.library = Optional.of(library.get().version());
        List<Said> said = new ArrayList<>();
        content.answerJson().ifPresent(json -> gather("answer", json, said));
        Judged judged = said.isEmpty() ? Judged.UNJUDGED : reviewer.judge(library.get(), said);
        dossier.answered = Optional.of(judged);
        if (!judged.stops()) {
            return Outcome.done(content);
        }
        return Outcome.not(judged.holds() ? Refusals.held(content.id()) : Refusals.blockedAnswer(judged.risk()));
    }

    /** Every string of an answer but the files in it. */
    private static void gather(String where, JsonNode node, List<Said> into) {
        if (node.isString()) {
            into.add(new Said(where, node.stringValue()));
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (!Set.of("b64_json", "url", "aigc", "id", "model").contains(each.getKey())) {
                gather(where + '.' + each.getKey(), each.getValue(), into);
            }
        }
        if (node.isArray()) {
            node.forEach(each -> gather(where, each, into));
        }
    }

    private static Handover published(Dossier dossier, Wanted wanted) {
        ObjectNode out = Json.newObject().put("id", dossier.content).put("object", "publication");
        out.put("content", wanted.content()).put("user", wanted.user()).put("channel", wanted.channel());
        out.put("state", "approved").put("at", dossier.at.toString());
        return new Handover(
                Optional.of("published"),
                "application/json",
                entry -> Json.bytes(entry.isPresent() ? out.put("entry", entry.getAsLong()) : out),
                Map.of(),
                Map.of(),
                Map.of("of", wanted.content(), "channel", wanted.channel()));
    }
}
