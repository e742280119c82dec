package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What keeps the folder in shape while the ledger runs: the next segment prepared, old segments removed once their entries stand in durable bundles, the reserve. */
final class Upkeep {
    private final Layout layout;
    private final Disk disk;
    private final Segments segments;
    private final Reserve reserve;
    private final LedgerListener listener;
    private boolean alarmed;

    Upkeep(Layout layout, Disk disk, Segments segments, Reserve reserve, LedgerListener listener) {
        this.layout = layout;
        this.disk = disk;
        this.segments = segments;
        this.reserve = reserve;
        this.listener = listener;
    }

    void round(long published) {
        try {
            reserve.keep();
            retire(published);
            if (segments.wantsSpare()) {
                segments.prepare();
            }
            alarmed = false;
        } catch (IOException | RuntimeException e) {
            if (!alarmed) {
                alarmed = true;
                listener.alarm("The segments of " + layout.folder() + " cannot be kept in order: " + e.getMessage()
                        + ". It is tried again; recording goes on while there is room.");
            }
        }
    }

    void roomNeeded(String why) {
        reserve.giveUpIfFull(why);
    }

    /** Removes the segments whose entries all stand in bundles under this checkpoint, once these are durable. */
    void retire(long published) throws IOException {
        List<Segment> all = segments.all();
        for (int i = 0; i + 1 < all.size(); i++) {
            long bundles = bundlesUpTo(all.get(i + 1).first());
            if (bundles * TilePath.FULL > published) {
                return;
            }
            settle(all.get(i).first() / TilePath.FULL, bundles);
            segments.retire(all.get(i));
        }
    }

    private static long bundlesUpTo(long index) {
        return (index + TilePath.FULL - 1) / TilePath.FULL;
    }

    /** Makes durable what was written for these bundles: they themselves and every full tile that ended in them, and the folders these stand in. */
    private void settle(long from, long to) throws IOException {
        Deque<TilePath> files = new ArrayDeque<>();
        for (long n = from; n < to; n++) {
            files.add(new TilePath(TilePath.ENTRIES, n, TilePath.FULL));
        }
        long begin = from;
        long end = to;
        for (int level = 0; end > 0; level++) {
            for (long n = begin; n < end; n++) {
                files.add(new TilePath(level, n, TilePath.FULL));
            }
            begin /= TilePath.FULL;
            end /= TilePath.FULL;
        }
        Set<Path> folders = new HashSet<>();
        for (TilePath file : files) {
            Path path = layout.tile(file);
            disk.sync(path);
            for (Path up = path.getParent(); up != null && !up.equals(layout.folder()); up = up.getParent()) {
                folders.add(up);
            }
        }
        folders.add(layout.folder());
        for (Path folder : folders) {
            disk.sync(folder);
        }
    }
}
