package dev.cinnabar.testkit;

import static dev.cinnabar.testkit.BoxBytes.box;
import static dev.cinnabar.testkit.BoxBytes.full;
import static dev.cinnabar.testkit.BoxBytes.join;
import static dev.cinnabar.testkit.BoxBytes.latin;
import static dev.cinnabar.testkit.BoxBytes.u16;
import static dev.cinnabar.testkit.BoxBytes.u32;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds HEIF files byte by byte: two picture items of made-up bytes, with any items beside them, in every shape of the table that says where they lie. */
public final class HeifBytes {
    /** How items are found. */
    private record Item(int id, String type, String contentType, byte[] content, boolean inMeta, int describes) {}

    private final String brand;
    private int version;
    private boolean metaLast;
    private boolean based;
    private boolean open;
    private final List<Item> items = new ArrayList<>();
    private byte[] before = {};
    private byte[] after = {};

    private HeifBytes(String brand) {
        this.brand = brand;
        item(1, "hvc1", "", filled(300, 0x61), false, 0);
        item(2, "hvc1", "", filled(77, 0x62), false, 0);
    }

    /** A primary picture, item 1, and another, item 2. */
    public static HeifBytes of(String brand) {
        return new HeifBytes(brand);
    }

    /** The version of the table of places: 0, 1 or 2. */
    public HeifBytes version(int number) {
        this.version = number;
        return this;
    }

    /** With the metadata behind the media. */
    public HeifBytes metaLast() {
        this.metaLast = true;
        return this;
    }

    /** With places that are all base and no offset. */
    public HeifBytes based() {
        this.based = true;
        return this;
    }

    /** With a last box that says no size. */
    public HeifBytes open() {
        this.open = true;
        return this;
    }

    /** With an XMP item that describes an item (0: none), its packet in the media or in the metadata. */
    public HeifBytes xmp(int id, String packet, boolean inMeta, int describes) {
        return item(id, "mime", "application/rdf+xml", packet.getBytes(StandardCharsets.UTF_8), inMeta, describes);
    }

    /** With an EXIF item. */
    public HeifBytes exif(int id, byte[] block) {
        return item(id, "Exif", "", join(u32(0), block), false, 1);
    }

    /** With boxes behind the first. */
    public HeifBytes before(byte[]... boxes) {
        this.before = join(boxes);
        return this;
    }

    /** With boxes at the end. */
    public HeifBytes after(byte[]... boxes) {
        this.after = join(boxes);
        return this;
    }

    private HeifBytes item(int id, String type, String contentType, byte[] content, boolean inMeta, int describes) {
        items.add(new Item(id, type, contentType, content, inMeta, describes));
        return this;
    }

    private static byte[] filled(int length, int value) {
        byte[] out = new byte[length];
        java.util.Arrays.fill(out, (byte) value);
        return out;
    }

    /** The file. */
    public byte[] bytes() {
        byte[] head = join(box("ftyp", latin(brand), u32(0), latin(brand), latin("mif1")), before);
        byte[] media = contents(false);
        if (metaLast) {
            byte[] meta = meta(head.length + 8);
            return join(head, box("mdat", media), meta, after);
        }
        byte[] meta = meta(head.length + meta(0).length + 8);
        byte[] box = box("mdat", media);
        if (open) {
            ByteBuffer.wrap(box).putInt(0, 0);
        }
        return join(head, meta, box, after);
    }

    private byte[] contents(boolean inMeta) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        items.stream().filter(item -> item.inMeta() == inMeta).forEach(item -> out.writeBytes(item.content()));
        return out.toByteArray();
    }

    private byte[] meta(int mediaAt) {
        ByteArrayOutputStream infos = new ByteArrayOutputStream();
        ByteArrayOutputStream references = new ByteArrayOutputStream();
        for (Item item : items) {
            byte[] type = latin(item.contentType().isEmpty() ? "\0" : "\0" + item.contentType() + "\0");
            infos.writeBytes(full("infe", 2, 0, u16(item.id()), u16(0), latin(item.type()), type));
            if (item.describes() > 0) {
                references.writeBytes(box("cdsc", u16(item.id()), u16(1), u16(item.describes())));
            }
        }
        byte[] refs = references.size() == 0 ? new byte[0] : full("iref", 0, 0, references.toByteArray());
        byte[] data = contents(true);
        return full(
                "meta",
                0,
                0,
                BoxBytes.handler("pict"),
                full("pitm", 0, 0, u16(1)),
                places(mediaAt),
                full("iinf", 0, 0, u16(items.size()), infos.toByteArray()),
                refs,
                data.length == 0 ? new byte[0] : box("idat", data));
    }

    private byte[] places(int mediaAt) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int inMedia = mediaAt;
        int inMeta = 0;
        for (Item item : items) {
            int at = item.inMeta() ? inMeta : inMedia;
            out.writeBytes(version == 2 ? u32(item.id()) : u16(item.id()));
            out.writeBytes(version == 0 ? new byte[0] : u16(item.inMeta() ? 1 : 0));
            out.writeBytes(u16(0));
            out.writeBytes(based ? u32(at) : new byte[0]);
            out.writeBytes(u16(1));
            out.writeBytes(based ? u32(item.content().length) : join(u32(at), u32(item.content().length)));
            inMeta += item.inMeta() ? item.content().length : 0;
            inMedia += item.inMeta() ? 0 : item.content().length;
        }
        byte[] count = version == 2 ? u32(items.size()) : u16(items.size());
        return full("iloc", version, 0, u16(based ? 0x0440 : 0x4400), count, out.toByteArray());
    }

    /** The bytes of the two pictures of a file that was built here, as its table of places finds them; offsets of four bytes or base alone. */
    public static byte[] media(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int table = new String(file, StandardCharsets.ISO_8859_1).indexOf("iloc");
        int version = file[table + 4];
        int offsetSize = file[table + 8] >> 4 & 15;
        int baseSize = file[table + 9] >> 4 & 15;
        int at = table + (version == 2 ? 14 : 12);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) {
            at += (version == 2 ? 4 : 2) + (version == 0 ? 0 : 2) + 2;
            int start = baseSize == 0 ? 0 : in.getInt(at);
            at += baseSize + 2;
            start += offsetSize == 0 ? 0 : in.getInt(at);
            at += offsetSize;
            out.write(file, start, in.getInt(at));
            at += 4;
        }
        return out.toByteArray();
    }
}
