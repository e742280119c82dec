package dev.cinnabar.server.gateway.upstream;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Ends exchanges that take too long: one thread looks at all of them every 50 ms, so that a guard costs an exchange no timer of its own. */
public final class Watch implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    public Watch() {
        thread = Thread.ofPlatform().name("upstream-watch").daemon().start(this::look);
    }

    /** Begins to guard an exchange: {@code end} is run once, from another thread, when the time is over. */
    Guard guard(Runnable end, long untilNanos) {
        Guard guard = new Guard(end, untilNanos);
        guards.add(guard);
        return guard;
    }

    private void look() {
        while (!closed) {
            long now = System.nanoTime();
            for (Iterator<Guard> all = guards.iterator(); all.hasNext(); ) {
                Guard guard = all.next();
                if (guard.over(now) && guard.expire()) {
                    all.remove();
                }
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** The time of one exchange. */
    final class Guard {
        private final Runnable end;
        private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
        private volatile long until;

        private Guard(Runnable end, long until) {
            this.end = end;
            this.until = until;
        }

        void until(long nanos) {
            until = nanos;
        }

        boolean expired() {
            return state.get() == State.EXPIRED;
        }

        /** The exchange is over: from now on its connection may serve another, and must not be ended. */
        void done() {
            if (state.compareAndSet(State.RUNNING, State.DONE)) {
                guards.remove(this);
            }
        }

        private boolean over(long now) {
            return now - until >= 0;
        }

        private boolean expire() {
            if (!state.compareAndSet(State.RUNNING, State.EXPIRED)) {
                return false;
            }
            end.run();
            return true;
        }
    }

    private enum State {
        RUNNING,
        EXPIRED,
        DONE
    }
}
