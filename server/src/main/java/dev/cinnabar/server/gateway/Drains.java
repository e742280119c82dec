package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.surface.ChatStream;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads streams to their end whose client left, for the usage that the upstream will bill: so many at once, so long each; beyond that a stream is cancelled. */
final class Drains implements AutoCloseable {
    private final int most;
    private final Semaphore places;
    private final Duration longest;

    Drains(int most, Duration longest) {
        this.most = most;
        this.places = new Semaphore(most);
        this.longest = longest;
    }

    /** Drains the stream, or cancels it, and then runs what closes it; on another thread where it drains. */
    void drain(ChatStream stream, Runnable close) {
        if (!places.tryAcquire()) {
            stream.cancel();
            close.run();
            return;
        }
        Thread reader = Thread.ofVirtual().name("drain").start(() -> {
            try {
                read(stream);
            } finally {
                try {
                    close.run();
                } finally {
                    places.release();
                }
            }
        });
        Thread.ofVirtual().name("drain-limit").start(() -> {
            try {
                if (!reader.join(longest)) {
                    stream.cancel();
                }
            } catch (InterruptedException e) {
                stream.cancel();
            }
        });
    }

    private static void read(ChatStream stream) {
        try {
            while (!stream.next().end()) {
                // Only the usage matters now, and the stream remembers it.
            }
        } catch (UpstreamFailed e) {
            // Then there is no usage to keep.
            stream.cancel();
        }
    }

    /** Waits for those under way. */
    @Override
    public void close() {
        try {
            if (places.tryAcquire(most, longest.toMillis() + 500, TimeUnit.MILLISECONDS)) {
                places.release(most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
