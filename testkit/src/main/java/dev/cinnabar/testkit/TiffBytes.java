package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds small TIFF files: either byte order, classic or big, one or more pages of grey pixels, any further tags. */
public final class TiffBytes {
    private static final int LONG = 4;
    private static final int SHORT = 3;
    private static final int BYTE = 1;

    private final ByteOrder order;
    private final boolean big;
    private final List<Map<Integer, Value>> pages = new ArrayList<>();

    /** A value of a tag: its type, and the bytes or the directory that it points to. */
    private record Value(int type, byte[] bytes, Map<Integer, Value> directory) {}

    private TiffBytes(ByteOrder order, boolean big) {
        this.order = order;
        this.big = big;
    }

    public static TiffBytes of(ByteOrder order, boolean big) {
        return new TiffBytes(order, big).page(8, 5);
    }

    /** One more page; tags added afterwards belong to it. */
    public TiffBytes page(int width, int height) {
        pages.add(new TreeMap<>());
        tag(256, width).tag(257, height).tag(258, 8).tag(259, 1).tag(262, 1);
        tag(277, 1).tag(278, height);
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7 + pages.size());
        }
        return value(273, LONG, pixels).tag(279, pixels.length);
    }

    private TiffBytes tag(int tag, int value) {
        return value(tag, SHORT, number(value, 2));
    }

    /** A tag with the bytes of its value; the strip of pixels is tag 273. */
    public TiffBytes value(int tag, int type, byte[] bytes) {
        pages.getLast().put(tag, new Value(type, bytes, Map.of()));
        return this;
    }

    public TiffBytes text(int tag, String text) {
        return value(tag, 2, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    public TiffBytes xmp(byte[] packet) {
        return value(700, BYTE, packet);
    }

    /** A further directory, such as EXIF's (0x8769), with one value in it. */
    public TiffBytes directory(int at, int tag, int type, byte[] bytes) {
        pages.getLast().put(at, new Value(LONG, new byte[0], Map.of(tag, new Value(type, bytes, Map.of()))));
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(number(big ? 43 : 42, 2));
        if (big) {
            out.writeBytes(number(8, 2));
            out.writeBytes(number(0, 2));
        }
        int first = out.size();
        out.writeBytes(new byte[big ? 8 : 4]);
        List<Integer> pointers = new ArrayList<>(List.of(first));
        List<Integer> starts = new ArrayList<>();
        for (Map<Integer, Value> page : pages) {
            int[] directory = directory(out, page);
            starts.add(directory[0]);
            pointers.add(directory[1]);
        }
        byte[] file = out.toByteArray();
        for (int i = 0; i < starts.size(); i++) {
            byte[] start = number(starts.get(i), big ? 8 : 4);
            System.arraycopy(start, 0, file, pointers.get(i), start.length);
        }
        return file;
    }

    /** Writes the values and then the directory; gives where it begins and where its pointer to the next one is. */
    private int[] directory(ByteArrayOutputStream out, Map<Integer, Value> values) {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        new TreeMap<>(values).forEach((tag, value) -> entries.writeBytes(entry(out, tag, value)));
        even(out);
        int start = out.size();
        out.writeBytes(number(values.size(), big ? 8 : 2));
        out.writeBytes(entries.toByteArray());
        int next = out.size();
        out.writeBytes(new byte[big ? 8 : 4]);
        return new int[] {start, next};
    }

    /** One entry; a value that does not fit into it is written first. */
    private byte[] entry(ByteArrayOutputStream out, int tag, Value value) {
        int inline = big ? 8 : 4;
        byte[] bytes = value.bytes();
        boolean pointer = tag == 273 || !value.directory().isEmpty();
        byte[] field = Arrays.copyOf(bytes, inline);
        if (!value.directory().isEmpty()) {
            field = number(directory(out, value.directory())[0], inline);
        } else if (pointer || bytes.length > inline) {
            even(out);
            field = number(out.size(), inline);
            out.writeBytes(bytes);
        }
        int count = value.type() == SHORT ? bytes.length / 2 : bytes.length;
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes(number(tag, 2));
        entry.writeBytes(number(big && pointer ? 16 : value.type(), 2));
        entry.writeBytes(number(pointer ? 1 : count, inline));
        entry.writeBytes(field);
        return entry.toByteArray();
    }

    /** A number of two, four or eight bytes. */
    private byte[] number(long value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            int shift = 8 * (order == ByteOrder.LITTLE_ENDIAN ? i : size - 1 - i);
            bytes[i] = (byte) (value >> shift);
        }
        return bytes;
    }

    private static void even(ByteArrayOutputStream out) {
        if (out.size() % 2 != 0) {
            out.write(0);
        }
    }
}
