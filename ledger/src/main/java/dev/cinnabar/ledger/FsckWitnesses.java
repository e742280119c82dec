package dev.cinnabar.ledger;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Up to 256 entries, and all that is said about their hashes: by the bundle, the tile, the segment. Where these differ, the most of them are believed; where it is
 * one against one, the tile above decides.
 */
final class FsckWitnesses {
    private final FsckBook book;
    private final FsckSegments segments;
    private final FsckTiles tiles;
    private final long base;
    private final int width;
    private final MessageDigest digest = Merkle.sha256();
    private final List<Said> said = new ArrayList<>();
    private final List<Optional<byte[]>> held = new ArrayList<>();
    private final List<Runnable> deferred = new ArrayList<>();

    /** What one file says: of each of its entries where it stands in the file and the hash it leads to. */
    private record Said(Path file, int[] offsets, List<byte[]> hashes, boolean entries) {}

    /** One file's word about one entry. */
    private record Word(Path file, OptionalLong offset, byte[] hash, boolean entries) {}

    FsckWitnesses(FsckBook book, FsckSegments segments, FsckTiles tiles, long base, int width) {
        this.book = book;
        this.segments = segments;
        this.tiles = tiles;
        this.base = base;
        this.width = width;
        for (int i = 0; i < width; i++) {
            held.add(segments.leaf(base + i).map(leaf -> Merkle.leaf(digest, leaf)));
        }
    }

    void bundle(TilePath path, boolean needed) {
        Optional<byte[]> bytes = tiles.read(path, needed);
        if (bytes.isEmpty()) {
            return;
        }
        Path file = book.layout().tile(path);
        List<byte[]> hashes = new ArrayList<>();
        int[] offsets = new int[TilePath.FULL];
        int at = 0;
        while (hashes.size() < path.width()) {
            Optional<byte[]> leaf = Bundle.leaf(bytes.get(), at);
            if (leaf.isEmpty()) {
                break;
            }
            offsets[hashes.size()] = at;
            hashes.add(Merkle.leaf(digest, leaf.get()));
            at += Bundle.LENGTH_BYTES + leaf.get().length;
        }
        said.add(new Said(file, offsets, hashes, true));
        if (hashes.size() < path.width() || at != bytes.get().length) {
            misshapen(file, base + Math.min(hashes.size(), path.width() - 1), at, path.width());
        }
    }

    /** To be said last: where one entry can be named, that says more. */
    private void misshapen(Path file, long index, int at, int expected) {
        deferred.add(() -> book.fault(
                file,
                OptionalLong.of(at),
                OptionalLong.of(index),
                "it is not " + expected + " whole entries and nothing else",
                FsckBook.RESTORE));
    }

    void tile(TilePath path, boolean needed) {
        Optional<byte[]> bytes = tiles.read(path, needed);
        if (bytes.isEmpty()) {
            return;
        }
        int length = path.width() * Hash.BYTES;
        if (bytes.get().length != length) {
            book.fault(
                    book.layout().tile(path),
                    OptionalLong.of(Math.min(length, bytes.get().length)),
                    OptionalLong.empty(),
                    "it is not " + length + " bytes long",
                    FsckBook.REMAKE);
        }
        List<byte[]> hashes = new ArrayList<>();
        int[] offsets = new int[TilePath.FULL];
        for (int i = 0; (i + 1) * Hash.BYTES <= Math.min(length, bytes.get().length); i++) {
            offsets[i] = i * Hash.BYTES;
            hashes.add(Arrays.copyOfRange(bytes.get(), offsets[i], offsets[i] + Hash.BYTES));
        }
        said.add(new Said(book.layout().tile(path), offsets, hashes, false));
    }

    /** The hash of the i-th entry that is believed; who says otherwise is a fault. Empty where nobody knows the entry. */
    Optional<byte[]> settle(int i) {
        List<Word> words = words(i);
        if (words.isEmpty()) {
            deferred.forEach(Runnable::run);
            book.fault(
                    book.layout().tile(new TilePath(TilePath.ENTRIES, base / TilePath.FULL, TilePath.FULL)),
                    OptionalLong.empty(),
                    OptionalLong.of(base + i),
                    "the entry is nowhere; what comes after it was not checked",
                    FsckBook.RESTORE);
            return Optional.empty();
        }
        byte[] believed = believed(i, words);
        for (Word word : words) {
            if (!Arrays.equals(word.hash(), believed)) {
                wrong(word, base + i);
            }
        }
        if (i == width - 1) {
            deferred.forEach(Runnable::run);
        }
        return Optional.of(believed);
    }

    private List<Word> words(int i) {
        List<Word> words = new ArrayList<>();
        for (Said one : said) {
            if (i < one.hashes().size()) {
                words.add(new Word(
                        one.file(),
                        OptionalLong.of(one.offsets()[i]),
                        one.hashes().get(i),
                        one.entries()));
            }
        }
        held.get(i).ifPresent(hash -> words.add(new Word(segments.file(base + i), OptionalLong.empty(), hash, true)));
        return words;
    }

    private byte[] believed(int i, List<Word> words) {
        byte[] best = words.getFirst().hash();
        int most = 0;
        boolean tie = false;
        for (Word word : words) {
            int votes = (int) words.stream()
                    .filter(other -> Arrays.equals(other.hash(), word.hash()))
                    .count();
            if (votes > most) {
                most = votes;
                best = word.hash();
                tie = false;
            } else if (votes == most && !Arrays.equals(best, word.hash())) {
                tie = true;
            }
        }
        return tie ? decided(i, words).orElse(best) : best;
    }

    /** Of the entries and the tile, the one that leads to what the tile above says. */
    private Optional<byte[]> decided(int i, List<Word> words) {
        Optional<byte[]> parent = tiles.parent(base / TilePath.FULL);
        for (Said one : said) {
            if (parent.isPresent() && one.hashes().size() == TilePath.FULL) {
                byte[] all = Ed25519Key.join(one.hashes().toArray(byte[][]::new));
                if (Arrays.equals(Merkle.perfect(digest, all, 0, TilePath.FULL), parent.get())) {
                    return Optional.of(one.hashes().get(i));
                }
            }
        }
        return words.stream().filter(word -> !word.entries()).map(Word::hash).findFirst();
    }

    private void wrong(Word word, long index) {
        book.fault(
                word.file(),
                word.offset(),
                OptionalLong.of(index),
                word.entries() ? "an entry is not what the tree was built from" : "a hash is not that of its entry",
                word.entries() ? FsckBook.RESTORE : FsckBook.REMAKE);
    }
}
