package dev.cinnabar.server.logs;

import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.server.law.Article;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * The read paths of tlog-tiles under {@code /ledger/{log}/}: checkpoint and hash tiles for everybody, entry bundles for those who may read them (a key with scope
 * {@code read}; people sign in and use the console).
 */
@Article("21")
public final class LogServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Logs logs;
    private final transient Function<String, Reader> readers;

    /**
     * Serves these logs.
     *
     * @param readers who presents a bearer key
     */
    public LogServlet(Logs logs, Function<String, Reader> readers) {
        this.logs = logs;
        this.readers = readers;
    }

    /** Whether whoever asks may read entries. */
    public enum Reader {
        ALLOWED,
        /** No key, or none that is valid. */
        NOBODY,
        /** A valid key of other scopes. */
        WITHOUT_SCOPE,
        /** It cannot be told at this moment. */
        UNCONFIRMED
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1);
        int slash = path.indexOf('/');
        Optional<Logs.Log> log = slash < 0 ? Optional.empty() : logs.byName(path.substring(0, slash));
        if (log.isEmpty()) {
            problem(response, 404, "No such log: there are traffic and governance.");
            return;
        }
        String resource = path.substring(slash + 1);
        Reader reader = resource.startsWith("tile/entries/") ? reader(request) : Reader.ALLOWED;
        switch (reader) {
            case ALLOWED -> serve(log.get(), resource, response);
            case NOBODY -> {
                response.setHeader("WWW-Authenticate", "Bearer");
                problem(response, 401, "Entry bundles are for keys with the scope read: send one, as Bearer.");
            }
            case WITHOUT_SCOPE -> problem(response, 403, "This key does not have the scope read.");
            case UNCONFIRMED -> later(response, "Keys cannot be confirmed at this moment.");
        }
    }

    private Reader reader(HttpServletRequest request) {
        String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? readers.apply(header.substring(7).strip())
                : Reader.NOBODY;
    }

    private static void serve(Logs.Log log, String resource, HttpServletResponse response) throws IOException {
        try {
            Optional<byte[]> bytes = log.ledger().tile(resource);
            if (bytes.isEmpty()) {
                problem(response, 404, "No such resource of tlog-tiles, or it is not published yet.");
                return;
            }
            boolean checkpoint = resource.equals("checkpoint");
            response.setContentType(checkpoint ? "text/plain; charset=utf-8" : "application/octet-stream");
            // A checkpoint changes; a tile, once published, never does.
            response.setHeader("Cache-Control", checkpoint ? "no-cache" : "private, max-age=31536000, immutable");
            response.setContentLength(bytes.get().length);
            response.getOutputStream().write(bytes.get());
        } catch (LedgerException e) {
            later(response, "The log cannot be read now: " + e.getMessage());
        }
    }

    private static void later(HttpServletResponse response, String what) throws IOException {
        response.setHeader("Retry-After", "1");
        problem(response, 503, what);
    }

    private static void problem(HttpServletResponse response, int status, String what) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((what + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
