package dev.cinnabar.server.gateway;

import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.gateway.Marking.Marked;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.logs.Traffic;
import dev.cinnabar.server.logs.Traffic.NotRecorded;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Room 8, the only one that holds the client's output. What is released or refused is kept first: content durable, then the entry durable, then the first byte. Where
 * that cannot be done nothing leaves but {@code not_recorded}.
 */
@Article({"10", "16"})
final class Kept {
    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);

    private final Contents contents;
    private final Traffic traffic;
    private final Tally tally;
    private final Entry entries;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Figures figures;
    private final Drains drains;

    Kept(
            Contents contents,
            Traffic traffic,
            Tally tally,
            Entry entries,
            SecureRandom random,
            InstantSource clock,
            Figures figures,
            Drains drains) {
        this.contents = contents;
        this.traffic = traffic;
        this.tally = tally;
        this.entries = entries;
        this.random = random;
        this.clock = clock;
        this.figures = figures;
        this.drains = drains;
    }

    /** What became of a request: it is over when this exists. */
    static final class Released {
        private final String outcome;

        private Released(String outcome) {
            this.outcome = outcome;
        }

        /** {@code complete}, {@code blocked}, {@code held}, {@code client_left}, {@code upstream_failed}, or the code of a refusal. */
        String outcome() {
            return outcome;
        }
    }

    Released release(Outcome<Marked> marked, Dossier dossier, ReplyTo client) {
        dossier.enter(Room.KEPT);
        String outcome = switch (marked) {
            case Outcome.Not<Marked>(Refused refused) -> refuse(refused, dossier, client);
            case Outcome.Done<Marked>(Marked done) ->
                switch (done.work()) {
                    case Marking.Whole whole -> whole(whole, dossier, client);
                    case Marking.Streaming(MarkedStream stream, Marking.Labelled labels) ->
                        new StreamRelease(this, stream, labels, dossier, client).run();
                };
        };
        figures.over(dossier, outcome);
        return new Released(outcome);
    }

    /** Gives out or refuses what the interfaces beside the Journey hand over. */
    Released hand(Outcome<Handover> handover, Dossier dossier, ReplyTo client) {
        dossier.enter(Room.KEPT);
        String outcome = switch (handover) {
            case Outcome.Not<Handover>(Refused refused) -> refuse(refused, dossier, client);
            case Outcome.Done<Handover>(Handover done) -> handed(done, dossier, client);
        };
        figures.over(dossier, outcome);
        return new Released(outcome);
    }

    private String whole(Marking.Whole whole, Dossier dossier, ReplyTo client) {
        Salts salts = new Salts(random);
        ObjectNode entry = entry("whole", dossier);
        Entry.committed(entry, "prompt", salts.commit("prompt", dossier.body));
        Entry.committed(entry, "answer", salts.commit("answer", whole.body()));
        Shelf shelf = shelf(dossier).json("prompt", dossier.body).put("answer", whole.mediaType(), whole.body());
        for (int i = 0; i < whole.media().size(); i++) {
            String part = "media/" + i;
            Marking.Medium medium = whole.media().get(i);
            Entry.committed(entry, part, salts.commit(part, medium.bytes()));
            shelf.put(part, medium.mediaType(), medium.bytes());
        }
        shelf.marks(whole.marks());
        labels(entry, whole.labels());
        entry.put("outcome", "complete");
        OptionalLong index =
                record(shelf.about(dossier, salts, "complete", whole.media().size()), entry);
        if (index.isEmpty()) {
            return refuse(Refusals.notRecorded(), dossier, client);
        }
        return send(whole.body(), 200, whole.mediaType(), Map.of(), index, dossier, client);
    }

    private String handed(Handover handover, Dossier dossier, ReplyTo client) {
        OptionalLong index = OptionalLong.empty();
        if (handover.kind().isPresent()) {
            ObjectNode entry = entry(handover.kind().get(), dossier);
            Salts salts = new Salts(random);
            handover.committed().forEach((part, bytes) -> Entry.committed(entry, part, salts.commit(part, bytes)));
            handover.facts().forEach(entry::put);
            entry.put("outcome", "complete");
            index = handover.committed().isEmpty()
                    ? append(entry)
                    : record(shelf(dossier).marks(handover.marks()).about(dossier, salts, "complete", 0), entry);
            if (index.isEmpty()) {
                return refuse(Refusals.notRecorded(), dossier, client);
            }
        }
        return send(handover.body().of(index), 200, handover.mediaType(), handover.headers(), index, dossier, client);
    }

    /** Records a refusal and says it. */
    String refuse(Refused refused, Dossier dossier, ReplyTo client) {
        Refused said = refused;
        OptionalLong index;
        if (dossier.caller.isEmpty() || dossier.tallied.isPresent()) {
            String reason = dossier.tallied.orElse(refused.code().word());
            index = tally.note(
                    reason, dossier.caller.map(caller -> caller.keyId()).orElse(""));
            index = dossier.caller.isEmpty() ? OptionalLong.empty() : index;
        } else {
            index = refusal(refused, dossier);
            if (index.isEmpty()) {
                said = Refusals.notRecorded();
            }
        }
        say(said, dossier, client, index);
        return said.code().word();
    }

    /** Says a refusal that is recorded. */
    void say(Refused said, Dossier dossier, ReplyTo client, OptionalLong index) {
        byte[] body = ErrorBody.of(said, dossier, index);
        Map<String, String> headers = new java.util.LinkedHashMap<>();
        if (!said.code().mayRetry()) {
            headers.put("x-should-retry", "false");
        }
        said.again(clock.instant()).ifPresent(seconds -> headers.put("Retry-After", Long.toString(seconds)));
        send(body, said.code().status(), "application/json", headers, index, dossier, client);
    }

    private OptionalLong refusal(Refused refused, Dossier dossier) {
        ObjectNode entry = entry("refused", dossier);
        Entry.refused(entry, refused);
        entry.put("outcome", outcome(refused));
        Shelf shelf = shelf(dossier);
        // Of those who were not admitted nothing is kept but that they were refused.
        if (dossier.standing.isPresent() && dossier.body.length > 0) {
            Salts salts = new Salts(random);
            Entry.committed(entry, "prompt", salts.commit("prompt", dossier.body));
            shelf.json("prompt", dossier.body);
            dossier.withheld.ifPresent(made -> {
                Entry.committed(entry, "withheld", salts.commit("withheld", made));
                shelf.json("withheld", made);
            });
            return record(shelf.about(dossier, salts, outcome(refused), 0), entry);
        }
        return append(entry);
    }

    private static String outcome(Refused refused) {
        return switch (refused.code()) {
            case CONTENT_BLOCKED -> "blocked";
            case HELD_FOR_REVIEW -> "held";
            case UPSTREAM_FAILED -> "upstream_failed";
            default -> "refused";
        };
    }

    /** Keeps the content, then the entry; empty where either could not be made durable. */
    OptionalLong record(Shelf shelf, ObjectNode entry) {
        try {
            shelf.keep();
        } catch (IOException e) {
            LOG.error("content could not be kept: {}", e.getMessage());
            return OptionalLong.empty();
        }
        return append(entry);
    }

    /** Appends the entry; empty where it could not be made durable. */
    OptionalLong append(ObjectNode entry) {
        try {
            return OptionalLong.of(traffic.append(Json.bytes(entry)));
        } catch (NotRecorded e) {
            LOG.error(
                    "entry could not be recorded: kind={} {}",
                    entry.path("kind").asString(""),
                    e.getMessage());
            return OptionalLong.empty();
        }
    }

    private String send(
            byte[] body,
            int status,
            String mediaType,
            Map<String, String> more,
            OptionalLong index,
            Dossier dossier,
            ReplyTo client) {
        Map<String, String> headers = headers(dossier, index);
        headers.put("Content-Type", mediaType);
        headers.put("Content-Length", Integer.toString(body.length));
        headers.putAll(more);
        try {
            client.head(status, headers);
            client.send(body, 0, body.length);
            return "complete";
        } catch (ReplyTo.ClientLeft e) {
            if (status == 200 && index.isPresent()) {
                append(entry("left", dossier).put("outcome", "client_left"));
            }
            return "client_left";
        }
    }

    /** The headers that every answer carries. */
    Map<String, String> headers(Dossier dossier, OptionalLong index) {
        Map<String, String> headers = new java.util.LinkedHashMap<>();
        headers.put("X-Request-Id", dossier.trace);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cache-Control", "no-store");
        if (dossier.caller.isPresent()) {
            headers.put("X-Cinnabar-Content", dossier.content);
        }
        if (index.isPresent()) {
            headers.put("X-Cinnabar-Entry", Long.toString(index.getAsLong()));
        }
        return headers;
    }

    static void labels(ObjectNode entry, Marking.Labelled labels) {
        entry.putObject("labels").put("explicit", labels.explicit()).put("implicit", labels.implicit());
    }

    ObjectNode entry(String kind, Dossier dossier) {
        return entries.of(kind, dossier, clock.instant());
    }

    Shelf shelf(Dossier dossier) {
        return new Shelf(contents, dossier.content);
    }

    Salts salts() {
        return new Salts(random);
    }

    Drains drains() {
        return drains;
    }

    Figures figures() {
        return figures;
    }
}
