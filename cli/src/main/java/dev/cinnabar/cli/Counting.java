package dev.cinnabar.cli;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Counts the files of a run beside it, so that its progress has an end to measure against. */
final class Counting {
    private volatile long total = -1;

    /** Starts to count; only where a folder is walked is there anything to wait for. */
    void begin(Inputs inputs) {
        Thread.ofPlatform().daemon().name("counting").start(() -> count(inputs));
    }

    OptionalLong total() {
        long known = total;
        return known < 0 ? OptionalLong.empty() : OptionalLong.of(known);
    }

    private void count(Inputs inputs) {
        long[] files = {0};
        inputs.each(new Inputs.Taker() {
            @Override
            public boolean file(Path file, Path below) {
                files[0]++;
                return true;
            }

            @Override
            public void unreadable(Path path, String reason, String remedy) {
                files[0]++;
            }

            @Override
            public void skipped(Path path) {}
        });
        total = files[0];
    }
}
