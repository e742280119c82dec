package dev.cinnabar.ledger;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The segments as {@link Fsck} reads them: judges each, and then gives their leaves in ascending order, one segment in memory at a time. */
final class FsckSegments {
    private static final int LIVE_ATTEMPTS = 5;

    private final FsckBook book;
    private final Origin origin;
    private final long vouched;
    private final boolean unclean;
    private final List<Range> ranges = new ArrayList<>();
    private long expected = -1;
    private Optional<SegmentScan> loaded = Optional.empty();

    private record Range(Path file, long first, long end) {}

    /** {@code vouched}: the size of the checkpoint; {@code unclean}: the ledger was not closed. */
    FsckSegments(FsckBook book, Origin origin, long vouched, boolean unclean) {
        this.book = book;
        this.origin = origin;
        this.vouched = vouched;
        this.unclean = unclean;
    }

    void judge(List<Path> files) {
        for (Path file : files) {
            judge(file, file.equals(files.getLast()));
        }
        if (files.isEmpty() && !book.live()) {
            book.fault(book.layout().segments(), "there is no segment", FsckBook.RESTORE);
        }
    }

    private void judge(Path file, boolean last) {
        Optional<byte[]> bytes = book.read(file);
        if (bytes.isEmpty()) {
            return; // a ledger that is open has retired it meanwhile
        }
        Optional<SegmentScan> scan = SegmentScan.of(ByteBuffer.wrap(bytes.get()), origin);
        for (int i = 0; i < LIVE_ATTEMPTS && book.live() && !settled(scan); i++) {
            scan = book.read(file).flatMap(again -> SegmentScan.of(ByteBuffer.wrap(again), origin));
        }
        if (scan.isEmpty()) {
            book.fault(
                    file,
                    OptionalLong.of(0),
                    OptionalLong.empty(),
                    "its first 64 bytes are not as they were written",
                    FsckBook.RESTORE);
            expected = -1;
            return;
        }
        SegmentScan found = scan.get();
        long first = found.head().first();
        if (!file.equals(book.layout().segment(first)) || (expected >= 0 && expected != first)) {
            book.fault(
                    file,
                    "it begins with entry " + first + ", which does not follow what is before it",
                    FsckBook.RESTORE);
        }
        tail(file, found, last);
        ranges.add(new Range(file, first, found.end()));
        expected = found.end();
    }

    /** Of a file that is written to while it is read, a later part may have been seen newer than an earlier one. */
    private static boolean settled(Optional<SegmentScan> scan) {
        return scan.isPresent() && !(scan.get().tail() instanceof SegmentScan.Tail.Damaged);
    }

    private void tail(Path file, SegmentScan scan, boolean last) {
        OptionalLong at = OptionalLong.of(scan.offsets()[scan.frames().size()]);
        OptionalLong index = OptionalLong.of(scan.end());
        switch (scan.tail()) {
            case SegmentScan.Tail.Damaged damaged ->
                book.fault(file, at, index, "an entry is not as it was written", FsckBook.RESTORE);
            case SegmentScan.Tail.Clean clean
            when last && scan.end() < vouched && !book.live() ->
                book.fault(file, at, index, "an entry that the checkpoint vouches for is missing", FsckBook.RESTORE);
            case SegmentScan.Tail.Clean clean -> {}
            case SegmentScan.Tail.Torn torn when last && scan.end() >= vouched -> torn(file, torn);
            case SegmentScan.Tail.Torn torn ->
                book.fault(file, at, index, "what stands behind the last whole entry is not zero", FsckBook.RESTORE);
        }
    }

    private void torn(Path file, SegmentScan.Tail.Torn torn) {
        if (book.live()) {
            return; // a write on its way
        }
        if (unclean && torn.framed()) {
            book.note(book.name(file) + " ends in a write that was cut short, from byte " + torn.from()
                    + " on; nobody was told that it was kept, and the next opening clears it");
            return;
        }
        book.fault(
                file,
                OptionalLong.of(torn.firstNonZero()),
                OptionalLong.empty(),
                "a byte behind the last entry is not zero",
                "No entry that the checkpoint vouches for is concerned; opening the ledger clears it.");
    }

    /** The index after the last entry in the segments; 0 where there is none. */
    long end() {
        return ranges.isEmpty() ? 0 : ranges.getLast().end();
    }

    /** The leaf of this index, where a segment holds it whole. To be asked in ascending order. */
    Optional<byte[]> leaf(long index) {
        if (loaded.isEmpty()
                || index >= loaded.get().end()
                || index < loaded.get().head().first()) {
            loaded = load(index);
        }
        return loaded.map(
                scan -> scan.frames().get((int) (index - scan.head().first())).leaf());
    }

    private Optional<SegmentScan> load(long index) {
        return ranges.stream()
                .filter(range -> index >= range.first() && index < range.end())
                .findFirst()
                .flatMap(range -> book.read(range.file()))
                .flatMap(bytes -> SegmentScan.of(ByteBuffer.wrap(bytes), origin))
                .filter(scan -> index >= scan.head().first() && index < scan.end());
    }

    Path file(long index) {
        return ranges.stream()
                .filter(range -> index >= range.first() && index < range.end())
                .findFirst()
                .map(Range::file)
                .orElse(book.layout().segments());
    }
}
