package dev.cinnabar.label.write;

import java.util.Arrays;
import java.util.List;

/** Where the bytes of a file go when it is edited: every part that grows moves what stands behind it. */
final class Shift {
    private final long[] behind;
    private final long[] moved;

    /** Edits in the order of the file: the byte behind each, and by how much each lengthens the file. */
    Shift(List<Long> behind, List<Long> growths) {
        this.behind = new long[behind.size()];
        this.moved = new long[behind.size()];
        long sum = 0;
        for (int i = 0; i < behind.size(); i++) {
            sum += growths.get(i);
            this.behind[i] = behind.get(i);
            this.moved[i] = sum;
        }
    }

    /** Whether everything stays where it is. */
    boolean isNothing() {
        for (long by : moved) {
            if (by != 0) {
                return false;
            }
        }
        return true;
    }

    /** The new position of the byte that stood at a position, as an unsigned number; what lies outside of the file moves with its end. */
    long of(long old) {
        if (old < 0) {
            return old + (moved.length == 0 ? 0 : moved[moved.length - 1]);
        }
        int i = Arrays.binarySearch(behind, old);
        if (i < 0) {
            i = -i - 2;
        } else {
            while (i + 1 < behind.length && behind[i + 1] == old) {
                i++;
            }
        }
        return i < 0 ? old : old + moved[i];
    }

    /** The new distance between two places. */
    long distance(long from, long to) {
        return of(to) - of(from);
    }
}
