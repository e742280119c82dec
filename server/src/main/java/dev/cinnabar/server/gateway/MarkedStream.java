package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.surface.ChatAsk;
import dev.cinnabar.server.gateway.surface.CompletionWriter;
import dev.cinnabar.server.gateway.surface.Delta;
import dev.cinnabar.server.gateway.surface.Logprob;
import dev.cinnabar.server.gateway.surface.TextLabel;
import dev.cinnabar.server.gateway.surface.Track;
import dev.cinnabar.server.gateway.surface.Utf8;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.law.Lang;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A streamed answer with its labels on, as the bytes of server-sent events. Not for several threads at a time. */
final class MarkedStream {
    /**
     * What came of one pull; the bytes are in {@link #bytes()} until the next.
     *
     * @param stop why it ends here
     */
    record Window(Optional<Stop> stop, boolean end) {}

    private final ClearedStream stream;
    private final ChatAsk ask;
    private final Optional<Lang> explicit;
    private final TextLabel label;
    private final CompletionWriter writer;
    private final Utf8 out = new Utf8(4096);
    private final CompletionWriter.Chunks chunks;
    private final ReadBack readBack;
    private final Assembled assembled = new Assembled();
    private final Map<Track, Opening> openings = new HashMap<>();
    private boolean head = true;

    /** The start of one text: its label, and what waits for it. */
    private static final class Opening {
        final TextLabel.Lead lead;
        final List<Logprob> waiting = new ArrayList<>();
        String half = "";

        Opening(TextLabel.Lead lead) {
            this.lead = lead;
        }
    }

    /**
     * @param explicit the language of the label in the text; empty where the application shows it itself
     */
    MarkedStream(
            ClearedStream stream,
            ChatAsk ask,
            Optional<Lang> explicit,
            TextLabel label,
            CompletionWriter writer,
            String aigc) {
        this.stream = stream;
        this.ask = ask;
        this.explicit = explicit;
        this.label = label;
        this.writer = writer;
        this.chunks = writer.new Chunks(out, ask.usageWanted());
        this.readBack = new ReadBack(explicit.map(label::words), aigc);
    }

    /** Waits for the next window, labels it and reads the head back. */
    Window next() throws UpstreamFailed {
        out.clear();
        ClearedStream.Window window = stream.next();
        boolean look = head;
        for (Delta delta : window.deltas()) {
            look |= write(delta);
        }
        if (look && out.length() > 0) {
            head = false;
            if (!readBack.events(out.bytes(), out.length())) {
                out.clear();
                return new Window(Optional.of(new Stop(Refusals.readBackFailed(), "blocked")), true);
            }
        }
        return new Window(window.stop(), window.end());
    }

    /** Writes a delta; says whether it began a text. */
    private boolean write(Delta delta) {
        return switch (delta) {
            case Delta.Role(int choice) -> {
                chunks.role(choice);
                assembled.role(choice);
                yield false;
            }
            case Delta.Text text -> text(text);
            case Delta.Call call -> {
                chunks.call(call);
                assembled.call(call);
                yield false;
            }
            case Delta.Finish(int choice, String reason) -> {
                boolean began = endTexts(choice);
                chunks.finish(choice, reason);
                assembled.finish(choice, reason);
                yield began;
            }
            case Delta.Usage usage -> false;
        };
    }

    private boolean text(Delta.Text text) {
        Track track = text.track();
        if (!track.read() || explicit.isEmpty()) {
            send(track, whole(opening(track), text.text()), text.logprobs());
            return false;
        }
        Opening opening = opening(track);
        boolean before = opening.lead.labelled();
        opening.waiting.addAll(text.logprobs());
        String ready = whole(opening, opening.lead.feed(text.text()));
        if (!ready.isEmpty()) {
            send(track, ready, List.copyOf(opening.waiting));
            opening.waiting.clear();
        }
        return !before && opening.lead.labelled();
    }

    private Opening opening(Track track) {
        return openings.computeIfAbsent(track, t -> new Opening(label.lead(explicit.orElse(Lang.ZH))));
    }

    /** Keeps half a surrogate pair back until its other half is there: alone it is no character. */
    private static String whole(Opening opening, String piece) {
        String all = opening.half + piece;
        boolean cut = !all.isEmpty() && Character.isHighSurrogate(all.charAt(all.length() - 1));
        opening.half = cut ? all.substring(all.length() - 1) : "";
        return cut ? all.substring(0, all.length() - 1) : all;
    }

    private boolean endTexts(int choice) {
        boolean began = false;
        for (Map.Entry<Track, Opening> each : openings.entrySet()) {
            Opening opening = each.getValue();
            if (each.getKey().choice() == choice) {
                boolean before = opening.lead.labelled();
                String rest = explicit.isEmpty() || !each.getKey().read() ? "" : opening.lead.finish();
                send(each.getKey(), opening.half + rest, List.copyOf(opening.waiting));
                opening.half = "";
                opening.waiting.clear();
                began |= !before && opening.lead.labelled();
            }
        }
        return began;
    }

    private void send(Track track, String text, List<Logprob> logprobs) {
        if (!text.isEmpty() || !logprobs.isEmpty()) {
            chunks.text(track, text, logprobs);
            assembled.text(track, text, logprobs);
        }
    }

    /** What stands in the window: events, ready to be sent. */
    Utf8 bytes() {
        return out;
    }

    /** Puts the end into the window: the usage where it was asked for, and {@code [DONE]}. */
    void end() {
        out.clear();
        chunks.usage(stream.stream().usage());
        chunks.done();
    }

    /** What was handed over so far, as the whole completion it amounts to. */
    byte[] answer() {
        return writer.whole(assembled.completion(stream.stream().usage()));
    }

    ChatAsk ask() {
        return ask;
    }

    ClearedStream cleared() {
        return stream;
    }
}
