package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds ZIP files byte by byte: stored and deflated entries, data descriptors, ZIP64; and looks at raw entries. */
public final class ZipBytes {
    private record Entry(String name, byte[] content, boolean deflated) {}

    private final List<Entry> entries = new ArrayList<>();
    private boolean descriptors;
    private boolean wide;

    private ZipBytes() {}

    public static ZipBytes empty() {
        return new ZipBytes();
    }

    public ZipBytes stored(String name, String content) {
        entries.add(new Entry(name, content.getBytes(StandardCharsets.UTF_8), false));
        return this;
    }

    public ZipBytes deflated(String name, String content) {
        return deflated(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public ZipBytes deflated(String name, byte[] content) {
        entries.add(new Entry(name, content, true));
        return this;
    }

    /** Sizes behind the data, as streaming writers put them. */
    public ZipBytes descriptors() {
        descriptors = true;
        return this;
    }

    /** With the records of ZIP64, whatever the size. */
    public ZipBytes zip64() {
        wide = true;
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            int at = out.size();
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            byte[] packed = entry.deflated() ? deflate(entry.content()) : entry.content();
            boolean late = descriptors && entry.deflated();
            byte[] common = little(22)
                    .putShort((short) 45)
                    .putShort((short) (late ? 8 : 0))
                    .putShort((short) (entry.deflated() ? 8 : 0))
                    .putInt(0x5A8E_6000)
                    .putInt(crc(entry.content()))
                    .putInt(packed.length)
                    .putInt(entry.content().length)
                    .array();
            byte[] local = common.clone();
            if (late) {
                java.util.Arrays.fill(local, 10, 22, (byte) 0);
            }
            out.writeBytes(little(4).putInt(0x04034b50).array());
            out.writeBytes(local);
            out.writeBytes(
                    little(4).putShort((short) name.length).putShort((short) 0).array());
            out.writeBytes(name);
            out.writeBytes(packed);
            if (late) {
                out.writeBytes(little(16)
                        .putInt(0x08074b50)
                        .putInt(crc(entry.content()))
                        .putInt(packed.length)
                        .putInt(entry.content().length)
                        .array());
            }
            byte[] extra = wide
                    ? little(12)
                            .putShort((short) 1)
                            .putShort((short) 8)
                            .putLong(at)
                            .array()
                    : new byte[0];
            directory.writeBytes(
                    little(6).putInt(0x02014b50).putShort((short) 45).array());
            directory.writeBytes(common);
            directory.writeBytes(little(18)
                    .putShort((short) name.length)
                    .putShort((short) extra.length)
                    .putInt(0)
                    .putShort((short) 0)
                    .putInt(0x20)
                    .putInt(wide ? -1 : at)
                    .array());
            directory.writeBytes(name);
            directory.writeBytes(extra);
        }
        int at = out.size();
        out.writeBytes(directory.toByteArray());
        if (wide) {
            long end = out.size();
            out.writeBytes(little(56)
                    .putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putLong(0)
                    .putLong(entries.size())
                    .putLong(entries.size())
                    .putLong(directory.size())
                    .putLong(at)
                    .array());
            out.writeBytes(little(20)
                    .putInt(0x07064b50)
                    .putInt(0)
                    .putLong(end)
                    .putInt(1)
                    .array());
        }
        out.writeBytes(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) (wide ? -1 : entries.size()))
                .putShort((short) (wide ? -1 : entries.size()))
                .putInt(wide ? -1 : directory.size())
                .putInt(wide ? -1 : at)
                .putShort((short) 0)
                .array());
        return out.toByteArray();
    }

    /** The entries of a well-made ZIP file without ZIP64 offsets above 2 GiB, in their order, each as it is packed. */
    public static Map<String, byte[]> raw(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, byte[]> raw = new LinkedHashMap<>();
        for (int at = file.length - 22; at >= 0; at--) {
            if (in.getInt(at) == 0x06054b50) {
                int from = in.getInt(at + 16);
                int count = in.getShort(at + 10);
                if (from == -1) {
                    int big = (int) in.getLong(at - 12);
                    from = (int) in.getLong(big + 48);
                    count = (int) in.getLong(big + 32);
                }
                for (int i = 0; i < count; i++) {
                    int name = in.getShort(from + 28);
                    int extra = in.getShort(from + 30);
                    int header = in.getInt(from + 42);
                    header = header == -1 ? (int) in.getLong(from + 46 + name + 4) : header;
                    int data = header + 30 + in.getShort(header + 26) + in.getShort(header + 28);
                    raw.put(
                            new String(file, from + 46, name, StandardCharsets.UTF_8),
                            java.util.Arrays.copyOfRange(file, data, data + in.getInt(from + 20)));
                    from += 46 + name + extra + in.getShort(from + 32);
                }
                return raw;
            }
        }
        throw new IllegalArgumentException("no ZIP file");
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(block, 0, deflater.deflate(block));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static int crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return (int) crc.getValue();
    }
}
