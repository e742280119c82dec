package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.locks.ReentrantLock;

/** A file of zeros that keeps room on the disk, given up when there is none left elsewhere. */
final class Reserve {
    private final Layout layout;
    private final LedgerOptions options;
    private final LedgerListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean low;

    Reserve(Layout layout, LedgerOptions options, LedgerListener listener) {
        this.layout = layout;
        this.options = options;
        this.listener = listener;
    }

    /** Gives the room back to the file system; false where it was given already. */
    boolean giveUp(String why) {
        lock.lock();
        try {
            if (!Files.exists(layout.reserve())) {
                return false;
            }
            options.disk().delete(layout.reserve());
            low = true;
            listener.alarm("The disk of " + layout.folder() + " is full (" + why
                    + "). The reserve was given up so that recording can go on for a little: make room now.");
            return true;
        } catch (IOException e) {
            listener.alarm("The reserve " + layout.reserve() + " cannot be given up: " + e.getMessage());
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the room back where the disk is as good as full; false where it did not. */
    boolean giveUpIfFull(String why) {
        try {
            return options.disk().usable(layout.folder()) < options.segmentBytes() && giveUp(why);
        } catch (IOException e) {
            listener.alarm("The room on the disk of " + layout.folder() + " cannot be asked: " + e.getMessage());
            return false;
        }
    }

    /** Keeps the reserve filled where there is room for it, and says when room becomes short. */
    void keep() {
        lock.lock();
        try {
            long needed = options.reserveBytes() + 2L * options.segmentBytes();
            boolean there = Files.exists(layout.reserve());
            boolean lowNow =
                    options.disk().usable(layout.folder()) < (there ? needed - options.reserveBytes() : needed);
            if (lowNow && !low) {
                listener.alarm("The disk of " + layout.folder() + " is nearly full: make room.");
            }
            low = lowNow;
            if (!there && !lowNow && options.reserveBytes() > 0) {
                options.disk().create(layout.reserve(), options.reserveBytes()).close();
            }
        } catch (IOException e) {
            if (!low) {
                low = true;
                listener.alarm("The reserve " + layout.reserve() + " cannot be kept: " + e.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }
}
