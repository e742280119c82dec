package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.gateway.surface.Said;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was made and may not leave, kept for whoever reviews it: {@code {"texts":[{"where","text"}]}}. */
final class Withheld {
    private Withheld() {}

    static byte[] json(List<Said> said) {
        ObjectNode all = Json.newObject();
        ArrayNode texts = all.putArray("texts");
        said.forEach(each -> texts.addObject().put("where", each.where()).put("text", each.text()));
        return Json.bytes(all);
    }
}
