package dev.cinnabar.server.logs;

import dev.cinnabar.ledger.LedgerException;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets both followers go on until it is closed; one that fails says so once and tries again. */
public final class Following implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final Thread thread;
    private volatile boolean closing;
    private String said = "";

    private interface Step {
        int follow() throws LedgerException;
    }

    public Following(TrafficFollower traffic, GovernanceFollower governance, Duration pause) {
        thread = Thread.ofVirtual().name("followers").unstarted(() -> {
            while (!closing) {
                step("the index of the traffic log", traffic::follow);
                step("the governance log", governance::follow);
                rest(pause);
            }
            step("the governance log", governance::follow);
        });
    }

    public void start() {
        thread.start();
    }

    private void step(String what, Step step) {
        try {
            step.follow();
        } catch (LedgerException | JdbiException | IllegalStateException e) {
            String now = what + " waits: " + e.getMessage();
            if (!closing && !now.equals(said)) {
                said = now;
                LOG.warn(now);
            }
        }
    }

    private void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            // Woken to close.
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
