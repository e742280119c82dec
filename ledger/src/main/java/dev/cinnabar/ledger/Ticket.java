package dev.cinnabar.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An entry on its way to the disk. Waiting parks the thread and pins no carrier. */
public final class Ticket {
    private final byte[] content;
    private final CompletableFuture<Appended> outcome = new CompletableFuture<>();

    Ticket(byte[] content) {
        this.content = content;
    }

    byte[] content() {
        return content;
    }

    void durable(Appended appended) {
        outcome.complete(appended);
    }

    void failed(LedgerException.NotRecorded why) {
        outcome.completeExceptionally(why);
    }

    /** Whether the outcome is known. */
    public boolean done() {
        return outcome.isDone();
    }

    /**
     * Waits until the entry is durable or has failed. An interrupt does not end the wait, because the entry may be durable already; the thread's
     * interrupt flag is set again afterwards.
     */
    public Appended await() throws LedgerException.NotRecorded {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw refusal(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits at most this long; empty where the outcome is not known by then. */
    public Optional<Appended> await(Duration most) throws LedgerException.NotRecorded, InterruptedException {
        try {
            return Optional.of(outcome.get(most.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw refusal(e);
        }
    }

    private static LedgerException.NotRecorded refusal(ExecutionException e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        return new LedgerException.NotRecorded(String.valueOf(why.getMessage()), why);
    }
}
