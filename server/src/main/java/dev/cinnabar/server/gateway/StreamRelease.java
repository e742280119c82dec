package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.surface.Utf8;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Releases one stream: {@code opened} is durable before the status line, {@code closed} before {@code [DONE]}. Pulls window after window through rooms 5 to 7 and hands
 * each over as it comes.
 */
final class StreamRelease {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRelease.class);
    private static final byte[] ERROR = "event: error\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BREAK = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Kept kept;
    private final MarkedStream stream;
    private final Marking.Labelled labels;
    private final Dossier dossier;
    private final ReplyTo client;
    private final Salts salts;
    private final Salts.Running sent;
    private OptionalLong opened = OptionalLong.empty();
    private boolean anySent;

    StreamRelease(Kept kept, MarkedStream stream, Marking.Labelled labels, Dossier dossier, ReplyTo client) {
        this.kept = kept;
        this.stream = stream;
        this.labels = labels;
        this.dossier = dossier;
        this.client = client;
        this.salts = kept.salts();
        this.sent = salts.running("sent");
    }

    /** Releases it all; gives the outcome. */
    String run() {
        kept.figures().streamBegins();
        boolean draining = false;
        try {
            if (!open()) {
                return kept.refuse(Refusals.notRecorded(), dossier, client);
            }
            return pull();
        } catch (ReplyTo.ClientLeft e) {
            draining = true;
            kept.drains().drain(stream.cleared().stream(), this::left);
            return "client_left";
        } catch (RuntimeException e) {
            LOG.error("a stream broke: trace={}", dossier.trace, e);
            return broken();
        } finally {
            if (!draining) {
                stream.cleared().stream().close();
            }
            kept.figures().streamEnds();
        }
    }

    private boolean open() {
        ObjectNode entry = kept.entry("opened", dossier);
        Entry.committed(entry, "prompt", salts.commit("prompt", dossier.body));
        Kept.labels(entry, labels);
        // The salts of what is yet to come are kept now: the closing entry's commitments can then be opened after any
        // crash.
        salts.salt("answer");
        salts.salt("withheld");
        Shelf shelf = kept.shelf(dossier).json("prompt", dossier.body).about(dossier, salts, "open", 0);
        opened = kept.record(shelf, entry);
        return opened.isPresent();
    }

    private String pull() throws ReplyTo.ClientLeft {
        while (true) {
            MarkedStream.Window window;
            try {
                window = stream.next();
            } catch (UpstreamFailed e) {
                return ended(new Stop(Made.failed(dossier, e), "upstream_failed"));
            }
            if (window.stop()
                    .filter(stop -> stop.refused().code() == Code.LABEL_FAILED)
                    .isEmpty()) {
                hand(stream.bytes());
            }
            if (window.stop().isPresent()) {
                return ended(window.stop().get());
            }
            if (window.end()) {
                return complete();
            }
        }
    }

    private String complete() throws ReplyTo.ClientLeft {
        if (!close("complete", Optional.empty())) {
            tell(Refusals.notRecorded());
            return Refusals.notRecorded().code().word();
        }
        stream.end();
        head();
        client.send(stream.bytes().bytes(), 0, stream.bytes().length());
        return "complete";
    }

    /** The stream ends before its answers do: recorded first, then said. */
    private String ended(Stop stop) throws ReplyTo.ClientLeft {
        boolean closed = close(stop.outcome(), Optional.of(stop.refused()));
        Refused said = closed ? stop.refused() : Refusals.notRecorded();
        boolean content = stop.outcome().equals("blocked") || stop.outcome().equals("held");
        if (client.begun() || (content && said.code() != Code.LABEL_FAILED)) {
            tell(said);
        } else {
            kept.say(said, dossier, client, opened);
        }
        return closed ? stop.outcome() : said.code().word();
    }

    private String broken() {
        boolean closed = close("interrupted", Optional.empty());
        try {
            tell(closed ? Refusals.broken() : Refusals.notRecorded());
        } catch (ReplyTo.ClientLeft e) {
            return "client_left";
        }
        return "interrupted";
    }

    /** The client left and the upstream was drained: the closing entry, with the usage. */
    private void left() {
        try {
            dossier.usage = stream.cleared().stream().usage();
            close("client_left", Optional.empty());
            kept.figures().usage(dossier);
        } finally {
            stream.cleared().stream().close();
        }
    }

    /** Makes the closing durable: what was handed over, then the entry. */
    private boolean close(String outcome, Optional<Refused> refused) {
        ObjectNode entry =
                kept.entry("closed", dossier).put("opened", opened.orElse(-1)).put("outcome", outcome);
        refused.ifPresent(no -> Entry.refused(entry, no));
        Entry.committed(entry, "sent", sent.finish());
        Shelf shelf = kept.shelf(dossier).end(outcome);
        if (anySent) {
            byte[] answer = stream.answer();
            Entry.committed(entry, "answer", salts.commit("answer", answer));
            shelf.json("answer", answer);
        }
        dossier.withheld.ifPresent(made -> {
            Entry.committed(entry, "withheld", salts.commit("withheld", made));
            shelf.json("withheld", made);
        });
        return kept.record(shelf, entry).isPresent();
    }

    private void hand(Utf8 bytes) throws ReplyTo.ClientLeft {
        if (bytes.length() == 0) {
            return;
        }
        anySent = true;
        head();
        // Counted before it is handed over: what a broken connection took of it nobody can know.
        sent.add(bytes.bytes(), 0, bytes.length());
        client.send(bytes.bytes(), 0, bytes.length());
    }

    private void tell(Refused refused) throws ReplyTo.ClientLeft {
        head();
        byte[] event = new Utf8(512)
                .raw(ERROR)
                .raw(ErrorBody.of(refused, dossier, opened))
                .raw(BREAK)
                .copy();
        client.send(event, 0, event.length);
    }

    private void head() {
        if (!client.begun()) {
            Map<String, String> headers = kept.headers(dossier, opened);
            headers.put("Content-Type", "text/event-stream; charset=utf-8");
            headers.put("Cache-Control", "no-cache");
            headers.put("X-Accel-Buffering", "no");
            client.head(200, headers);
        }
    }
}
