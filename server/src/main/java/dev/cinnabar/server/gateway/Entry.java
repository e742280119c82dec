package dev.cinnabar.server.gateway;

import dev.cinnabar.review.Hit;
import dev.cinnabar.server.gateway.surface.Ask;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.gateway.surface.TextLabel;
import dev.cinnabar.server.law.Refused;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the entries of the traffic log, as docs/design/traffic-entries.md describes them: who, what (by commitment), by which rules, with what verdict and outcome. Never content. */
final class Entry {
    private static final int MOST_HITS = 32;

    private final GatewayRules rules;

    Entry(GatewayRules rules) {
        this.rules = rules;
    }

    /** An entry of this kind with all that the dossier knows. */
    ObjectNode of(String kind, Dossier dossier, Instant now) {
        ObjectNode entry = begin(kind, now).put("content", dossier.content);
        entry.put("begun", dossier.at.toString()).put("trace", dossier.trace).put("surface", dossier.surface);
        dossier.caller.ifPresent(caller -> entry.put("app", caller.appId()).put("key", caller.keyId()));
        dossier.standing.ifPresent(standing -> entry.put("who", standing.pseudonym()));
        dossier.ask.ifPresent(ask -> asked(ask, entry));
        dossier.asked.ifPresent(judged -> entry.set("asked", judged(judged)));
        dossier.answered.ifPresent(judged -> entry.set("answered", judged(judged)));
        dossier.upstream.ifPresent(name -> entry.put("upstream", name));
        dossier.usage.ifPresent(usage -> entry.set("usage", usage));
        ObjectNode versions = entry.putObject("versions");
        versions.put("software", rules.software())
                .put("label", TextLabel.VERSION)
                .put("functions", rules.functionTable());
        dossier.library.ifPresent(library -> versions.put("library", library));
        took(dossier, entry);
        return entry;
    }

    /** The bare beginning of an entry. */
    static ObjectNode begin(String kind, Instant now) {
        return Json.newObject().put("v", 1).put("kind", kind).put("at", now.toString());
    }

    /** Adds why it was refused. */
    static void refused(ObjectNode entry, Refused refused) {
        ObjectNode no = entry.putObject("refused");
        no.put("code", refused.code().word()).put("article", refused.article());
    }

    /** Adds the commitment to a part and its length. */
    static void committed(ObjectNode entry, String part, Salted salted) {
        entry.putObject(part).put("commitment", salted.commitment()).put("bytes", salted.length());
    }

    private static void asked(Ask ask, ObjectNode entry) {
        entry.put("function", ask.surface().function()).put("model", ask.model());
        if (ask.streamed()) {
            entry.put("stream", true);
        }
    }

    private static ObjectNode judged(Judged judged) {
        ObjectNode out = Json.newObject().put("verdict", judged.word());
        List<Hit> hits = judged.hits();
        if (!hits.isEmpty()) {
            out.put("hits", hits.size());
            ArrayNode features = out.putArray("features");
            hits.stream()
                    .map(Hit::feature)
                    .distinct()
                    .limit(MOST_HITS)
                    .forEach(feature -> features.addObject()
                            .put("id", feature.id())
                            .put("version", feature.version())
                            .put("risk", feature.risk().code())
                            .put("action", feature.action().word()));
        }
        return out;
    }

    private static void took(Dossier dossier, ObjectNode entry) {
        ObjectNode took = entry.putObject("micros");
        List<Dossier.Stay> stays = dossier.stays();
        for (int i = 0; i + 1 < stays.size(); i++) {
            took.put(
                    stays.get(i).room().word(),
                    (stays.get(i + 1).nanos() - stays.get(i).nanos()) / 1000);
        }
    }
}
