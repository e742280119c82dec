package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.Reply;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.io.ByteArrayOutputStream;

/** Looks at the head of an upstream's answer before anything in it is believed, and reads whole bodies. */
final class Heads {
    private static final int FIRST = 4 << 10;

    private Heads() {}

    /** Checks the status and the media type. */
    static void check(Reply reply, String... mediaTypes) throws UpstreamFailed {
        if (reply.status() != 200) {
            How how = switch (reply.status()) {
                case 400, 413, 422 -> How.REJECTED;
                default -> How.STATUS;
            };
            throw new UpstreamFailed(how, "an upstream answered with status " + reply.status());
        }
        for (String type : mediaTypes) {
            if (reply.mediaType().equals(type)) {
                return;
            }
        }
        throw new UpstreamFailed(
                How.NOT_UNDERSTOOD, "an upstream answered with another media type than " + mediaTypes[0]);
    }

    /** The whole body; the reply bounds its size. */
    static byte[] body(Reply reply) throws UpstreamFailed {
        byte[] piece = new byte[FIRST];
        int n = reply.read(piece, 0, piece.length);
        if (n < 0) {
            return new byte[0];
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(Math.max(n * 2, FIRST));
        while (n >= 0) {
            all.write(piece, 0, n);
            n = reply.read(piece, 0, piece.length);
        }
        return all.toByteArray();
    }
}
