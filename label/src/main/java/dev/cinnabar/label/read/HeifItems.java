package dev.cinnabar.label.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The items of a picture file (ISO/IEC 14496-12, 23008-12): what they are, which describe the primary picture, and where they lie. */
final class HeifItems {
    /** One item. */
    record Item(long id, String type, String contentType, String encoding, boolean isProtected) {
        boolean isXmp() {
            return type.equals("mime") && contentType.equalsIgnoreCase("application/rdf+xml");
        }
    }

    /** A stretch of the file. */
    record Extent(long at, long length) {}

    private static final int LONGEST = 1024;

    private final Window file;
    private final Report report;
    private final Boxes boxes;
    private final List<Item> items = new ArrayList<>();
    private final Map<Long, List<Extent>> places = new HashMap<>();
    private final Set<Long> describing = new HashSet<>();
    private final Set<Long> describingPrimary = new HashSet<>();
    private long primary = -1;
    private long idatAt = -1;

    private HeifItems(Window file, Boxes boxes, Report report) {
        this.file = file;
        this.boxes = boxes;
        this.report = report;
    }

    static HeifItems read(Window file, Boxes boxes, Report report, Boxes.Box meta) throws IOException, Damage {
        HeifItems read = new HeifItems(file, boxes, report);
        long start = file.has(meta.body() + 4, "hdlr") ? meta.body() : meta.body() + 4;
        List<Boxes.Box> parts = boxes.within(start, meta.end());
        for (Boxes.Box part : parts) {
            switch (part.type()) {
                case "pitm" -> read.primary = read.number(part.body() + 4, read.version(part) == 0 ? 2 : 4);
                case "idat" -> read.idatAt = part.body();
                case "iinf" -> read.infos(part);
                default -> {}
            }
        }
        for (Boxes.Box part : parts) {
            if (part.type().equals("iloc")) {
                read.places(part);
            } else if (part.type().equals("iref")) {
                read.references(part);
            }
        }
        return read;
    }

    List<Item> items() {
        return items;
    }

    List<Extent> extents(long id) {
        return places.getOrDefault(id, List.of());
    }

    /** Whether an item describes the primary picture; one that says of nothing that it describes it is taken to. */
    boolean describesPrimary(long id) {
        return !describing.contains(id) || describingPrimary.contains(id);
    }

    private int version(Boxes.Box box) throws IOException, Damage {
        return file.u8(box.body());
    }

    private long number(long at, int count) throws IOException, Damage {
        return switch (count) {
            case 0 -> 0;
            case 2 -> file.u16be(at);
            case 4 -> file.u32be(at);
            case 8 -> file.u32be(at) << 32 | file.u32be(at + 4);
            default -> throw Damage.at(at, "a number of " + count + " bytes in a table of items");
        };
    }

    private void infos(Boxes.Box box) throws IOException, Damage {
        long from = box.body() + (version(box) == 0 ? 6 : 8);
        for (Boxes.Box entry : boxes.within(from, box.end())) {
            if (entry.type().equals("infe") && entry.length() >= 8) {
                info(entry);
            }
        }
    }

    private void info(Boxes.Box entry) throws IOException, Damage {
        int version = version(entry);
        int wide = version >= 3 ? 4 : 2;
        long id = number(entry.body() + 4, wide);
        long at = entry.body() + 4 + wide;
        boolean isProtected = file.u16be(at) != 0;
        at += 2;
        String type = "mime";
        if (version >= 2) {
            type = file.fourCc(at);
            at += 4;
        }
        int length = (int) Math.min(LONGEST, Math.max(0, entry.end() - at));
        String[] texts = new String(file.copy(at, length), StandardCharsets.ISO_8859_1).split("\0", -1);
        items.add(new Item(id, type, texts.length > 1 ? texts[1] : "", texts.length > 2 ? texts[2] : "", isProtected));
    }

    private void references(Boxes.Box box) throws IOException, Damage {
        int wide = version(box) == 0 ? 2 : 4;
        for (Boxes.Box entry : boxes.within(box.body() + 4, box.end())) {
            if (!entry.type().equals("cdsc") || entry.length() < wide + 2) {
                continue;
            }
            long from = number(entry.body(), wide);
            int count = file.u16be(entry.body() + wide);
            describing.add(from);
            for (int i = 0; i < count && entry.body() + wide + 2 + (long) wide * (i + 1) <= entry.end(); i++) {
                if (number(entry.body() + wide + 2 + (long) wide * i, wide) == primary) {
                    describingPrimary.add(from);
                }
            }
        }
    }

    private void places(Boxes.Box box) throws IOException, Damage {
        int version = version(box);
        int sizes = file.u16be(box.body() + 4);
        int wide = version < 2 ? 2 : 4;
        long count = number(box.body() + 6, wide);
        long at = box.body() + 6 + wide;
        int walked = 0;
        for (long i = 0; i < count; i++) {
            long id = number(at, wide);
            int method = version == 0 ? 0 : file.u16be(at + wide) & 15;
            at += wide + (version == 0 ? 0 : 2);
            boolean here = file.u16be(at) == 0;
            long base = number(at + 2, sizes >> 4 & 15);
            at += 2 + (sizes >> 4 & 15);
            int extents = file.u16be(at);
            at += 2;
            List<Extent> found = new ArrayList<>(1);
            for (int k = 0; k < extents; k++) {
                if (++walked > report.limits().boxes()) {
                    throw Damage.limit("more than " + report.limits().boxes() + " places of items");
                }
                at += version == 0 ? 0 : sizes & 15;
                long offset = base + number(at, sizes >> 12 & 15);
                at += sizes >> 12 & 15;
                found.add(extent(method, offset, number(at, sizes >> 8 & 15)));
                at += sizes >> 8 & 15;
            }
            places.put(id, here && method < 2 ? found : List.of());
        }
    }

    private Extent extent(int method, long offset, long length) {
        return new Extent(method == 1 ? idatAt + offset : offset, length);
    }
}
