package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the items of a picture file are (iinf), and which of them describe the primary picture (iref, pitm). */
final class HeifTable {
    /** One item. */
    record Item(long id, String type, String contentType, String encoding, boolean isProtected) {
        boolean isXmp() {
            return type.equals("mime") && contentType.equalsIgnoreCase("application/rdf+xml");
        }

        boolean isOpen() {
            return encoding.isEmpty() && !isProtected;
        }
    }

    private static final int LONGEST = 1024;
    private static final int LAST_SHORT_ID = 0xFFFF;

    private final BmffTree tree;
    private final Input file;
    private final BmffBox meta;
    private final BmffBox infos;
    private final List<Item> items = new ArrayList<>();

    private HeifTable(BmffTree tree, BmffBox meta, BmffBox infos) {
        this.tree = tree;
        this.file = tree.file();
        this.meta = meta;
        this.infos = infos;
    }

    static HeifTable of(BmffTree tree, BmffBox meta) throws IOException, Refusal {
        BmffBox infos = meta.child("iinf").orElseThrow(() -> new Refusal(Fault.NO_ROOM, "it has no table of items"));
        HeifTable table = new HeifTable(tree, meta, infos);
        boolean small = tree.file().big(infos.body(), 1) == 0;
        for (BmffBox entry : tree.open(infos, small ? 6 : 8)) {
            if (entry.is("infe") && entry.length() >= 8) {
                table.read(entry);
            }
        }
        return table;
    }

    List<Item> items() {
        return items;
    }

    private void read(BmffBox entry) throws IOException, Refusal {
        long version = file.big(entry.body(), 1);
        int wide = version >= 3 ? 4 : 2;
        long id = file.big(entry.body() + 4, wide);
        long at = entry.body() + 4 + wide;
        boolean isProtected = file.big(at, 2) != 0;
        String type = version >= 2 ? file.latin(at + 2, 4) : "mime";
        at += version >= 2 ? 6 : 2;
        byte[] rest = file.stretch(at, Math.min(LONGEST, Math.max(0, entry.end() - at)));
        String[] texts = new String(rest, StandardCharsets.ISO_8859_1).split("\0", -1);
        items.add(new Item(id, type, texts.length > 1 ? texts[1] : "", texts.length > 2 ? texts[2] : "", isProtected));
    }

    /** The number of the primary item, if one is named. */
    private Optional<Long> primary() throws IOException, Refusal {
        Optional<BmffBox> box = meta.child("pitm");
        if (box.isEmpty()) {
            return Optional.empty();
        }
        boolean small = file.big(box.get().body(), 1) == 0;
        return Optional.of(file.big(box.get().body() + 4, small ? 2 : 4));
    }

    /** Whether an item describes the primary picture; one that says of nothing that it describes it is taken to. */
    boolean describesPrimary(long id) throws IOException, Refusal {
        Optional<Long> primary = primary();
        boolean says = false;
        for (BmffBox references : meta.all("iref")) {
            int wide = file.big(references.body(), 1) == 0 ? 2 : 4;
            for (BmffBox entry : tree.open(references, 4)) {
                if (!entry.is("cdsc") || entry.length() < wide + 2 || file.big(entry.body(), wide) != id) {
                    continue;
                }
                says = true;
                long count = file.big(entry.body() + wide, 2);
                for (long i = 0; i < count && wide + 2 + wide * (i + 1) <= entry.length(); i++) {
                    if (primary.equals(Optional.of(file.big(entry.body() + wide + 2 + wide * i, wide)))) {
                        return true;
                    }
                }
            }
        }
        return !says;
    }

    /** Adds an XMP item that describes the primary picture; gives its number, which none of the places has yet. */
    long addXmp(HeifPlaces places) throws IOException, Refusal {
        long id = 0;
        for (Item item : items) {
            id = Math.max(id, item.id());
        }
        for (HeifPlaces.Item item : places.items()) {
            id = Math.max(id, item.id());
        }
        if (++id > LAST_SHORT_ID) {
            throw new Refusal(Fault.NO_ROOM, "it has no number left for an item");
        }
        byte[] texts = "XMP\0application/rdf+xml\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] kind = "mime".getBytes(StandardCharsets.ISO_8859_1);
        byte[] entry = BmffTree.box("infe", BmffTree.big(2L << 24, 4), BmffTree.big(id, 2), new byte[2], kind, texts);
        int count = file.big(infos.body(), 1) == 0 ? 2 : 4;
        long number = file.big(infos.body() + 4, count) + 1;
        if (number >>> (8 * count) != 0) {
            throw new Refusal(Fault.NO_ROOM, "it has too many items");
        }
        tree.edits().replace(infos.body() + 4, infos.body() + 4 + count, BmffTree.big(number, count));
        tree.replace(infos, infos.end(), infos.end(), entry);
        Optional<Long> primary = primary();
        if (primary.isPresent()) {
            describe(id, primary.get());
        }
        return id;
    }

    private void describe(long id, long primary) throws IOException, Refusal {
        Optional<BmffBox> references = meta.child("iref");
        boolean small = references.isPresent() ? file.big(references.get().body(), 1) == 0 : primary <= LAST_SHORT_ID;
        int wide = small ? 2 : 4;
        byte[] entry = BmffTree.box("cdsc", BmffTree.big(id, wide), BmffTree.big(1, 2), BmffTree.big(primary, wide));
        if (references.isPresent()) {
            BmffBox box = references.get();
            tree.replace(box, box.end(), box.end(), entry);
        } else {
            byte[] box = BmffTree.box("iref", BmffTree.big(small ? 0 : 1L << 24, 4), entry);
            tree.replace(meta, meta.end(), meta.end(), box);
        }
    }
}
