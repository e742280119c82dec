package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The minimum index of tlog-tiles: entries below it are not kept any more. It stands in the file {@code minimum} where something was pruned. */
final class Minimum {
    static final String FORM = "cinnabar ledger minimum 1";

    private final Layout layout;
    private final Disk disk;
    private volatile long index;

    Minimum(Layout layout, Disk disk) throws IOException, LedgerException {
        this.layout = layout;
        this.disk = disk;
        this.index = read(layout);
        long bundles = index / TilePath.FULL;
        if (bundles > 0 && Files.exists(bundle(bundles - 1))) {
            remove(0, bundles); // a removal was cut short
        }
    }

    static long read(Layout layout) throws IOException, LedgerException.Damaged {
        Path file = layout.minimum();
        if (!Files.exists(file)) {
            return 0;
        }
        List<String> lines = SealedText.read(file).orElse(List.of());
        if (lines.size() != 2 || !lines.getFirst().equals(FORM) || !lines.get(1).matches("[0-9]{1,18}")) {
            throw new LedgerException.Damaged(
                    file, OptionalLong.empty(), "it is not as it was written", "Restore the file from a backup.");
        }
        return Long.parseLong(lines.get(1));
    }

    long index() {
        return index;
    }

    /** Raises the minimum to the beginning of this bundle, durably, and then removes the bundles below. Their hash tiles stay. */
    synchronized void raise(long bundle) throws IOException {
        long before = index;
        long next = bundle * TilePath.FULL;
        if (next > before) {
            disk.put(layout.minimum(), SealedText.bytes(FORM, String.valueOf(next)), true);
            index = next;
            remove(before / TilePath.FULL, bundle);
        }
    }

    private void remove(long from, long to) throws IOException {
        for (long n = from; n < to; n++) {
            disk.delete(bundle(n));
        }
    }

    private Path bundle(long n) {
        return layout.tile(new TilePath(TilePath.ENTRIES, n, TilePath.FULL));
    }
}
