package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Finds labels in an EXIF block (a TIFF structure): UserComment (Annex B of the image guide), and ImageDescription, which some vendors use. */
final class ExifReader {
    private static final int IMAGE_DESCRIPTION = 0x010E;
    private static final int MAKE = 0x010F;
    private static final int ORIENTATION = 0x0112;
    private static final int SOFTWARE = 0x0131;
    private static final int EXIF_IFD = 0x8769;
    private static final int USER_COMMENT = 0x9286;
    private static final int ASCII_PREFIX = 8;

    private final Report report;
    private final LabelText label;
    private final String where;
    private ByteBuffer tiff = ByteBuffer.allocate(0);
    private int orientation = 1;

    /** {@code where} begins the names of the places, e.g. {@code jpeg:APP1/exif}. */
    ExifReader(Report report, String where) {
        this.report = report;
        this.label = new LabelText(report);
        this.where = where;
    }

    /** Reads the block, which begins with its byte order mark; gives the orientation, 1 where none is said. */
    int read(byte[] block) {
        tiff = ByteBuffer.wrap(block);
        if (block.length < 8 || block[0] != block[1] || (block[0] != 'I' && block[0] != 'M')) {
            return 1;
        }
        tiff.order(block[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        directory(tiff.getInt(4) & 0xFFFFFFFFL, true);
        return orientation;
    }

    private void directory(long offset, boolean first) {
        if (offset < 8 || offset + 2 > tiff.limit()) {
            return;
        }
        int count = tiff.getShort((int) offset) & 0xFFFF;
        for (int i = 0; i < count; i++) {
            long entry = offset + 2 + 12L * i;
            if (entry + 12 > tiff.limit()) {
                return;
            }
            entry((int) entry, first);
        }
    }

    private void entry(int entry, boolean first) {
        int tag = tiff.getShort(entry) & 0xFFFF;
        if (first && tag == EXIF_IFD) {
            directory(tiff.getInt(entry + 8) & 0xFFFFFFFFL, false);
        } else if (first && tag == ORIENTATION) {
            orientation = tiff.getShort(entry + 8);
        } else if (first && tag == IMAGE_DESCRIPTION) {
            description(text(entry, 0));
        } else if (first && tag == MAKE) {
            generator("Make", letters(entry));
        } else if (first && tag == SOFTWARE) {
            generator("Software", letters(entry));
        } else if (!first && tag == USER_COMMENT) {
            label.unnamed(Place.annexB(where + "/UserComment", Place.IMAGE_GUIDE), text(entry, ASCII_PREFIX));
            generator("UserComment", letters(entry));
        }
    }

    private void generator(String tag, String text) {
        Generators.trace(Generators.Spot.EXIF, tag, text, where + "/" + tag).ifPresent(report::add);
    }

    /** A value's ASCII letters, whichever way its characters are coded: writers of comments in UTF-16 do not agree on the order of bytes. */
    private String letters(int entry) {
        long length = Math.min(tiff.getInt(entry + 4) & 0xFFFFFFFFL, Generators.HEAD);
        long start = length <= 4 ? entry + 8 : tiff.getInt(entry + 8) & 0xFFFFFFFFL;
        if (start + length > tiff.limit()) {
            return "";
        }
        return new String(tiff.array(), (int) start, (int) length, StandardCharsets.ISO_8859_1).replace("\0", "");
    }

    private void description(String text) {
        if (text.contains("\"ServiceProvider\"") && text.contains("\"ContentId\"")) {
            report.add(Finding.of(Fault.OLDER_SCHEMA, where + "/ImageDescription", "ServiceProvider, ContentId"));
        } else {
            label.unnamed(Place.other(where + "/ImageDescription", Place.IMAGE_GUIDE), text);
        }
    }

    private String text(int entry, int prefix) {
        long length = tiff.getInt(entry + 4) & 0xFFFFFFFFL;
        long start = length <= 4 ? entry + 8 : tiff.getInt(entry + 8) & 0xFFFFFFFFL;
        if (start + length > tiff.limit() || length < prefix) {
            return "";
        }
        return new String(tiff.array(), (int) start + prefix, (int) length - prefix, charset((int) start, prefix));
    }

    private Charset charset(int start, int prefix) {
        boolean unicode = prefix > 0 && tiff.get(start) == 'U' && tiff.get(start + 1) == 'N';
        if (!unicode) {
            return StandardCharsets.UTF_8;
        }
        return tiff.order() == ByteOrder.BIG_ENDIAN ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
}
