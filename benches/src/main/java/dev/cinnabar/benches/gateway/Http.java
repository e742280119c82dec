package dev.cinnabar.benches.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** As much of HTTP/1.1 as a load generator needs: heads, bodies by length, chunked bodies. */
final class Http {
    private Http() {}

    /** A head up to its empty line; empty at the end of the stream. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            int n = head.length();
            if (b == '\n' && n >= 4 && head.charAt(n - 2) == '\r' && head.charAt(n - 3) == '\n') {
                return head.toString();
            }
        }
        return "";
    }

    /** The body that a head, in lower case, announces. */
    static byte[] body(InputStream in, String head) throws IOException {
        int at = head.indexOf("content-length:");
        if (at >= 0) {
            int length = Integer.parseInt(
                    head.substring(at + 15, head.indexOf('\r', at)).strip());
            return in.readNBytes(length);
        }
        if (head.contains("transfer-encoding: chunked")) {
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            for (byte[] chunk = chunk(in); chunk.length > 0; chunk = chunk(in)) {
                all.writeBytes(chunk);
            }
            return all.toByteArray();
        }
        return new byte[0];
    }

    /** The next chunk; empty at the last one. */
    static byte[] chunk(InputStream in) throws IOException {
        int length = Integer.parseInt(line(in).strip(), 16);
        byte[] bytes = in.readNBytes(length);
        line(in);
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(16);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the peer closed in the middle");
            }
            line.append((char) b);
        }
        return line.toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
