package dev.cinnabar.server.gateway;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The gateway over HTTP: bytes in, bytes out, on the thread of the request, which is a virtual one. Mapped on {@code /v1/*}. */
public final class GatewayServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Gateway gateway;

    public GatewayServlet(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        gateway.serve(new Asked(request), new Back(response));
    }

    /** The request. */
    private record Asked(HttpServletRequest request) implements Request {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            String rest = request.getPathInfo();
            return rest == null ? request.getServletPath() : request.getServletPath() + rest;
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(request.getHeader(name));
        }

        @Override
        public Optional<String> query(String name) {
            String query = request.getQueryString();
            if (query == null) {
                return Optional.empty();
            }
            for (String pair : query.split("&", -1)) {
                int is = pair.indexOf('=');
                if (is > 0 && pair.substring(0, is).equals(name)) {
                    return decoded(pair.substring(is + 1));
                }
            }
            return Optional.empty();
        }

        private static Optional<String> decoded(String value) {
            try {
                return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public String remote() {
            return request.getRemoteAddr();
        }

        @Override
        public String origin() {
            String scheme = request.getScheme();
            int port = request.getServerPort();
            boolean usual = port == (scheme.equals("https") ? 443 : 80);
            return scheme + "://" + request.getServerName() + (usual ? "" : ":" + port);
        }

        @Override
        public long length() {
            return request.getContentLengthLong();
        }

        @Override
        public InputStream body() throws IOException {
            return request.getInputStream();
        }
    }

    /** The way back. */
    private static final class Back implements ReplyTo {
        private final HttpServletResponse response;
        private boolean begun;

        Back(HttpServletResponse response) {
            this.response = response;
        }

        @Override
        public void head(int status, Map<String, String> headers) {
            begun = true;
            response.setStatus(status);
            headers.forEach(response::setHeader);
        }

        @Override
        public void send(byte[] bytes, int from, int length) throws ClientLeft {
            try {
                response.getOutputStream().write(bytes, from, length);
                response.flushBuffer();
            } catch (IOException e) {
                throw new ClientLeft(e);
            }
        }

        @Override
        public boolean begun() {
            return begun;
        }
    }
}
