package dev.cinnabar.server.gateway.demo;

import dev.cinnabar.server.gateway.upstream.Reply;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.time.Duration;
import java.util.List;

/** An answer that is already there, given out piece by piece. */
final class DemoReply implements Reply {
    private final String mediaType;
    private final List<byte[]> pieces;
    private final Duration pace;
    private int piece;
    private int at;
    private volatile boolean cancelled;

    DemoReply(String mediaType, List<byte[]> pieces, Duration pace) {
        this.mediaType = mediaType;
        this.pieces = pieces;
        this.pace = pace;
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    @Override
    public int read(byte[] into, int from, int length) throws UpstreamFailed {
        if (cancelled) {
            throw new UpstreamFailed(How.BROKEN_OFF, "the demo was cancelled");
        }
        if (piece == pieces.size()) {
            return -1;
        }
        byte[] now = pieces.get(piece);
        if (at == 0 && piece > 0) {
            rest();
        }
        int n = Math.min(length, now.length - at);
        System.arraycopy(now, at, into, from, n);
        at += n;
        if (at == now.length) {
            piece++;
            at = 0;
        }
        return n;
    }

    private void rest() throws UpstreamFailed {
        if (!pace.isZero()) {
            try {
                Thread.sleep(pace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UpstreamFailed(How.BROKEN_OFF, "the demo was interrupted", e);
            }
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        cancelled = true;
    }
}
