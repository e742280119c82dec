package dev.cinnabar.server.gateway.upstream;

import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** The answer of an HTTP endpoint, guarded in time and size. */
final class HttpReply implements Reply {
    private final Endpoint endpoint;
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final Watch.Guard guard;
    private final long totalUntil;
    private final InputStream body;
    private long left;
    private boolean ended;

    HttpReply(
            Endpoint endpoint, HttpUriRequestBase request, ClassicHttpResponse response, Watch.Guard guard, long begun)
            throws IOException {
        this.endpoint = endpoint;
        this.request = request;
        this.response = response;
        this.guard = guard;
        this.totalUntil = begun + endpoint.timeouts().total().toNanos();
        this.left = endpoint.maxBytes();
        HttpEntity entity = response.getEntity();
        this.body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    }

    @Override
    public int status() {
        return response.getCode();
    }

    @Override
    public String mediaType() {
        Header type = response.getFirstHeader("Content-Type");
        String value = type == null || type.getValue() == null ? "" : type.getValue();
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public int read(byte[] into, int from, int length) throws UpstreamFailed {
        long idleUntil = System.nanoTime() + endpoint.timeouts().idle().toNanos();
        guard.until(idleUntil - totalUntil < 0 ? idleUntil : totalUntil);
        try {
            int n = body.read(into, from, length);
            if (n < 0) {
                ended = true;
            } else {
                left -= n;
                if (left < 0) {
                    throw new UpstreamFailed(
                            How.TOO_MUCH, endpoint.name() + " sent more than " + endpoint.maxBytes() + " bytes");
                }
            }
            return n;
        } catch (IOException | RuntimeException e) {
            if (guard.expired() || e instanceof java.net.SocketTimeoutException) {
                throw new UpstreamFailed(How.TOO_SLOW, endpoint.name() + " stopped in the middle of its answer", e);
            }
            throw new UpstreamFailed(
                    How.BROKEN_OFF,
                    endpoint.name() + " broke off in the middle of its answer: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    @Override
    public void cancel() {
        request.cancel();
    }

    @Override
    public void close() {
        guard.done();
        if (!ended) {
            // Reading an endless body to its end just to keep the connection would be worse than a new connection.
            request.cancel();
        }
        try {
            response.close();
        } catch (IOException e) {
            // The connection is gone either way.
            request.cancel();
        }
    }
}
