package dev.cinnabar.ledger;

import java.io.IOException;
import java.security.SignatureException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The second thread of a ledger: on a timer, or when asked, it integrates what is durable, signs and publishes it, then sees to the segments and the
 * reserve. Appending never waits for it.
 */
final class Keeper implements Runnable {
    private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Sequencer sequencer;
    private final Integrator integrator;
    private final Publisher publisher;
    private final Upkeep upkeep;
    private final Gate gate;
    private final LedgerListener listener;
    private final long every;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roundEnded = lock.newCondition();
    private volatile Published published;
    private volatile boolean asked;
    private volatile boolean closing;
    private final AtomicLong failures = new AtomicLong();
    private volatile String failure = "";
    private long signedAt = System.nanoTime() - LEAST_PAUSE;
    private boolean alarmed;
    private boolean struggling;

    Keeper(
            Sequencer sequencer,
            Recovery.Recovered recovered,
            Upkeep upkeep,
            Gate gate,
            LedgerListener listener,
            Duration every) {
        this.sequencer = sequencer;
        this.integrator = recovered.integrator();
        this.publisher = recovered.publisher();
        this.published = recovered.published();
        this.upkeep = upkeep;
        this.gate = gate;
        this.listener = listener;
        this.every = every.toNanos();
        this.thread = Thread.ofPlatform().daemon().name("ledger-keeper").unstarted(this);
    }

    void start() {
        asked = sequencer.sequenced().size() > published.size(); // what recovery found beyond the checkpoint
        thread.start();
    }

    Published published() {
        return published;
    }

    @Override
    public void run() {
        while (!closing) {
            if (!asked) {
                LockSupport.parkNanos(this, every);
            }
            long rest = LEAST_PAUSE - (System.nanoTime() - signedAt);
            if (rest > 0 && !closing) {
                LockSupport.parkNanos(this, rest);
            }
            asked = false;
            round();
            upkeep.round(published.size());
        }
    }

    private void round() {
        try {
            publishNew();
            alarmed = false;
        } catch (LedgerException.Damaged e) {
            gate.breakDown(String.valueOf(e.getMessage()));
            failed(e, false);
        } catch (IOException | SignatureException | RuntimeException e) {
            failed(e, true);
        } finally {
            tellWaiting();
        }
    }

    private void tellWaiting() {
        lock.lock();
        try {
            roundEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void publishNew() throws IOException, SignatureException, LedgerException.Damaged {
        Sequenced sequenced = sequencer.sequenced();
        while (sequenced.size() > published.size() && !gate.broken()) {
            Integrated integrated = struggling
                    ? integrator.integrateSome(published.size(), sequenced)
                    : integrator.integrate(sequenced);
            signedAt = System.nanoTime();
            published = publisher.publish(integrated);
            listener.published(published.checkpoint());
            if (struggling) {
                upkeep.retire(published.size()); // gives room for the next bundle where there was none
            }
        }
        struggling = false;
    }

    private void failed(Exception e, boolean retried) {
        failure = String.valueOf(e.getMessage());
        failures.incrementAndGet();
        struggling = true;
        if (retried) {
            upkeep.roomNeeded(failure);
        }
        if (!alarmed) {
            alarmed = true;
            listener.alarm("The ledger cannot publish: " + failure + (retried ? ". It tries again." : "."));
        }
    }

    /** Waits until a checkpoint covers this size. */
    Published cover(long size) throws LedgerException.Unavailable {
        long before = failures.get();
        lock.lock();
        try {
            while (published.size() < size) {
                if (failures.get() > before || !thread.isAlive() || gate.broken()) {
                    throw new LedgerException.Unavailable(
                            "The newest entries cannot be published: " + failure + ". The checkpoint before stands.");
                }
                asked = true;
                LockSupport.unpark(thread);
                roundEnded.awaitUninterruptibly();
            }
            return published;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread and publishes what the sequencer has left; to be called when that one has ended. */
    void close() {
        closing = true;
        LockSupport.unpark(thread);
        Threads.join(thread);
        round();
        if (struggling && !gate.broken()) {
            round(); // once more, in small steps
        }
    }
}
