package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every number in a file of boxes that names a position: chunk offsets (stco, which become co64 where 4 GiB no longer suffice, co64), auxiliary information (saio), the base of fragments
 * (tfhd), the tables of random access (tfra) and of segments (sidx). Called last: what the edits so far move, they follow.
 */
final class BmffPositions {
    /** A chunk offset table whose samples lie in this file. */
    private record Table(BmffBox box, int width, long count) {
        long from() {
            return box.body() + 8;
        }
    }

    private static final int BLOCK = 8192;

    private final BmffTree tree;
    private final Input file;
    private Shift shift = new Shift(List.of(), List.of());

    BmffPositions(BmffTree tree) {
        this.tree = tree;
        this.file = tree.file();
    }

    /** Follows the edits made so far, but in the table of items {@code done}, which its writer makes anew; gives where everything goes. */
    Shift follow(Optional<BmffBox> done) throws IOException, Refusal {
        shift = tree.edits().shift();
        if (shift.isNothing()) {
            return shift;
        }
        Optional<BmffBox> moov = tree.only("moov");
        if (moov.isPresent()) {
            movie(moov.get());
        }
        for (BmffBox box : tree.top()) {
            switch (box.type()) {
                case "moof" -> fragment(box);
                case "mfra" -> randomAccess(box);
                case "sidx" -> segments(box);
                case "meta" -> items(box, done);
                default -> {}
            }
        }
        return shift;
    }

    /** The places of the items of a metadata box. */
    private void items(BmffBox meta, Optional<BmffBox> done) throws IOException, Refusal {
        MovieMeta.of(tree, meta);
        Optional<HeifPlaces> places = HeifPlaces.of(tree, meta);
        if (places.isPresent() && !done.equals(Optional.of(places.get().box()))) {
            BmffBox box = places.get().box();
            byte[] bytes = places.get().bytes(shift, -1);
            if (bytes.length > box.end() - box.at()) {
                throw Refusal.broken(box.at(), "the table of items' places is longer than its box");
            }
            // what the table leaves of its box stays as it was
            System.arraycopy(tree.file().stretch(box.at(), 8), 0, bytes, 0, 8);
            tree.edits().replace(box.at(), box.at() + bytes.length, bytes);
        }
    }

    private void movie(BmffBox moov) throws IOException, Refusal {
        List<Table> tables = new ArrayList<>();
        List<BmffBox> auxiliary = new ArrayList<>();
        List<BmffBox> metas = new ArrayList<>();
        for (BmffBox box : tree.open(moov, 0)) {
            if (box.is("trak")) {
                track(box, tables, auxiliary);
                metas.addAll(box.all("meta"));
            } else if (box.is("meta")) {
                metas.add(box);
            }
        }
        List<Table> wider = new ArrayList<>();
        for (boolean more = true; more; ) {
            more = false;
            for (Table table : tables) {
                if (table.width() == 4 && !wider.contains(table) && overflows(table)) {
                    widen(table);
                    wider.add(table);
                    shift = tree.edits().shift();
                    more = true;
                }
            }
        }
        for (Table table : tables) {
            if (!wider.contains(table) && moves(table)) {
                long length = table.count() * table.width();
                tree.edits()
                        .replace(
                                table.from(), table.from() + length, length, out -> entries(table, table.width(), out));
            }
        }
        for (BmffBox box : auxiliary) {
            auxiliary(box);
        }
        for (BmffBox meta : metas) {
            items(meta, Optional.empty());
        }
    }

    private void track(BmffBox track, List<Table> tables, List<BmffBox> auxiliary) throws IOException, Refusal {
        for (BmffBox media : inside(List.of(track), "mdia")) {
            for (BmffBox information : inside(List.of(media), "minf")) {
                boolean own = isOwn(information);
                for (BmffBox box : samples(information)) {
                    if (own && (box.is("stco") || box.is("co64"))) {
                        tables.add(table(box));
                    } else if (own && box.is("saio")) {
                        auxiliary.add(box);
                    }
                }
            }
        }
    }

    private List<BmffBox> samples(BmffBox information) throws IOException, Refusal {
        List<BmffBox> all = new ArrayList<>();
        for (BmffBox table : inside(List.of(information), "stbl")) {
            all.addAll(tree.open(table, 0));
        }
        return all;
    }

    private List<BmffBox> inside(List<BmffBox> parents, String type) throws IOException, Refusal {
        List<BmffBox> found = new ArrayList<>();
        for (BmffBox parent : parents) {
            tree.open(parent, 0);
            found.addAll(parent.all(type));
        }
        return found;
    }

    /** Whether a track's samples lie in this file, as its data references say. */
    private boolean isOwn(BmffBox information) throws IOException, Refusal {
        int own = 0;
        int other = 0;
        for (BmffBox data : inside(List.of(information), "dinf")) {
            for (BmffBox references : inside(List.of(data), "dref")) {
                for (BmffBox reference : tree.open(references, 8)) {
                    boolean here = reference.length() >= 4 && (file.big(reference.body(), 4) & 1) == 1;
                    own += here ? 1 : 0;
                    other += here ? 0 : 1;
                }
            }
        }
        if (own > 0 && other > 0) {
            throw new Refusal(Fault.NO_ROOM, "a track's samples lie partly in other files");
        }
        return other == 0;
    }

