package dev.cinnabar.server.gateway;

import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.content.Contents.Part;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v1/contents/ID} and {@code /v1/contents/ID/media/N}: what was made before, for the application that asked for it, and for anyone who holds a public
 * address of a file. What is given to a key is recorded again; a public address was recorded when it was given out.
 */
@Article("16")
final class ContentCounter implements Counter {
    static final String PATH = "/v1/contents/";
    private static final Pattern MEDIA = Pattern.compile("([0-9A-HJKMNP-TV-Z]{26})/media/(answer|\\d{1,3})");

    private final Door door;
    private final Contents contents;
    private final PublicAddress addresses;

    ContentCounter(Door door, Contents contents, PublicAddress addresses) {
        this.door = door;
        this.contents = contents;
        this.addresses = addresses;
    }

    @Override
    public Outcome<Handover> serve(Dossier dossier) {
        dossier.enter(Room.DOOR);
        String rest = dossier.request.path().substring(PATH.length());
        Matcher media = MEDIA.matcher(rest);
        if (!media.matches()) {
            return mine(dossier, rest).then(content -> Outcome.done(shown(dossier, content)));
        }
        String part = media.group(2).equals("answer") ? "answer" : "media/" + media.group(2);
        if (sealed(dossier, media)) {
            return file(media.group(1), part, Optional.empty());
        }
        return mine(dossier, media.group(1))
                .then(content -> content.released()
                        ? file(content.id(), part, Optional.of("fetched"))
                        : Outcome.not(Refusals.noContent()));
    }

    private boolean sealed(Dossier dossier, Matcher media) {
        Optional<String> seal = dossier.request.query("sig");
        Optional<String> expires = dossier.request.query("expires");
        return seal.isPresent()
                && expires.isPresent()
                && !media.group(2).equals("answer")
                && addresses.holds(media.group(1), Integer.parseInt(media.group(2)), expires.get(), seal.get());
    }

    private Outcome<KeptContent> mine(Dossier dossier, String id) {
        return door.caller(dossier, Set.of(Scope.READ, Scope.GENERATE))
                .then(caller -> KeptContent.of(contents, caller, id));
    }

    private Outcome<Handover> file(String id, String part, Optional<String> kind) {
        try {
            Optional<Part> file = contents.get(id, part);
            if (file.isEmpty()) {
                return Outcome.not(Refusals.noContent());
            }
            return Outcome.done(new Handover(
                    kind,
                    file.get().mediaType(),
                    entry -> file.get().bytes(),
                    Map.of("Content-Disposition", "inline"),
                    Map.of(),
                    Map.of("of", id, "part", part)));
        } catch (IOException e) {
            return Outcome.not(Refusals.notReady());
        }
    }

    private static Handover shown(Dossier dossier, KeptContent content) {
        ObjectNode out = Json.newObject()
                .put("id", content.id())
                .put("object", "content")
                .put("state", content.state());
        out.put("surface", content.surface())
                .put("created", content.about().path("at").asString(""));
        boolean given = content.released() && content.answer().isPresent();
        if (!given) {
            out.putNull("answer");
            return Handover.json(Json.bytes(out));
        }
        String base = dossier.request.origin() + PATH + content.id() + "/media/";
        ArrayNode media = out.putArray("media");
        for (int i = 0; i < content.media(); i++) {
            media.add(base + i);
        }
        content.answerJson()
                .ifPresentOrElse(
                        json -> out.set("answer", json),
                        () -> out.putObject("answer")
                                .put(
                                        "media_type",
                                        content.answer().orElseThrow().mediaType())
                                .put("url", base + "answer"));
        return new Handover(
                Optional.of("fetched"),
                "application/json",
                entry -> Json.bytes(out),
                Map.of(),
                Map.of(),
                Map.of("of", content.id(), "part", "answer"));
    }
}
