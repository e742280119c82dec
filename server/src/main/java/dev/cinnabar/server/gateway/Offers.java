package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.UpstreamSettings.ModelSettings;
import dev.cinnabar.server.gateway.demo.DemoUpstream;
import dev.cinnabar.server.gateway.upstream.Endpoint;
import dev.cinnabar.server.gateway.upstream.OpenAiUpstream;
import dev.cinnabar.server.gateway.upstream.Timeouts;
import dev.cinnabar.server.gateway.upstream.Upstreams;
import dev.cinnabar.server.gateway.upstream.Watch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The upstreams that the settings name, and what each offers; the demo's besides, where it is asked for. */
public final class Offers implements AutoCloseable {
    private static final Duration DEMO_PACE = Duration.ofMillis(15);
    private static final int CONNECTIONS = 512;

    private final List<Upstreams.Offer> all = new ArrayList<>();
    private final List<OpenAiUpstream> opened = new ArrayList<>();
    private final Set<URI> origins = new HashSet<>();

    private Offers() {}

    /** Opens them; nothing is sent before the first call. A model of weight 0 is not offered. */
    public static Offers of(Map<String, UpstreamSettings> upstreams, LimitSettings limits, boolean demo, Watch watch) {
        Offers offers = new Offers();
        new TreeMap<>(upstreams).forEach((name, settings) -> offers.add(name, settings, limits, watch));
        if (demo) {
            DemoUpstream upstream = new DemoUpstream(DEMO_PACE);
            DemoUpstream.MODELS.forEach(model -> offers.all.add(new Upstreams.Offer(model, upstream, model, 1)));
        }
        return offers;
    }

    private void add(String name, UpstreamSettings settings, LimitSettings limits, Watch watch) {
        String url = settings.url().endsWith("/")
                ? settings.url().substring(0, settings.url().length() - 1)
                : settings.url();
        Timeouts timeouts = new Timeouts(
                settings.connectTimeout(),
                settings.firstByteTimeout(),
                settings.silenceTimeout(),
                settings.totalTimeout());
        URI base = URI.create(url);
        Endpoint endpoint = new Endpoint(
                name,
                base,
                settings.credential().map(secret -> (Supplier<String>) secret::reveal),
                timeouts,
                CONNECTIONS,
                limits.answer().bytes());
        OpenAiUpstream upstream = new OpenAiUpstream(endpoint, watch);
        opened.add(upstream);
        origins.add(base);
        for (Map.Entry<String, ModelSettings> model : settings.models().entrySet()) {
            if (model.getValue().weight() > 0) {
                String as = model.getValue().as().orElse(model.getKey());
                all.add(new Upstreams.Offer(
                        model.getKey(), upstream, as, model.getValue().weight()));
            }
        }
    }

    /** Everything offered. */
    public List<Upstreams.Offer> all() {
        return List.copyOf(all);
    }

    /** The endpoints' own addresses: files may be fetched from there. */
    public Set<URI> origins() {
        return Set.copyOf(origins);
    }

    @Override
    public void close() throws IOException {
        for (OpenAiUpstream each : opened) {
            each.close();
        }
    }
}
