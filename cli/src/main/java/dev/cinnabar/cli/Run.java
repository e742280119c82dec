package dev.cinnabar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** One run over many files: several at once, told in their order, never more than a window of them in memory. */
final class Run implements Inputs.Taker, AutoCloseable {
    private static final int WINDOW_PER_THREAD = 64;
    private static final long LAST_FILES_SECONDS = 20;

    private final Batch batch;
    private final Work work;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Optional<Journal> journal;
    private final Counting counting = new Counting();
    private final Progress progress;
    private final Optional<ExecutorService> pool;
    private final Deque<Future<Done>> window = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private Exit worst = Exit.WELL;
    private long told;
    private long skipped;

    /** A file that was done, and how it was then. */
    private record Done(Path file, Optional<Journal.State> state, Told told) {}

    Run(Batch batch, Work work, CommandLine line, Optional<Journal> journal) {
        this.batch = batch;
        this.work = work;
        this.out = line.getOut();
        this.err = line.getErr();
        this.journal = journal;
        this.progress = batch.progress(err, counting);
        this.pool = batch.threads() > 1 ? Optional.of(Executors.newFixedThreadPool(batch.threads())) : Optional.empty();
    }

    int over(Inputs inputs) {
        if (!batch.many() && journal.isEmpty()) {
            inputs.each(this);
            return worst.code();
        }
        counting.begin(inputs);
        Thread end = new Thread(this::stop, "end of the run");
        Runtime.getRuntime().addShutdownHook(end);
        inputs.each(this);
        settleUpTo(0);
        progress.end();
        journal.ifPresent(this::report);
        ended.countDown();
        forget(end);
        return worst.code();
    }

    /** The process is being ended: the files at work are finished, none is begun, what was done is kept. */
    private void stop() {
        stopping = true;
        try {
            if (ended.await(LAST_FILES_SECONDS, TimeUnit.SECONDS)) {
                err.println(
                        journal.isPresent()
                                ? "stopped; the same command with --resume goes on from here"
                                : "stopped; nothing is half written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // the process is ending already, and waits for this run
        }
    }

    @Override
    public boolean file(Path file, Path below) {
        if (stopping) {
            return false;
        }
        if (journal.filter(earlier -> earlier.did(file)).isPresent()) {
            progress.step(true);
            return true;
        }
        Optional<Told> objection = work.objection(file, below);
        if (objection.isPresent()) {
            settleUpTo(0);
            settle(new Done(file, Optional.empty(), objection.get()));
            return true;
        }
        if (pool.isEmpty()) {
            settle(done(file, below));
            return true;
        }
        window.addLast(pool.get().submit(() -> done(file, below)));
        settleUpTo(batch.threads() * WINDOW_PER_THREAD);
        return true;
    }

    private Done done(Path file, Path below) {
        if (journal.isEmpty()) {
            return new Done(file, Optional.empty(), guarded(file, below));
        }
        // the state before the reading, so that a change after it makes the file a new one; after it where the work
        // itself makes the change
        Optional<Journal.State> before = Journal.State.of(file);
        Told result = guarded(file, below);
        return new Done(file, work.changesItsFiles() ? Journal.State.of(file) : before, result);
    }

    /** One file that the program fails on does not end the run for the others. */
    private Told guarded(Path file, Path below) {
        try {
            return work.file(file, below);
        } catch (RuntimeException e) {
            return work.unreadable(
                    file, "the program failed on it (" + e + ")", "report this file to the makers of the program");
        }
    }

    @Override
    public void unreadable(Path path, String reason, String remedy) {
        settleUpTo(0);
        settle(new Done(path, Optional.empty(), work.unreadable(path, reason, remedy)));
    }

    @Override
    public void skipped(Path path) {
        skipped++;
    }

    /** Tells the files at the head of the window that are done, and waits for more until only so many are left. */
    private void settleUpTo(int left) {
        while (!window.isEmpty() && (window.size() > left || window.getFirst().isDone())) {
            settle(result(window.removeFirst()));
        }
    }

    private static Done result(Future<Done> one) {
        try {
            return one.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a run", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void settle(Done done) {
        Told result = done.told();
        if (batch.json()) {
            out.println(result.json());
        } else {
            progress.end();
            PrintWriter to = result.complaint() ? err : out;
            result.lines().forEach(to::println);
        }
        told++;
        worst = worst.worse(result.exit());
        progress.step(result.exit() == Exit.WELL);
        if (journal.isPresent()) {
            try {
                journal.get().add(done.file(), done.state(), result);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void report(Journal from) {
        try {
            from.close();
            Tally tally = Reports.write(from.path());
            worst = worst.worse(tally.worst());
            err.println("%,d files, %,d of them in earlier runs, %,d links and the like left out; report: %s"
                    .formatted(
                            told + from.did(), from.did(), skipped, from.path().resolveSibling(Reports.PAGE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pool.ifPresent(ExecutorService::shutdownNow);
        ended.countDown();
        journal.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
