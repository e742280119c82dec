package dev.cinnabar.server.gateway;

import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.gateway.upstream.Upstreams;
import dev.cinnabar.server.law.Outcome;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/models} and {@code /v1/models/NAME}: what can be asked for. */
final class ModelsCounter implements Counter {
    static final String PATH = "/v1/models";

    private final Door door;
    private final Upstreams upstreams;

    ModelsCounter(Door door, Upstreams upstreams) {
        this.door = door;
        this.upstreams = upstreams;
    }

    @Override
    public Outcome<Handover> serve(Dossier dossier) {
        dossier.enter(Room.DOOR);
        return door.caller(dossier, Set.of(Scope.GENERATE, Scope.READ)).then(caller -> listed(dossier));
    }

    private Outcome<Handover> listed(Dossier dossier) {
        String path = dossier.request.path();
        if (path.equals(PATH)) {
            ObjectNode list = Json.newObject().put("object", "list");
            ArrayNode data = list.putArray("data");
            upstreams.models().forEach(name -> data.add(model(name)));
            return Outcome.done(Handover.json(Json.bytes(list)));
        }
        String name = path.substring(PATH.length() + 1);
        return upstreams.offers(name)
                ? Outcome.done(Handover.json(Json.bytes(model(name))))
                : Outcome.not(Refusals.noModel());
    }

    private static ObjectNode model(String name) {
        return Json.newObject()
                .put("id", name)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "cinnabar");
    }
}
