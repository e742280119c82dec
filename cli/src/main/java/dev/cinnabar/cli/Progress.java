package dev.cinnabar.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Tells how far a long run is: a bar that rewrites itself on a terminal, a plain line every few seconds otherwise; nothing for a short run. */
final class Progress {
    private static final long FIRST_MILLIS = 2_000;
    private static final long TERMINAL_MILLIS = 200;
    private static final long PLAIN_MILLIS = 5_000;
    private static final int BAR = 30;

    private final PrintWriter err;
    private final InstantSource clock;
    private final Supplier<OptionalLong> total;
    private final boolean terminal;
    private final long began;
    private long next;
    private long done;
    private long failed;
    private boolean drawn;

    /** @param total how many files there are, once that is known */
    Progress(PrintWriter err, InstantSource clock, Supplier<OptionalLong> total) {
        this.err = err;
        this.clock = clock;
        this.total = total;
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
        long rate = done * 1_000 / Math.max(1, now - began);
        String line = "%,d files, %,d not well, %,d files/s".formatted(done, failed, rate);
        OptionalLong all = total.get();
        if (all.isPresent() && all.getAsLong() >= done && rate > 0) {
            line = "%s of %,d, %s left".formatted(line, all.getAsLong(), left((all.getAsLong() - done) / rate));
        }
        if (terminal) {
            String bar = all.isPresent() && all.getAsLong() > 0 ? bar(done, all.getAsLong()) : "";
            err.print("\r" + bar + line + "   ");
            err.flush();
            drawn = true;
        } else {
            err.println(line);
        }
    }

    private static String bar(long done, long all) {
        int full = (int) Math.min(BAR, BAR * done / all);
        return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] ";
    }

    private static String left(long seconds) {
        return seconds < 60 ? seconds + " s" : seconds < 3600 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /** Clears the bar's line, so that a line of text can be printed. */
    void end() {
        if (drawn) {
            err.println();
            drawn = false;
        }
    }
}
