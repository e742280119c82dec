package dev.cinnabar.server.gateway.upstream;

import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches what an upstream says lies at a URL, without letting the upstream choose where we reach: https to public addresses only, or the very origin of an endpoint
 * that the operator named; no redirects, no credentials, bounded in size and time.
 */
public final class Fetch implements AutoCloseable {
    private final Set<String> trustedOrigins;
    private final long maxBytes;
    private final Endpoint limits;
    private final Watch watch;
    private final CloseableHttpClient open;
    private final CloseableHttpClient trusted;

    /** @param trustedOrigins origins like {@code http://10.0.0.5:8000} of the operator's own endpoints */
    public Fetch(Set<URI> trustedOrigins, long maxBytes, Duration total, Watch watch) {
        this(trustedOrigins, maxBytes, total, watch, SystemDefaultDnsResolver.INSTANCE);
    }

    Fetch(Set<URI> trustedOrigins, long maxBytes, Duration total, Watch watch, DnsResolver resolver) {
        this.trustedOrigins =
                trustedOrigins.stream().map(Fetch::origin).collect(java.util.stream.Collectors.toUnmodifiableSet());
        this.maxBytes = maxBytes;
        this.limits = new Endpoint(
                "fetch",
                URI.create("https://fetch.invalid"),
                java.util.Optional.empty(),
                new Timeouts(Duration.ofSeconds(5), total, total, total),
                16,
                maxBytes);
        this.watch = watch;
        this.open = client(new PublicNames(resolver), total);
        this.trusted = client(resolver, total);
    }

    private static CloseableHttpClient client(DnsResolver resolver, Duration total) {
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setMaxConnTotal(16)
                        .setMaxConnPerRoute(4)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(5))
                                .setSocketTimeout(Timeout.of(total))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.ofSeconds(5))
                        .setResponseTimeout(Timeout.of(total))
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .setUserAgent("cinnabar")
                .build();
    }

    /**
     * The bytes at the URL.
     *
     * @throws UpstreamFailed where the URL is not one we go to, or what lies there cannot be had whole
     */
    public byte[] get(String url) throws UpstreamFailed {
        URI uri = checked(url);
        boolean own = trustedOrigins.contains(origin(uri));
        if (!own && !("https".equalsIgnoreCase(uri.getScheme()) && (uri.getPort() == -1 || uri.getPort() == 443))) {
            throw refused("only https on its own port is fetched");
        }
        HttpGet get = new HttpGet(uri);
        long begun = System.nanoTime();
        Watch.Guard guard =
                watch.guard(get::cancel, begun + limits.timeouts().total().toNanos());
        try (ClassicHttpResponse response = (own ? trusted : open).executeOpen(null, get, null);
                HttpReply reply = new HttpReply(limits, get, response, guard, begun)) {
            if (reply.status() != 200) {
                throw new UpstreamFailed(
                        How.STATUS, "the file an upstream pointed to came with status " + reply.status());
            }
            return whole(reply);
        } catch (IOException e) {
            throw new UpstreamFailed(
                    How.UNREACHABLE,
                    "the file an upstream pointed to cannot be had: "
                            + e.getClass().getSimpleName(),
                    e);
        } finally {
            guard.done();
        }
    }

    private byte[] whole(Reply reply) throws UpstreamFailed {
        ByteArrayOutputStream all = new ByteArrayOutputStream(1 << 16);
        byte[] piece = new byte[1 << 14];
        for (int n; (n = reply.read(piece, 0, piece.length)) >= 0; ) {
            if (all.size() + (long) n > maxBytes) {
                throw new UpstreamFailed(
                        How.TOO_MUCH, "the file an upstream pointed to is longer than " + maxBytes + " bytes");
            }
            all.write(piece, 0, n);
        }
        return all.toByteArray();
    }

    private static URI checked(String url) throws UpstreamFailed {
        if (url.length() > 4096) {
            throw refused("the URL is too long");
        }
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw refused("it is not a URL");
        }
        if (uri.getScheme() == null
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            throw refused("it is not a plain URL with a host");
        }
        return uri;
    }

    private static UpstreamFailed refused(String why) {
        return new UpstreamFailed(How.NOT_UNDERSTOOD, "an upstream pointed to a file that is not fetched: " + why);
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ':' + port;
    }

    @Override
    public void close() throws IOException {
        try (trusted) {
            open.close();
        }
    }
}
