package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Reply;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.util.Arrays;

/** Cuts an upstream's server-sent events out of its bytes: whatever was read at once is handed over at once, so that many small events cost one write. */
final class Events {
    /** Takes the data of one event. */
    @FunctionalInterface
    interface Taker {
        void take(byte[] bytes, int from, int length) throws UpstreamFailed;
    }

    private static final int LONGEST = 1 << 20;
    private static final int FIRST = 8 << 10;

    private final Reply reply;
    private byte[] buffer = new byte[FIRST];
    private int filled;
    // The data of the event under way, in place at the start of the buffer's unread part, is gathered here only when it
    // has several lines.
    private byte[] data = new byte[FIRST];
    private int dataLength;
    private boolean anyData;
    private boolean skipNewline;

    Events(Reply reply) {
        this.reply = reply;
    }

    /** Waits for bytes and hands over every event that is then complete, possibly none; false at the end of the body. */
    boolean read(Taker taker) throws UpstreamFailed {
        if (filled == buffer.length) {
            if (filled >= LONGEST) {
                throw new UpstreamFailed(How.TOO_MUCH, "an upstream sent a line longer than " + LONGEST + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int n = reply.read(buffer, filled, buffer.length - filled);
        if (n < 0) {
            return false;
        }
        int scanFrom = filled;
        filled += n;
        lines(scanFrom, taker);
        return true;
    }

    private void lines(int scanFrom, Taker taker) throws UpstreamFailed {
        int start = 0;
        for (int i = scanFrom; i < filled; i++) {
            byte b = buffer[i];
            if (b == '\n' && skipNewline && i == start) {
                start++;
                skipNewline = false;
                continue;
            }
            if (b == '\n' || b == '\r') {
                skipNewline = b == '\r';
                line(start, i, taker);
                start = i + 1;
            }
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
        }
    }

    private void line(int from, int to, Taker taker) throws UpstreamFailed {
        if (from == to) {
            if (anyData) {
                int length = dataLength;
                dataLength = 0;
                anyData = false;
                taker.take(data, 0, length);
            }
            return;
        }
        if (startsWithData(from, to)) {
            int at = from + 5;
            if (at < to && buffer[at] == ' ') {
                at++;
            }
            append(at, to);
        }
        // Comments and the fields event, id and retry say nothing that is needed here.
    }

    private boolean startsWithData(int from, int to) {
        return to - from >= 5
                && buffer[from] == 'd'
                && buffer[from + 1] == 'a'
                && buffer[from + 2] == 't'
                && buffer[from + 3] == 'a'
                && buffer[from + 4] == ':';
    }

    private void append(int from, int to) throws UpstreamFailed {
        int length = to - from + (anyData ? 1 : 0);
        if (dataLength + length > LONGEST) {
            throw new UpstreamFailed(How.TOO_MUCH, "an upstream sent an event longer than " + LONGEST + " bytes");
        }
        if (dataLength + length > data.length) {
            data = Arrays.copyOf(data, Math.max(data.length * 2, dataLength + length));
        }
        if (anyData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(buffer, from, data, dataLength, to - from);
        dataLength += to - from;
        anyData = true;
    }
}
