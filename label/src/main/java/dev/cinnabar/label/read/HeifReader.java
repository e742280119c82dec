package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Look;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** HEIC, HEIF and AVIF: the XMP item that describes the picture (the guide's place), other XMP and EXIF items, the boxes of a sequence, and a C2PA manifest. No picture is decoded. */
final class HeifReader implements FormatReader {
    private static final String WORD = "heif";

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        Boxes boxes = new Boxes(file, report);
        MovieTags tags = new MovieTags(file, report, boxes, new MovieTags.Naming(WORD, Place.IMAGE_GUIDE, false));
        for (Boxes.Box box : boxes.top()) {
            if (box.type().equals("meta")) {
                try {
                    items(file, boxes, report, box);
                } catch (Damage e) {
                    report.broken(e.finding());
                }
            }
            tags.top(box);
        }
    }

    private static void items(Window file, Boxes boxes, Report report, Boxes.Box meta) throws IOException, Damage {
        HeifItems items = HeifItems.read(file, boxes, report, meta);
        for (HeifItems.Item item : items.items()) {
            boolean xmp = item.isXmp();
            if (!xmp && !item.type().equals("Exif")) {
                continue;
            }
            if (!item.encoding().isEmpty() || item.isProtected()) {
                report.broken(Finding.of(
                        Fault.DAMAGED, Long.toString(meta.at()), "the item " + item.id() + " is packed or protected"));
                continue;
            }
            byte[] content = content(file, items.extents(item.id()), report);
            if (xmp) {
                String where = WORD + ":mime/xmp";
                boolean main = items.describesPrimary(item.id());
                Place place = main ? Place.main(where, Place.IMAGE_GUIDE) : Place.other(where, Place.IMAGE_GUIDE);
                new XmpReader(report).read(place, content);
            } else {
                exif(content, report);
            }
        }
    }

    /** An EXIF item begins with the distance to its TIFF header. */
    private static void exif(byte[] content, Report report) {
        if (content.length < 4) {
            return;
        }
        long start = 4L + (java.nio.ByteBuffer.wrap(content).getInt() & 0xFFFFFFFFL);
        if (start < content.length) {
            byte[] block = java.util.Arrays.copyOfRange(content, (int) start, content.length);
            new ExifReader(report, WORD + ":Exif").read(block);
        }
    }

    private static byte[] content(Window file, List<HeifItems.Extent> extents, Report report)
            throws IOException, Damage {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (HeifItems.Extent extent : extents) {
            if (extent.length() > report.limits().textBytes() - out.size()) {
                throw Damage.limit("an item of text has " + extent.length() + " bytes");
            }
            if (extent.at() < 0 || extent.length() < 0 || extent.at() > file.size() - extent.length()) {
                throw Damage.at(file.size(), "an item lies beyond the end of the file");
            }
            out.writeBytes(file.copy(extent.at(), (int) extent.length()));
        }
        return out.toByteArray();
    }
}
