package dev.cinnabar.label.read;

import java.io.IOException;

/**
 * How a TIFF file writes its numbers.
 *
 * @param bigEndian whether the highest byte comes first
 * @param big whether it is a BigTIFF, with pointers of eight bytes
 */
record TiffNumbers(boolean bigEndian, boolean big) {
    /** What the first bytes say. */
    static TiffNumbers of(Window file) throws IOException, Damage {
        boolean bigEndian = file.u8(0) == 'M';
        boolean big = (bigEndian ? file.u16be(2) : file.u16le(2)) == 43;
        TiffNumbers numbers = new TiffNumbers(bigEndian, big);
        if (big && (numbers.number(file, 4, 2) != 8 || numbers.number(file, 6, 2) != 0)) {
            throw Damage.at(4, "a BigTIFF whose pointers have not eight bytes");
        }
        return numbers;
    }

    /** The bytes of the header. */
    int headSize() {
        return big ? 16 : 8;
    }

    /** The bytes of the number of entries before a directory. */
    int countSize() {
        return big ? 8 : 2;
    }

    int entrySize() {
        return big ? 20 : 12;
    }

    int pointerSize() {
        return big ? 8 : 4;
    }

    long pointer(Window file, long at) throws IOException, Damage {
        return number(file, at, pointerSize());
    }

    /** A number of two, four or eight bytes; one that needs all 64 bits is negative. */
    long number(Window file, long at, int size) throws IOException, Damage {
        return switch (size) {
            case 2 -> bigEndian ? file.u16be(at) : file.u16le(at);
            case 4 -> bigEndian ? file.u32be(at) : file.u32le(at);
            default -> bigEndian ? file.u64be(at) : file.u64le(at);
        };
    }

    /** The bytes of one value of a type; 0 where nobody knows the type. */
    static int size(int type) {
        return switch (type) {
            case 1, 2, 6, 7 -> 1;
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12, 16, 17, 18 -> 8;
            default -> 0;
        };
    }

    /** Whether values of a type can point to a directory. */
    static boolean isPointer(int type) {
        return type == 4 || type == 13 || type == 16 || type == 18;
    }
}
