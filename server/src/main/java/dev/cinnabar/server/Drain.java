package dev.cinnabar.server;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The gate of the whole server: shut until everything is in memory, and again when it is told to stop, while what is inside may finish. */
final class Drain implements Filter {
    private enum State {
        STARTING,
        OPEN,
        STOPPING
    }

    private static final String STARTING = "the server is starting";
    private static final String STOPPING = "the server is stopping";

    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
    private final AtomicInteger inside = new AtomicInteger();

    /** Lets requests in. */
    void open() {
        state.set(State.OPEN);
    }

    /** Whether requests are let in. */
    boolean isOpen() {
        return state.get() == State.OPEN;
    }

    /** How many requests are inside. */
    int inside() {
        return inside.get();
    }

    /** Lets nobody in any more, and waits for those inside, but no longer than this; says whether all are out. */
    boolean shut(Duration most) {
        state.set(State.STOPPING);
        long until = System.nanoTime() + most.toNanos();
        while (inside.get() > 0 && System.nanoTime() < until) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return inside.get() == 0;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        inside.incrementAndGet();
        try {
            // Asked after counting oneself in, so that shut() either sees this request or turns it away.
            if (state.get() == State.OPEN) {
                chain.doFilter(request, response);
            } else {
                turnAway((HttpServletRequest) request, (HttpServletResponse) response);
            }
        } finally {
            inside.decrementAndGet();
        }
    }

    private void turnAway(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String why = state.get() == State.STARTING ? STARTING : STOPPING;
        response.setStatus(503);
        response.setHeader("Retry-After", "5");
        response.setHeader("Connection", "close");
        String path = request.getRequestURI();
        String body;
        if (path.startsWith("/v1/")) {
            response.setContentType("application/json");
            body = "{\"error\":{\"message\":\"" + why
                    + "\",\"type\":\"server_error\",\"code\":\"not_ready\",\"param\":null,\"article\":\"\",\"reason\":\""
                    + why
                    + "\",\"remedy\":\"try again in a few seconds\",\"entry\":null}}";
        } else {
            response.setContentType("text/plain;charset=utf-8");
            body = why + "; try again in a few seconds\n";
        }
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
