package dev.cinnabar.server;

import dev.cinnabar.server.content.ContentSettings;
import dev.cinnabar.server.gateway.IdentitySettings;
import dev.cinnabar.server.gateway.LabelSettings;
import dev.cinnabar.server.gateway.LimitSettings;
import dev.cinnabar.server.gateway.UpstreamSettings;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Secret;
import dev.cinnabar.server.law.Setting;
import dev.cinnabar.server.logs.LogSettings;
import dev.cinnabar.server.store.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set, from one file {@code cinnabar.yaml} and the environment (docs/operations/settings.md is generated from here). */
public record Settings(
        @Setting(
                value =
                        "The folder that everything is kept in. A cinnabar.yaml in it is read when --config names no other.",
                otherwise = "cinnabar-data")
        Path data,

        @Setting(
                value = "The language of pages and messages where the reader asks for none: zh or en.",
                otherwise = "zh")
        Lang lang,

        @Setting("Where the service listens.") Http http,

        @Setting("Where health and figures are served: keep it away from the public.")
        Management management,

        @Setting("Encryption of http. Without it, put a proxy that encrypts in front.")
        Tls tls,

        @Setting("The database.") DatabaseSettings database,

        @Setting("The endpoints that make content, by names of your choice.")
        Map<String, UpstreamSettings> upstreams,

        @Setting("What the labels say.") LabelSettings label,
        @Setting("Where real identity is asked.") IdentitySettings identity,
        @Setting("How much a caller may send.") LimitSettings limits,
        @Setting("How long contents are kept.") ContentSettings content,
        @Setting("The tamper-evident logs.") LogSettings logs,

        @Setting("What the server writes about its own work.")
        Logging logging) {
    /** Where the service listens. */
    public record Http(
            @Setting(value = "The address to listen on; 0.0.0.0 for every interface.", otherwise = "127.0.0.1")
            String host,

            @Setting(value = "The port; 0 takes a free one.", otherwise = "8080")
            int port,

            @Setting(
                    value =
                            "Addresses or ranges of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody else's are.",
                    example = "[10.0.0.0/8, 192.168.1.7]")
            List<String> trustedProxies,

            @Setting(
                    value = "How long running requests and streams may go on when the server is told to stop.",
                    otherwise = "20s")
            Duration drain) {
        public Http {
            trustedProxies = List.copyOf(trustedProxies);
            trustedProxies.forEach(Forwarded::range);
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port must lie between 0 and 65535");
            }
        }
    }

    /** Where health and figures are served. */
    public record Management(
            @Setting(value = "The address to listen on.", otherwise = "127.0.0.1")
            String host,

            @Setting(value = "The port; 0 takes a free one.", otherwise = "8081")
            int port) {
        public Management {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port must lie between 0 and 65535");
            }
        }
    }

    /** Encryption of http: a certificate with its key, or a key store. */
    public record Tls(
            @Setting(value = "The certificate chain, PEM.", example = "/etc/cinnabar/tls.crt")
            Optional<Path> certificate,

            @Setting(value = "The private key of the certificate, PEM.", example = "/etc/cinnabar/tls.key")
            Optional<Path> key,

            @Setting(value = "A PKCS#12 key store instead of certificate and key.", example = "/etc/cinnabar/tls.p12")
            Optional<Path> keystore,

            @Setting(
                    value = "The password of the key store: env:NAME or file:PATH.",
                    example = "file:/etc/cinnabar/tls.password")
            Optional<Secret> keystorePassword) {
        public Tls {
            if (certificate.isPresent() != key.isPresent()) {
                throw new IllegalArgumentException("certificate and key belong together: set both or none");
            }
            if (certificate.isPresent() && keystore.isPresent()) {
                throw new IllegalArgumentException("set either certificate and key, or keystore");
            }
        }

        /** Whether http is encrypted. */
        public boolean on() {
            return certificate.isPresent() || keystore.isPresent();
        }
    }

    /** What the server writes about its own work; never personal data, never content. */
    public record Logging(
            @Setting(value = "text for people, json (one object a line) for machines.", otherwise = "text")
            Form form,

            @Setting(value = "The least that is written: error, warn, info or debug.", otherwise = "info")
            Level level) {
        /** The form of a line. */
        public enum Form {
            TEXT,
            JSON
        }

        /** The least that is written. */
        public enum Level {
            ERROR,
            WARN,
            INFO,
            DEBUG
        }
    }
}
