package dev.cinnabar.server;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.catalina.util.NetMask;

/** Believes X-Forwarded-For and X-Forwarded-Proto of the proxies named in the settings, and of nobody else: the caller is the last address that none of them added. */
final class Forwarded implements Filter {
    private final List<NetMask> trusted;

    Forwarded(List<String> trusted) {
        this.trusted = trusted.stream().map(Forwarded::range).toList();
    }

    /** An address or a range of them; refuses what is neither. */
    static NetMask range(String written) {
        try {
            return new NetMask(written);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "trusted-proxies: \"" + written + "\" is neither an address nor a range like 10.0.0.0/8", e);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        chain.doFilter(
                isTrusted(asked.getRemoteAddr()) ? new Behind(asked, caller(asked), scheme(asked)) : asked, response);
    }

    private boolean isTrusted(String address) {
        // Digits, dots, colons and letters of hexadecimal only: nothing here may cause a look-up of a name.
        if (!address.matches("[0-9a-fA-F.:]{2,45}")) {
            return false;
        }
        try {
            java.net.InetAddress real = java.net.InetAddress.getByName(address);
            return trusted.stream().anyMatch(range -> range.matches(real));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private String caller(HttpServletRequest asked) {
        List<String> hops = Collections.list(asked.getHeaders("X-Forwarded-For")).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
        return hops.reversed().stream()
                .filter(hop -> !isTrusted(hop))
                .findFirst()
                .orElse(asked.getRemoteAddr());
    }

    private static Optional<String> scheme(HttpServletRequest asked) {
        return Optional.ofNullable(asked.getHeader("X-Forwarded-Proto"))
                .map(said -> said.strip().toLowerCase(Locale.ROOT))
                .filter(said -> said.equals("http") || said.equals("https"));
    }

    /** The request as the proxy in front received it. */
    private static final class Behind extends HttpServletRequestWrapper {
        private final String caller;
        private final String scheme;

        Behind(HttpServletRequest request, String caller, Optional<String> scheme) {
            super(request);
            this.caller = caller;
            this.scheme = scheme.orElse(request.getScheme());
        }

        @Override
        public String getRemoteAddr() {
            return caller;
        }

        @Override
        public String getRemoteHost() {
            return caller;
        }

        @Override
        public String getScheme() {
            return scheme;
        }

        @Override
        public boolean isSecure() {
            return scheme.equals("https");
        }
    }
}
