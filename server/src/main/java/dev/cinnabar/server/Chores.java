package dev.cinnabar.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down again and again what this node counted in memory, and once more at the end. Unlike a timer, which one node of several runs, every node does its own. */
final class Chores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chores").factory());
    private final List<Runnable> chores = new ArrayList<>();

    /** Adds a chore that is done after each pause. */
    synchronized void every(Duration pause, String what, Runnable chore) {
        Runnable logged = () -> done(what, chore);
        chores.add(logged);
        var _ = thread.scheduleWithFixedDelay(logged, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void done(String what, Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.warn("{} could not be written down; it is kept and tried again", what, e);
        }
    }

    @Override
    public synchronized void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("a chore still ran after 5 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        chores.forEach(Runnable::run);
    }
}
