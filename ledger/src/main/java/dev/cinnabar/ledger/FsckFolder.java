package dev.cinnabar.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at every file in the folder: those of zeros must be zeros, and each other one must have a reason to be there. */
final class FsckFolder {
    private static final Set<String> JUDGED_ELSEWHERE = Set.of("log", "checkpoint", "minimum");
    private static final int CHUNK = 1 << 16;

    private final FsckBook book;
    private final Layout layout;
    private final FsckSegments segments;
    private final FsckTree tree;
    private final long size;
    private final boolean unclean;

    FsckFolder(FsckBook book, FsckSegments segments, FsckTree tree, long size, boolean unclean) {
        this.book = book;
        this.layout = book.layout();
        this.segments = segments;
        this.tree = tree;
        this.size = size;
        this.unclean = unclean;
    }

    void walk() throws IOException {
        try (Stream<Path> all = Files.walk(layout.folder())) {
            all.filter(Files::isRegularFile).forEach(this::judge);
        } catch (UncheckedIOException e) {
            if (!book.live()) {
                throw e.getCause();
            }
            book.note("the folder changed while it was listed");
        }
    }

    private void judge(Path file) {
        String name = book.name(file);
        if (file.equals(layout.lock())) {
            if (unclean && !book.live()) {
                book.note("the ledger was not closed; the next opening sets in order what a crash left");
            }
        } else if (file.equals(layout.reserve()) || file.equals(layout.spare())) {
            zeros(file);
        } else if (Layout.isFresh(file)) {
            book.note(name + " was being written when a process ended, and is not used");
        } else if (file.startsWith(layout.tiles())) {
            tile(file, name);
        } else if (!JUDGED_ELSEWHERE.contains(name) && !segment(file)) {
            book.note(name + " is no part of a ledger and was not checked");
        }
    }

    private boolean segment(Path file) {
        return Layout.isSegment(file) && layout.segments().equals(file.getParent());
    }

    private void zeros(Path file) {
        if (book.live()) {
            return; // the next segment may be getting its head just now
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
            long at = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != 0) {
                    nonZero(file, at);
                    return;
                }
                at++;
            }
        } catch (IOException e) {
            book.fault(file, "it cannot be read: " + e.getMessage(), "Look at the disk.");
        }
    }

    private void nonZero(Path file, long at) {
        if (unclean) {
            book.note(book.name(file) + " was being prepared when the process ended, and is made again");
        } else {
            book.fault(
                    file,
                    OptionalLong.of(at),
                    OptionalLong.empty(),
                    "a byte is not zero in a file that only keeps room",
                    "No entry is concerned: delete the file, it is made again. Look at the disk.");
        }
    }

    private void tile(Path file, String name) {
        Optional<TilePath> path = TilePath.parse(name);
        if (path.isEmpty() || path.get().width() > path.get().available(size)) {
            if (!book.live()) {
                book.fault(file, "it belongs to no entry of this log", "Look where it comes from, and remove it.");
            }
        } else if (path.get().partial() && !book.live()) {
            leftOver(file, path.get());
        }
    }

    /** Partial tiles of earlier checkpoints, which a crash may leave, must at least be right. */
    private void leftOver(Path file, TilePath path) {
        Optional<byte[]> bytes = book.read(file);
        if (bytes.isEmpty()) {
            return;
        }
        Optional<byte[]> expected = expected(path);
        if (expected.isEmpty() || !Arrays.equals(bytes.get(), expected.get())) {
            book.fault(
                    file,
                    expected.map(right -> OptionalLong.of(Arrays.mismatch(bytes.get(), right)))
                            .orElse(OptionalLong.empty()),
                    OptionalLong.empty(),
                    "it does not hold what its entries say",
                    FsckBook.REMAKE);
        }
    }

    private Optional<byte[]> expected(TilePath path) {
        Path full = layout.tile(path.full());
        if (Files.exists(full)) {
            return book.read(full).flatMap(bytes -> FsckTiles.beginning(path, bytes));
        }
        if (path.entries()) {
            return fromSegments(path);
        }
        return tree.beyond(path).flatMap(bytes -> FsckTiles.beginning(path, bytes));
    }

    private Optional<byte[]> fromSegments(TilePath path) {
        Bundle bundle = new Bundle();
        for (int i = 0; i < path.width(); i++) {
            Optional<byte[]> leaf = segments.leaf(path.index() * TilePath.FULL + i);
            if (leaf.isEmpty()) {
                return Optional.empty();
            }
            bundle.add(leaf.get());
        }
        return Optional.of(bundle.bytes());
    }
}
