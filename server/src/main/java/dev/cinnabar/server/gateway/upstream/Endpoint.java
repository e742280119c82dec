package dev.cinnabar.server.gateway.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An OpenAI-compatible endpoint.
 *
 * @param name what operators call it
 * @param base the base URL, like {@code https://api.example.cn/v1}; http or https, without query
 * @param credential asked for on each call, so that it can be rotated; never printed
 * @param connections how many connections at most
 * @param maxBytes how long an answer may be, in bytes
 */
public record Endpoint(
        String name,
        URI base,
        Optional<Supplier<String>> credential,
        Timeouts timeouts,
        int connections,
        long maxBytes) {
    public Endpoint {
        String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https"))
                || base.getHost() == null
                || base.getRawQuery() != null
                || base.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "upstream " + name + ": the base URL is http(s)://host[:port]/path without query or credentials");
        }
        if (connections < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("upstream " + name + ": connections and maxBytes are at least 1");
        }
    }

    /** An endpoint with the usual limits: 256 connections, 96 MiB. */
    public static Endpoint of(String name, URI base, Optional<Supplier<String>> credential) {
        return new Endpoint(name, base, credential, Timeouts.standard(), 256, 96L << 20);
    }

    /** Without the credential. */
    @Override
    public String toString() {
        return "Endpoint[" + name + ", " + base + "]";
    }
}
