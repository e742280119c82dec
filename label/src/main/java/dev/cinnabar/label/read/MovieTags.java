package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Finds labels in the boxes of a movie: {@code moov/udta/meta} with keys (the guide's place), and every other place that files were seen to use. */
final class MovieTags {
    /** How places are named, and whether the movie's metadata is where the guide wants the label. */
    record Naming(String word, String guide, boolean isMain) {
        Place place(String where, boolean main) {
            return main && isMain ? Place.main(word + ":" + where, guide) : Place.other(word + ":" + where, guide);
        }
    }

    private static final String XMP = "be7acfcb97a942e89c71999491e3afac";
    private static final String C2PA = "d8fec3d61b0e483c92975828877ec481";
    private static final int HEADER_OF_TEXT = 4;

    private final Window file;
    private final Report report;
    private final Boxes boxes;
    private final Naming naming;
    private final LabelText label;

    MovieTags(Window file, Report report, Boxes boxes, Naming naming) {
        this.file = file;
        this.report = report;
        this.boxes = boxes;
        this.naming = naming;
        this.label = new LabelText(report);
    }

    /** Looks through one box of the file. */
    void top(Boxes.Box box) throws IOException, Damage {
        switch (box.type()) {
            case "moov" -> movie(box, "moov");
            case "meta" -> meta(box, "meta");
            case "uuid" -> uuid(box, "uuid");
            default -> {}
        }
    }

    private void movie(Boxes.Box parent, String where) throws IOException, Damage {
        for (Boxes.Box box : boxes.within(parent.body(), parent.end())) {
            String here = where + "/" + box.type();
            switch (box.type()) {
                case "udta" -> userData(box, here);
                case "meta" -> meta(box, here);
                case "uuid" -> uuid(box, here);
                case "trak" -> {
                    if (where.equals("moov")) {
                        movie(box, here);
                    }
                }
                case "cmov" ->
                    report.broken(Finding.of(
                            Fault.DAMAGED, Long.toString(box.at()), "the movie's header is compressed (cmov)"));
                default -> {}
            }
        }
    }

    private void uuid(Boxes.Box box, String where) throws IOException, Damage {
        if (box.length() < 16) {
            return;
        }
        StringBuilder hex = new StringBuilder(32);
        for (int i = 0; i < 16; i++) {
            hex.append(String.format(Locale.ROOT, "%02x", file.u8(box.body() + i)));
        }
        if (hex.toString().equals(XMP)) {
            xmp(box.body() + 16, box.end(), where);
        } else if (hex.toString().equals(C2PA) && where.equals("uuid")) {
            ManifestReader.read(
                    report, naming.word() + ":" + where + "/c2pa", file, box.body() + 16, box.end() - box.body() - 16);
        }
    }

    private void xmp(long from, long end, String where) throws IOException, Damage {
        new XmpReader(report).read(naming.place(where + "/xmp", false), boxes.text(from, end));
    }

    private void userData(Boxes.Box parent, String where) throws IOException, Damage {
        for (Boxes.Box box : boxes.within(parent.body(), parent.end())) {
            String here = where + "/" + box.type();
            if (box.type().equals("meta")) {
                meta(box, here);
            } else if (box.type().equals("uuid")) {
                uuid(box, here);
            } else if (box.type().equals("XMP_")) {
                xmp(box.body(), box.end(), where + "/XMP_");
            } else if (box.type().equalsIgnoreCase("AIGC")) {
                label.named(naming.place(here, false), literal(boxes.text(box.body(), box.end())));
            } else if (box.type().charAt(0) == '\u00A9') {
                unnamed(
                        box.body() + HEADER_OF_TEXT,
                        box.end(),
                        where + "/(c)" + box.type().substring(1));
            }
        }
    }

    /** The text of a box that has no fixed layout: from its first brace on. */
    private static String literal(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        int brace = text.indexOf('{');
        return brace < 0 || brace > 16 ? text : text.substring(brace);
    }

    private void unnamed(long from, long end, String where) throws IOException, Damage {
        for (long at = from;
                at < Math.min(end, from + 16) && end - from <= report.limits().textBytes();
                at++) {
            if (file.u8(at) == '{') {
                String text = new String(boxes.text(from, end), StandardCharsets.UTF_8);
                label.unnamed(naming.place(where, false), text);
                return;
            }
        }
    }

    private void meta(Boxes.Box meta, String where) throws IOException, Damage {
        // ISO gives the box a version and flags, QuickTime does not
        long start = file.has(meta.body() + 4, "hdlr") ? meta.body() : meta.body() + 4;
        boolean mdta = false;
        MovieKeys keys = MovieKeys.none();
        List<Boxes.Box> parts = boxes.within(start, meta.end());
        for (Boxes.Box box : parts) {
            switch (box.type()) {
                case "hdlr" -> mdta = file.has(box.body() + 8, "mdta");
                case "keys" -> keys = MovieKeys.read(file, report, box);
                default -> {}
            }
        }
        for (Boxes.Box box : parts) {
            if (box.type().equals("ilst")) {
                list(box, mdta ? keys : MovieKeys.none(), where);
            }
        }
    }

    private void list(Boxes.Box list, MovieKeys keys, String where) throws IOException, Damage {
        for (Boxes.Box item : boxes.within(list.body(), list.end())) {
            MovieKeys.Key key = keys.key(file.u32be(item.at() + 4));
            String name = key.name();
            if (name.isEmpty()) {
                name = item.type().equals("----") ? freeform(item) : item.type();
            }
            boolean main = where.equals("moov/udta/meta") && key.isAigc();
            String place = where + "/" + (key.name().isEmpty() ? "ilst/" : "") + printable(name);
            for (Boxes.Box data : boxes.within(item.body(), item.end())) {
                if (data.type().equals("data") && data.length() >= 8) {
                    value(data, name, naming.place(place, main));
                }
            }
        }
    }

    private String freeform(Boxes.Box item) throws IOException, Damage {
        for (Boxes.Box part : boxes.within(item.body(), item.end())) {
            if (part.type().equals("name") && part.length() > 4 && part.length() < 1024) {
                return new String(file.copy(part.body() + 4, (int) part.length() - 4), StandardCharsets.UTF_8);
            }
        }
        return "----";
    }

    private void value(Boxes.Box data, String name, Place place) throws IOException, Damage {
        long from = data.body() + 8;
        boolean wide = file.u32be(data.body()) == 2;
        if (MovieKeys.saysAigc(name)) {
            byte[] text = boxes.text(from, data.end());
            label.named(place, new String(text, wide ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8));
        } else if (wide && data.length() < 1 << 16) {
            label.unnamed(place, new String(boxes.text(from, data.end()), StandardCharsets.UTF_16BE));
        } else {
            unnamed(from, data.end(), place.name().substring(naming.word().length() + 1));
        }
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        LabelText.shortened(text).chars().forEach(c -> out.append(c > 0x20 && c < 0x7F ? (char) c : '?'));
        return out.toString();
    }
}
