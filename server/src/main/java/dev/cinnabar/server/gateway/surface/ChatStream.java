package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Call;
import dev.cinnabar.server.gateway.upstream.Reply;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import dev.cinnabar.server.gateway.upstream.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A streamed chat completion as it comes from the upstream. The question is sent at once, beside the caller's thread, so that what the caller makes durable meanwhile
 * costs no waiting. Not for several threads at a time.
 */
public final class ChatStream implements AutoCloseable {
    /**
     * What came at once.
     *
     * @param end whether nothing more will come
     */
    public record Window(List<Delta> deltas, boolean end) {}

    private final CompletableFuture<Upstreams.Answered> answered = new CompletableFuture<>();
    private final Chunks chunks;
    private Optional<Opened> opened = Optional.empty();
    private Optional<ObjectNode> usage = Optional.empty();
    private boolean done;
    private volatile boolean closed;

    private record Opened(String upstream, Reply reply, Events events) {}

    private ChatStream(int n) {
        this.chunks = new Chunks(n);
    }

    /** Sends the call, for {@code n} answers. */
    public static ChatStream begin(Upstreams upstreams, Call call, int n) {
        ChatStream stream = new ChatStream(n);
        Thread.ofVirtual().name("ask-upstream").start(() -> stream.ask(upstreams, call));
        return stream;
    }

    private void ask(Upstreams upstreams, Call call) {
        try {
            Upstreams.Answered came = upstreams.send(call);
            answered.complete(came);
            if (closed) {
                came.reply().close();
            }
        } catch (UpstreamFailed | RuntimeException e) {
            answered.completeExceptionally(e);
        }
    }

    /** Waits for the next window. */
    public Window next() throws UpstreamFailed {
        List<Delta> deltas = new ArrayList<>();
        Events events = opened().events();
        while (!done && deltas.isEmpty()) {
            if (!events.read((bytes, from, length) -> take(bytes, from, length, deltas))) {
                done = true;
                if (!chunks.complete()) {
                    throw new UpstreamFailed(How.BROKEN_OFF, "an upstream's stream ended before its answers did");
                }
            }
        }
        for (Delta delta : deltas) {
            if (delta instanceof Delta.Usage(ObjectNode numbers)) {
                usage = Optional.of(numbers);
            }
        }
        return new Window(deltas, done);
    }

    private void take(byte[] bytes, int from, int length, List<Delta> deltas) throws UpstreamFailed {
        if (done) {
            return;
        }
        if (length == 6
                && new String(bytes, from, length, java.nio.charset.StandardCharsets.US_ASCII).equals("[DONE]")) {
            done = true;
            if (!chunks.complete()) {
                throw new UpstreamFailed(How.BROKEN_OFF, "an upstream said [DONE] before its answers ended");
            }
            return;
        }
        chunks.read(bytes, from, length, deltas);
    }

    private Opened opened() throws UpstreamFailed {
        if (opened.isPresent()) {
            return opened.get();
        }
        try {
            Upstreams.Answered came = answered.get();
            Heads.check(came.reply(), "text/event-stream");
            Opened now = new Opened(came.upstream(), came.reply(), new Events(came.reply()));
            opened = Optional.of(now);
            return now;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UpstreamFailed failed) {
                throw failed;
            }
            throw new UpstreamFailed(How.BROKEN_OFF, "the call could not be sent: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamFailed(How.BROKEN_OFF, "the call was given up", e);
        }
    }

    /** Who answers, once someone does. */
    public Optional<String> upstream() {
        return opened.map(Opened::upstream);
    }

    /** What it took, once the upstream said so. */
    public Optional<ObjectNode> usage() {
        return usage;
    }

    /** Ends the exchange, from any thread; a window under way fails. */
    public void cancel() {
        closed = true;
        var _ = answered.thenAccept(came -> came.reply().cancel());
    }

    @Override
    public void close() {
        closed = true;
        var _ = answered.thenAccept(came -> came.reply().close());
    }
}
