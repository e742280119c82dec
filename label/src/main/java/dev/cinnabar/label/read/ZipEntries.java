package dev.cinnabar.label.read;

import dev.cinnabar.label.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The entries of a ZIP file as its central directory lists them, ZIP64 too; the text of one is unpacked within the limits and checked. */
final class ZipEntries {
    /**
     * One entry.
     *
     * @param header where its local header begins
     */
    record Entry(String name, int flags, int method, long crc, long packed, long size, long header) {
        boolean isEncrypted() {
            return (flags & 1) != 0;
        }
    }

    private static final int END = 22;
    private static final int RECORD = 46;
    private static final long MARK32 = 0xFFFFFFFFL;
    private static final int BLOCK = 8192;
    /** Metadata is small; a heap of 64 MB must bear several copies of the largest entry that is unpacked. */
    private static final long MOST = 4 << 20;

    private final Window file;
    private final Limits limits;
    private final List<Entry> all = new ArrayList<>();

    private ZipEntries(Window file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    static ZipEntries of(Window file, Limits limits) throws IOException, Damage {
        ZipEntries entries = new ZipEntries(file, limits);
        entries.list();
        return entries;
    }

    List<Entry> named(String name) {
        return all.stream().filter(entry -> entry.name().equals(name)).toList();
    }

    boolean has(String name) {
        return all.stream().anyMatch(entry -> entry.name().equals(name));
    }

    private void list() throws IOException, Damage {
        long end = end();
        long size = file.u32le(end + 12);
        long from = file.u32le(end + 16);
        long before = end;
        boolean big = size == MARK32 || from == MARK32 || file.u16le(end + 10) == 0xFFFF;
        if (big && file.has(end - 20, "PK\u0006\u0007")) {
            before = file.u64le(end - 12);
            if (!file.has(before, "PK\u0006\u0006")) {
                throw Damage.at(before, "the ZIP64 directory is not where it is said to be");
            }
            size = file.u64le(before + 40);
            from = file.u64le(before + 48);
        }
        if (from < 0 || size < 0 || from > before - size) {
            throw Damage.at(end, "the directory of the ZIP file lies outside it");
        }
        for (long at = from; at < from + size; ) {
            if (all.size() >= limits.boxes()) {
                throw Damage.limit("more than " + limits.boxes() + " entries");
            }
            at = record(at, from);
        }
    }

    /** Where the end record begins: the last place that looks like one and whose comment fits. */
    private long end() throws IOException, Damage {
        int length = (int) Math.min(file.size(), END + 0xFFFF);
        byte[] tail = file.copy(file.size() - length, length);
        for (int i = length - END; i >= 0; i--) {
            if (tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
                int comment = (tail[i + 20] & 0xFF) | (tail[i + 21] & 0xFF) << 8;
                if (i + END + comment <= length) {
                    return file.size() - length + i;
                }
            }
        }
        throw Damage.at(file.size(), "the ZIP file has no directory: it is cut short");
    }

    private long record(long at, long directory) throws IOException, Damage {
        if (!file.has(at, "PK\u0001\u0002")) {
            throw Damage.at(at, "the directory of the ZIP file is broken");
        }
        int nameLength = file.u16le(at + 28);
        int extraLength = file.u16le(at + 30);
        long packed = file.u32le(at + 20);
        long size = file.u32le(at + 24);
        long header = file.u32le(at + 42);
        String name = new String(file.copy(at + RECORD, nameLength), StandardCharsets.UTF_8);
        long extra = at + RECORD + nameLength;
        for (long each = extra; each + 4 <= extra + extraLength; each += 4 + file.u16le(each + 2)) {
            if (file.u16le(each) == 1) {
                long field = each + 4;
                if (size == MARK32) {
                    size = file.u64le(field);
                    field += 8;
                }
                if (packed == MARK32) {
                    packed = file.u64le(field);
                    field += 8;
                }
                header = header == MARK32 ? file.u64le(field) : header;
                break;
            }
        }
        if (packed < 0 || size < 0 || header < 0 || header > directory - 30 || packed > directory - header) {
            throw Damage.at(at, "the entry " + LabelText.shortened(name) + " claims a place outside the file");
        }
        all.add(new Entry(name, file.u16le(at + 8), file.u16le(at + 10), file.u32le(at + 16), packed, size, header));
        return extra + extraLength + file.u16le(at + 32);
    }

    private long most() {
        return Math.min(MOST, limits.textBytes());
    }

    /** What an entry holds, unpacked; at most what the limits allow. */
    byte[] content(Entry entry) throws IOException, Damage {
        String name = LabelText.shortened(entry.name());
        if (entry.isEncrypted()) {
            throw Damage.at(entry.header(), "the entry " + name + " is encrypted");
        }
        if (!file.has(entry.header(), "PK\u0003\u0004")) {
            throw Damage.at(entry.header(), "the entry " + name + " is not where it is said to be");
        }
        if (entry.size() > most()) {
            throw Damage.limit("the entry " + name + " has " + entry.size() + " bytes");
        }
        long from = entry.header() + 30 + file.u16le(entry.header() + 26) + file.u16le(entry.header() + 28);
        byte[] content = switch (entry.method()) {
            case 0 -> file.copy(from, (int) Math.min(most(), entry.packed()));
            case 8 -> inflated(entry, from);
            default -> throw Damage.at(entry.header(), "the entry " + name + " is packed by method " + entry.method());
        };
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != entry.crc()) {
            throw Damage.at(entry.header(), "the entry " + name + " is damaged: its check sum is wrong");
        }
        return content;
    }

    private byte[] inflated(Entry entry, long from) throws IOException, Damage {
        Inflater inflater = new Inflater(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] in = new byte[BLOCK];
        byte[] block = new byte[BLOCK];
        long at = from;
        long end = from + entry.packed();
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    int n = at >= end ? 0 : file.read(at, in, 0, (int) Math.min(BLOCK, end - at));
                    if (n <= 0) {
                        throw Damage.at(at, "the packed entry " + LabelText.shortened(entry.name()) + " ends early");
                    }
                    inflater.setInput(in, 0, n);
                    at += n;
                }
                out.write(block, 0, inflater.inflate(block));
                if (out.size() > most()) {
                    throw Damage.limit("the entry " + LabelText.shortened(entry.name()) + " unpacks to more than "
                            + most() + " bytes");
                }
                if (inflater.needsDictionary()) {
                    throw new DataFormatException("dictionary");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw Damage.at(at, "the entry " + LabelText.shortened(entry.name()) + " cannot be unpacked");
        } finally {
            inflater.end();
        }
    }
}
