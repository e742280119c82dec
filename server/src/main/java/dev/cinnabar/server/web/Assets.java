package dev.cinnabar.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The few static files, in memory, each at an address with its hash in it: cached for ever, changed at once. */
final class Assets {
    private static final Map<String, String> FILES = Map.of(
            "cinnabar.css", "static/cinnabar.css",
            "cinnabar.js", "static/cinnabar.js",
            "seal.svg", "static/seal.svg",
            "htmx.min.js", "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml");

    private final Map<String, Asset> byName;

    /** A file, its type and the first 64 bits of its SHA-256. */
    record Asset(String type, String hash, byte[] bytes) {}

    private Assets(Map<String, Asset> byName) {
        this.byName = byName;
    }

    static Assets load() {
        Map<String, Asset> assets = new HashMap<>();
        FILES.forEach((name, path) -> assets.put(name, read(name, path)));
        return new Assets(Map.copyOf(assets));
    }

    private static Asset read(String name, String path) {
        try (InputStream file = Assets.class.getClassLoader().getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("the static file " + path + " is not on the class path");
            }
            byte[] bytes = file.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            return new Asset(type, HexFormat.of().formatHex(hash, 0, 8), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the static file " + path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The address of the file, like {@code /static/0011223344556677/cinnabar.css}. */
    String address(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no static file " + name);
        }
        return "/static/" + asset.hash() + "/" + name;
    }

    /** The file under this hash and name; an old hash finds nothing, so that no cache keeps new bytes under an old address. */
    Optional<Asset> at(String hash, String name) {
        return Optional.ofNullable(byName.get(name)).filter(a -> a.hash().equals(hash));
    }
}