    private Table table(BmffBox box) throws IOException, Refusal {
        int width = box.is("stco") ? 4 : 8;
        long count = box.length() < 8 ? 0 : file.big(box.body() + 4, 4);
        if (count * width > box.length() - 8 && count > 0) {
            throw Refusal.broken(box.at(), "a table of chunk offsets claims " + count + " entries");
        }
        return new Table(box, width, count);
    }

    private boolean overflows(Table table) throws IOException, Refusal {
        for (long i = 0; i < table.count(); i++) {
            if (shift.of(file.big(table.from() + 4 * i, 4)) >= 1L << 32) {
                return true;
            }
        }
        return false;
    }

    private boolean moves(Table table) throws IOException, Refusal {
        for (long i = 0; i < table.count(); i++) {
            long old = file.big(table.from() + table.width() * i, table.width());
            if (shift.of(old) != old) {
                return true;
            }
        }
        return false;
    }

    private void widen(Table table) throws IOException, Refusal {
        BmffBox box = table.box();
        long length = 16 + 8 * table.count();
        byte[] versionAndCount = file.stretch(box.body(), 8);
        tree.edits().replace(box.at(), box.end(), length, out -> {
            out.write(BmffTree.big(length, 4));
            out.write(new byte[] {'c', 'o', '6', '4'});
            out.write(versionAndCount);
            entries(table, 8, out);
        });
        box.parent().orElseThrow().grow(length - (box.end() - box.at()));
    }

    /** Writes a table's entries, moved. */
    private void entries(Table table, int width, OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        long left = table.count() * table.width();
        for (long at = table.from(); left > 0; ) {
            int n = file.read(at, block, 0, (int) Math.min(BLOCK, left));
            n -= n % table.width();
            if (n <= 0) {
                throw new IOException("the file became shorter while it was copied");
            }
            byte[] moved = new byte[n / table.width() * width];
            for (int i = 0; i < n / table.width(); i++) {
                long old = number(block, i * table.width(), table.width());
                System.arraycopy(BmffTree.big(shift.of(old), width), 0, moved, i * width, width);
            }
            out.write(moved);
            at += n;
            left -= n;
        }
    }

    private static long number(byte[] block, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (block[at + i] & 0xFF);
        }
        return value;
    }

    private void auxiliary(BmffBox box) throws IOException, Refusal {
        long flags = file.big(box.body(), 4);
        int width = flags >>> 24 == 0 ? 4 : 8;
        long from = box.body() + ((flags & 1) == 1 ? 12 : 4);
        patchAll(from + 4, file.big(from, 4), width, width, box);
    }

    private void patchAll(long from, long count, int step, int width, BmffBox box) throws IOException, Refusal {
        if (count > 0 && (count - 1) * step + width > box.end() - from) {
            throw Refusal.broken(box.at(), "a table claims " + count + " entries");
        }
        for (long i = 0; i < count; i++) {
            patch(from + i * step, width, shift.of(file.big(from + i * step, width)));
        }
    }

    private void patch(long at, int width, long value) throws IOException, Refusal {
        if (width == 4 && value >>> 32 != 0) {
            throw new Refusal(Fault.NO_ROOM, "a position at byte " + at + " no longer fits into 32 bits");
        }
        if (value != file.big(at, width)) {
            tree.edits().replace(at, at + width, BmffTree.big(value, width));
        }
    }

    /** A fragment that says where its data begins from the start of the file; all others count from themselves. */
    private void fragment(BmffBox moof) throws IOException, Refusal {
        for (long at = moof.body(); at + 8 <= moof.end(); at = next(at, moof.end())) {
            if (file.latin(at + 4, 4).equals("traf")) {
                long end = next(at, moof.end());
                for (long part = at + 8; part + 24 <= end; part = next(part, end)) {
                    if (file.latin(part + 4, 4).equals("tfhd") && (file.big(part + 8, 4) & 1) == 1) {
                        patch(part + 16, 8, shift.of(file.big(part + 16, 8)));
                    }
                }
            }
        }
    }

    private long next(long at, long end) throws IOException, Refusal {
        long size = file.big(at, 4);
        if (size < 8 || size > end - at) {
            throw Refusal.broken(at, "a box of a fragment claims " + size + " bytes");
        }
        return at + size;
    }

    private void randomAccess(BmffBox mfra) throws IOException, Refusal {
        for (BmffBox box : tree.open(mfra, 0)) {
            if (box.is("tfra") && box.length() >= 16) {
                int width = file.big(box.body(), 1) == 0 ? 4 : 8;
                long sizes = file.big(box.body() + 8, 4);
                int numbers = (int) ((sizes >> 4 & 3) + (sizes >> 2 & 3) + (sizes & 3) + 3);
                long count = file.big(box.body() + 12, 4);
                // each entry: a time, a position, three numbers of 1 to 4 bytes
                patchAll(box.body() + 16 + width, count, 2 * width + numbers, width, box);
            }
        }
    }

    /** The distance from the end of an index of segments to the first of them. */
    private void segments(BmffBox sidx) throws IOException, Refusal {
        int width = file.big(sidx.body(), 1) == 0 ? 4 : 8;
        long at = sidx.body() + 12 + width;
        long first = sidx.end() + file.big(at, width);
        patch(at, width, shift.distance(sidx.end(), first));
    }
}
