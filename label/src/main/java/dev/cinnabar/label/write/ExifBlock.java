package dev.cinnabar.label.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An EXIF block (a TIFF structure), as far as writers need it: its orientation, and labels to be blanked out without moving anything. */
final class ExifBlock {
    private static final int IMAGE_DESCRIPTION = 0x010E;
    private static final int ORIENTATION = 0x0112;
    private static final int EXIF_IFD = 0x8769;
    private static final int USER_COMMENT = 0x9286;

    private final byte[] block;
    private final ByteBuffer tiff;
    private int orientation = 1;
    private boolean blanked;

    private ExifBlock(byte[] block) {
        this.block = block;
        this.tiff = ByteBuffer.wrap(block);
    }

    /** Walks the block, blanking labels in it; the array is changed in place. */
    static ExifBlock clean(byte[] block) {
        ExifBlock exif = new ExifBlock(block);
        if (block.length >= 8 && block[0] == block[1] && (block[0] == 'I' || block[0] == 'M')) {
            exif.tiff.order(block[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            exif.directory(exif.unsigned(4), true);
        }
        return exif;
    }

    /** 1 to 8; 1 where none is said. */
    int orientation() {
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }

    /** Whether a label was blanked. */
    boolean isBlanked() {
        return blanked;
    }

    private void directory(long offset, boolean first) {
        int count = offset >= 8 && offset + 2 <= block.length ? tiff.getShort((int) offset) & 0xFFFF : 0;
        for (int i = 0; i < count && offset + 2 + 12L * (i + 1) <= block.length; i++) {
            int entry = (int) offset + 2 + 12 * i;
            switch (tiff.getShort(entry) & 0xFFFF) {
                case ORIENTATION -> orientation = first ? tiff.getShort(entry + 8) : orientation;
                case EXIF_IFD -> {
                    if (first) {
                        directory(unsigned(entry + 8), false);
                    }
                }
                case IMAGE_DESCRIPTION -> blank(entry, 0);
                case USER_COMMENT -> blank(entry, 8);
                default -> {}
            }
        }
    }

    private void blank(int entry, int prefix) {
        long length = unsigned(entry + 4);
        long start = length <= 4 ? entry + 8 : unsigned(entry + 8);
        if (length < prefix || start + length > block.length) {
            return;
        }
        int from = (int) start + prefix;
        int to = (int) (start + length);
        // two-byte text shows its letters when the zero bytes are left out; a label is ASCII
        StringBuilder letters = new StringBuilder();
        for (byte b : java.util.Arrays.copyOfRange(block, from, to)) {
            if (b != 0) {
                letters.append((char) (b & 0xFF));
            }
        }
        if (OldLabels.isLabel(letters.toString())) {
            java.util.Arrays.fill(block, from, to, (byte) 0);
            blanked = true;
        }
    }

    private long unsigned(int at) {
        return tiff.getInt(at) & 0xFFFFFFFFL;
    }
}
