package dev.cinnabar.server.logs;

import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.server.law.Article;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The read paths of tlog-tiles under {@code /ledger/{log}/}: checkpoint and hash tiles for everybody, entry bundles for those who may read them (a key with scope
 * {@code read}; people sign in and use the console).
 */
@Article("21")
public final class LogServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Logs logs;
    private final transient Predicate<String> mayReadEntries;

    /**
     * Serves these logs.
     *
     * @param mayReadEntries whether the presented bearer key may read entries
     */
    public LogServlet(Logs logs, Predicate<String> mayReadEntries) {
        this.logs = logs;
        this.mayReadEntries = mayReadEntries;
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
        if (resource.startsWith("tile/entries/") && !mayRead(request)) {
            response.setHeader("WWW-Authenticate", "Bearer");
            problem(response, 401, "Entry bundles are for keys with the scope read.");
            return;
        }
        serve(log.get(), resource, response);
    }

    private boolean mayRead(HttpServletRequest request) {
        String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                && mayReadEntries.test(header.substring(7).strip());
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
            problem(response, 503, "The log cannot be read now: " + e.getMessage());
        }
    }

    private static void problem(HttpServletResponse response, int status, String what) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((what + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
