package dev.cinnabar.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The tile files as {@link Fsck} reads them. */
final class FsckTiles {
    private static final int LIVE_ATTEMPTS = 3;

    private final FsckBook book;
    private final long vouched;

    FsckTiles(FsckBook book, long vouched) {
        this.book = book;
        this.vouched = vouched;
    }

    /**
     * The bytes of a tile or bundle; a missing one is a fault where it is needed. Of a ledger that is open, a partial one may have been replaced by a wider
     * one: then the wider one's beginning is taken.
     */
    Optional<byte[]> read(TilePath path, boolean needed) {
        Path file = book.layout().tile(path);
        Optional<byte[]> bytes = book.read(file);
        for (int i = 0; i < LIVE_ATTEMPTS && bytes.isEmpty() && book.live() && path.partial(); i++) {
            bytes = wider(path);
        }
        if (bytes.isEmpty() && needed) {
            book.fault(file, "it is missing", path.entries() ? FsckBook.RESTORE : FsckBook.REMAKE);
        }
        return bytes;
    }

    private Optional<byte[]> wider(TilePath path) {
        Optional<byte[]> full = book.read(book.layout().tile(path.full()));
        Optional<byte[]> whole = full.isPresent() ? full : widest(path).flatMap(book::read);
        return whole.flatMap(bytes -> beginning(path, bytes));
    }

    private Optional<Path> widest(TilePath path) {
        Path folder = book.layout().tile(path).getParent();
        if (folder == null) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("[0-9]{1,3}"))
                    .filter(file -> Integer.parseInt(file.getFileName().toString()) >= path.width())
                    .findFirst();
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }

    /** The part of a tile or bundle that a narrower one has, if it is wide enough. */
    static Optional<byte[]> beginning(TilePath path, byte[] bytes) {
        if (path.entries()) {
            return Bundle.beginning(bytes, path.width());
        }
        int length = path.width() * Hash.BYTES;
        return bytes.length < length ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, length));
    }

    void compare(TilePath path, byte[] expected, boolean needed) {
        Optional<byte[]> bytes = read(path, needed);
        if (bytes.isPresent() && !Arrays.equals(bytes.get(), expected)) {
            int at = Arrays.mismatch(bytes.get(), expected);
            book.fault(
                    book.layout().tile(path),
                    OptionalLong.of(at),
                    OptionalLong.empty(),
                    "it does not hold the hashes of the tiles below it",
                    FsckBook.REMAKE);
        }
    }

    /** What the level above says about the full tile of level 0 with this index, where it says anything. */
    Optional<byte[]> parent(long index) {
        long above = index / TilePath.FULL;
        int column = (int) (index % TilePath.FULL);
        TilePath full = new TilePath(1, above, TilePath.FULL);
        int width = full.available(vouched);
        if (column >= width) {
            return Optional.empty();
        }
        return read(new TilePath(1, above, width), false)
                .filter(tile -> tile.length == width * Hash.BYTES)
                .map(tile -> Arrays.copyOfRange(tile, column * Hash.BYTES, (column + 1) * Hash.BYTES));
    }
}
