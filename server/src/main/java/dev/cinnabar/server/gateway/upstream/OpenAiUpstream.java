package dev.cinnabar.server.gateway.upstream;

import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * An OpenAI-compatible endpoint over HTTP/1.1. No redirects, cookies, decompression or retries; what is sent is the call, the credential and the trace id, and of
 * the answer's headers only the media type is looked at.
 */
public final class OpenAiUpstream implements Upstream, AutoCloseable {
    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_HEADERS = 100;

    private final Endpoint endpoint;
    private final Watch watch;
    private final CloseableHttpClient http;

    public OpenAiUpstream(Endpoint endpoint, Watch watch) {
        this.endpoint = endpoint;
        this.watch = watch;
        Timeout socket = Timeout.of(longest(endpoint.timeouts()));
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(MAX_LINE)
                                .setMaxHeaderCount(MAX_HEADERS)
                                .build())
                        .build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(endpoint.connections())
                .setMaxConnPerRoute(endpoint.connections())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(endpoint.timeouts().connect()))
                        .setSocketTimeout(socket)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build();
        http = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(
                                Timeout.of(endpoint.timeouts().connect()))
                        .setResponseTimeout(socket)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableConnectionState()
                .setUserAgent("cinnabar")
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
    }

    private static java.time.Duration longest(Timeouts timeouts) {
        return timeouts.firstByte().compareTo(timeouts.idle()) > 0 ? timeouts.firstByte() : timeouts.idle();
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public Reply send(Call call, String upstreamModel) throws UpstreamFailed {
        byte[] body = call.body().as(upstreamModel);
        long begun = System.nanoTime();
        try {
            return exchange(call, body, begun);
        } catch (NoHttpResponseException | ConnectionClosedException stale) {
            // A kept connection that the upstream closed at the same moment: nothing of the call was answered, so once
            // more.
            try {
                return exchange(call, body, begun);
            } catch (IOException e) {
                throw broken(e);
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Reply exchange(Call call, byte[] body, long begun) throws IOException, UpstreamFailed {
        HttpPost post = post(call, body);
        Watch.Guard guard = watch.guard(
                post::cancel, begun + endpoint.timeouts().firstByte().toNanos());
        boolean open = false;
        try {
            ClassicHttpResponse response = http.executeOpen(null, post, null);
            open = true;
            return new HttpReply(endpoint, post, response, guard, begun);
        } catch (IOException | RuntimeException e) {
            if (guard.expired()) {
                throw new UpstreamFailed(
                        How.TOO_SLOW,
                        endpoint.name() + " did not answer within "
                                + endpoint.timeouts().firstByte(),
                        e);
            }
            throw e;
        } finally {
            if (!open) {
                guard.done();
            }
        }
    }

    private HttpPost post(Call call, byte[] body) {
        HttpPost post = new HttpPost(URI.create(endpoint.base() + call.kind().path()));
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        post.setHeader(
                "Accept", call.streamed() ? "text/event-stream" : call.kind().accept());
        post.setHeader("X-Request-Id", call.trace());
        endpoint.credential().ifPresent(secret -> post.setHeader("Authorization", "Bearer " + secret.get()));
        return post;
    }

    private UpstreamFailed broken(IOException e) {
        if (e instanceof InterruptedIOException && !(e instanceof org.apache.hc.client5.http.ConnectTimeoutException)) {
            return new UpstreamFailed(
                    How.TOO_SLOW,
                    endpoint.name() + " took too long: " + e.getClass().getSimpleName(),
                    e);
        }
        if (e instanceof java.net.ConnectException
                || e instanceof java.net.UnknownHostException
                || e instanceof InterruptedIOException) {
            return new UpstreamFailed(
                    How.UNREACHABLE,
                    endpoint.name() + " cannot be reached: " + e.getClass().getSimpleName(),
                    e);
        }
        return new UpstreamFailed(
                How.BROKEN_OFF, endpoint.name() + " broke off: " + e.getClass().getSimpleName(), e);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
