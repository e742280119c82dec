package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of where the items of a file lie (iloc), with every place as it stood, to be written anew when the bytes have moved. */
final class HeifPlaces {
    /** A stretch, counted from the start of the file as it was. */
    record Extent(long index, long at, long length) {
        long end() {
            return at + length;
        }
    }

    /** One item; of an item that lies elsewhere (another file, another item) the places are kept as they are. */
    record Item(long id, int method, int reference, long base, List<Extent> extents) {
        boolean isHere() {
            return reference == 0 && method < 2;
        }

        Item with(List<Extent> others) {
            return new Item(id, method, reference, base, others);
        }
    }

    private final BmffTree tree;
    private final BmffBox box;
    private final long idatAt;
    private final int version;
    private final int sizes;
    private final List<Item> items = new ArrayList<>();

    private HeifPlaces(BmffTree tree, BmffBox box, long idatAt) throws IOException, Refusal {
        this.tree = tree;
        this.box = box;
        this.idatAt = idatAt;
        this.version = (int) tree.file().big(box.body(), 1);
        this.sizes = (int) tree.file().big(box.body() + 4, 2);
    }

    /** The table of a metadata box, if it has one. */
    static Optional<HeifPlaces> of(BmffTree tree, BmffBox meta) throws IOException, Refusal {
        Optional<BmffBox> box = meta.child("iloc");
        if (box.isEmpty()) {
            return Optional.empty();
        }
        long idat = meta.child("idat").map(BmffBox::body).orElse(0L);
        HeifPlaces places = new HeifPlaces(tree, box.get(), idat);
        places.read();
        return Optional.of(places);
    }

    BmffBox box() {
        return box;
    }

    List<Item> items() {
        return items;
    }

    /** The item of a number. */
    Optional<Item> item(long id) {
        return items.stream().filter(item -> item.id() == id).findFirst();
    }

    /** Puts an item in the place of the one of its number, or adds it. */
    void put(Item item) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).id() == item.id()) {
                items.set(i, item);
                return;
            }
        }
        items.add(item);
    }

    private int offsetSize() {
        return sizes >> 12 & 15;
    }

    private int lengthSize() {
        return sizes >> 8 & 15;
    }

    private int baseSize() {
        return sizes >> 4 & 15;
    }

    private int indexSize() {
        return version == 0 ? 0 : sizes & 15;
    }

    private int idSize() {
        return version < 2 ? 2 : 4;
    }

    private void read() throws IOException, Refusal {
        byte[] content = tree.content(box.body(), box.end());
        Numbers in = new Numbers(content, box.body());
        in.skip(6);
        long count = in.next(idSize());
        long walked = 0;
        for (long i = 0; i < count; i++) {
            long id = in.next(idSize());
            int method = version == 0 ? 0 : (int) in.next(2) & 15;
            int reference = (int) in.next(2);
            long base = in.next(baseSize());
            long extents = in.next(2);
            boolean here = reference == 0 && method < 2;
            long start = (here ? base : 0) + (here && method == 1 ? idatAt : 0);
            List<Extent> found = new ArrayList<>(1);
            walked += extents + 1;
            if (walked > tree.job().limits().boxes()) {
                throw new Refusal(
                        Fault.TOO_LARGE, "more than " + tree.job().limits().boxes() + " places of items");
            }
            for (long k = 0; k < extents; k++) {
                long index = in.next(indexSize());
                long at = start + in.next(offsetSize());
                found.add(new Extent(index, at, in.next(lengthSize())));
            }
            items.add(new Item(id, method, reference, base, found));
        }
    }

    /** How many bytes the table will have. */
    long length() {
        long length = 14L + idSize();
        for (Item item : items) {
            length += idSize() + (version == 0 ? 0 : 2) + 2 + baseSize() + 2;
            length += (long) item.extents().size() * (indexSize() + offsetSize() + lengthSize());
        }
        return length;
    }

    /** The table after a shift; the extents of the item {@code fresh} are new positions already. */
    byte[] bytes(Shift shift, long fresh) throws IOException, Refusal {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(tree.file().stretch(box.body(), 6));
        number(out, items.size(), idSize());
        for (Item item : items) {
            number(out, item.id(), idSize());
            number(out, item.method(), version == 0 ? 0 : 2);
            number(out, item.reference(), 2);
            item(out, item, item.id() == fresh ? new Shift(List.of(), List.of()) : shift);
        }
        return BmffTree.box("iloc", out.toByteArray());
    }

    private void item(ByteArrayOutputStream out, Item item, Shift shift) throws Refusal {
        long start = item.method() == 1 ? shift.of(idatAt) : 0;
        List<Long> offsets = new ArrayList<>(1);
        long least = Long.MAX_VALUE;
        for (Extent extent : item.extents()) {
            offsets.add(item.isHere() ? shift.of(extent.at()) - start : extent.at());
            least = Math.min(least, offsets.getLast());
        }
        long base = item.base();
        if (item.isHere() && offsetSize() == 0 && !offsets.isEmpty()) {
            base = least;
        } else if (item.isHere() && least < base) {
            base = 0;
        }
        number(out, base, baseSize());
        number(out, offsets.size(), 2);
        for (int i = 0; i < offsets.size(); i++) {
            number(out, item.extents().get(i).index(), indexSize());
            number(out, offsets.get(i) - (item.isHere() ? base : 0), offsetSize());
            number(out, item.extents().get(i).length(), lengthSize());
        }
    }

    private void number(ByteArrayOutputStream out, long value, int size) throws Refusal {
        if (size == 0 ? value != 0 : size < 8 && value >>> (8 * size) != 0) {
            throw new Refusal(Fault.NO_ROOM, "a place of an item no longer fits into " + size + " bytes");
        }
        out.writeBytes(BmffTree.big(value, size));
    }

    /** Numbers of a table, one after the other. */
    private static final class Numbers {
        private final byte[] content;
        private final long where;
        private int at;

        Numbers(byte[] content, long where) {
            this.content = content;
            this.where = where;
        }

        void skip(int count) {
            at += count;
        }

        long next(int count) throws Refusal {
            boolean usual = count == 0 || count == 2 || count == 4 || count == 8;
            if (!usual || at + count > content.length) {
                throw Refusal.broken(where + at, "the table of items' places ends too early");
            }
            long value = 0;
            for (int i = 0; i < count; i++) {
                value = value << 8 | (content[at + i] & 0xFF);
            }
            at += count;
            return value;
        }
    }
}
