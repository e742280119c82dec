package dev.cinnabar.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;

/** Tells how far a long run is: a line that rewrites itself on a terminal, a plain line every few seconds otherwise; nothing for a short run. */
final class Progress {
    private static final long FIRST_MILLIS = 2_000;
    private static final long TERMINAL_MILLIS = 200;
    private static final long PLAIN_MILLIS = 5_000;

    private final PrintWriter err;
    private final InstantSource clock;
    private final boolean terminal;
    private final long began;
    private long next;
    private long done;
    private long failed;
    private boolean drawn;

    Progress(PrintWriter err, InstantSource clock) {
        this.err = err;
        this.clock = clock;
        this.terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        this.began = clock.millis();
        this.next = began + FIRST_MILLIS;
    }

    void step(boolean well) {
        done++;
        failed += well ? 0 : 1;
        long now = clock.millis();
        if (now >= next) {
            draw(now);
            next = now + (terminal ? TERMINAL_MILLIS : PLAIN_MILLIS);
        }
    }

    private void draw(long now) {
        String line =
                "%,d files, %,d not well, %,d files/s".formatted(done, failed, done * 1_000 / Math.max(1, now - began));
        if (terminal) {
            err.print("\r" + line + "   ");
            err.flush();
            drawn = true;
        } else {
            err.println(line);
        }
    }

    void end() {
        if (drawn) {
            err.println();
        }
    }
}
