package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A ZIP file of which single entries are replaced or added, ZIP64 too. Every other entry stays where it is in the order, byte for byte as it was packed; only the directory is written
 * anew.
 */
final class ZipTarget {
    /** One entry of the directory: {@code record} is its record there, {@code end} where its packed bytes end. */
    record Entry(String name, byte[] record, int flags, int method, long crc, long packed, long header, long end) {}

    /** What an entry becomes. */
    private record Fresh(byte[] local, byte[] record) {}

    private static final long MARK32 = 0xFFFFFFFFL;
    /** Metadata is small; a heap of 64 MB must bear several copies of the largest entry that is unpacked. */
    private static final long MOST = 4 << 20;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    /** 1 January 1980, the zero of the format's clock: a label must not bring a time of its own. */
    private static final long NO_TIME = 0x00210000L;

    private final Input file;
    private final Job job;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Entry, Fresh> replaced = new LinkedHashMap<>();
    private final List<Fresh> added = new ArrayList<>();
    private final List<String> addedNames = new ArrayList<>();
    private long end;
    private long big = -1;
    private long directory;
    private long directorySize;

    private ZipTarget(Input file, Job job) {
        this.file = file;
        this.job = job;
    }

    static ZipTarget of(Input file, Job job) throws IOException, Refusal {
        ZipTarget zip = new ZipTarget(file, job);
        zip.locate();
        zip.list();
        return zip;
    }

    private void locate() throws IOException, Refusal {
        end = endRecord();
        directorySize = file.little(end + 12, 4);
        directory = file.little(end + 16, 4);
        boolean marked = directorySize == MARK32 || directory == MARK32 || file.little(end + 10, 2) == 0xFFFF;
        long limit = end;
        if (marked && end >= 20 && file.little(end - 20, 4) == 0x07064b50L) {
            big = file.little(end - 12, 8);
            if (big < 0 || big > end - 76 || file.little(big, 4) != 0x06064b50L) {
                throw Refusal.broken(end, "its ZIP64 directory is not where it is said to be");
            }
            directorySize = file.little(big + 40, 8);
            directory = file.little(big + 48, 8);
            limit = big;
        }
        if (directory < 0 || directorySize < 0 || directory > limit - directorySize) {
            throw Refusal.broken(end, "its directory lies outside the file");
        }
        if (directorySize > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "its directory has " + directorySize + " bytes");
        }
    }

    private long endRecord() throws IOException, Refusal {
        for (long at = file.size() - 22; at >= Math.max(0, file.size() - 22 - 0xFFFF); at--) {
            if (file.byteAt(at) == 'P'
                    && file.little(at, 4) == 0x06054b50L
                    && at + 22 + file.little(at + 20, 2) <= file.size()) {
                return at;
            }
        }
        throw Refusal.broken(file.size(), "it is cut short: it has no directory");
    }

    private void list() throws IOException, Refusal {
        long at = directory;
        while (at < directory + directorySize) {
            if (entries.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " entries");
            }
            Entry entry = entry(at);
            entries.add(entry);
            at += entry.record().length;
        }
        if (at != directory + directorySize) {
            throw Refusal.broken(at, "its directory has another size than it says");
        }
    }

    private Entry entry(long at) throws IOException, Refusal {
        if (file.little(at, 4) != 0x02014b50L) {
            throw Refusal.broken(at, "its directory is damaged");
        }
        int nameLength = (int) file.little(at + 28, 2);
        int extraLength = (int) file.little(at + 30, 2);
        byte[] record = file.stretch(at, 46 + nameLength + extraLength + file.little(at + 32, 2));
        long packed = file.little(at + 20, 4);
        long header = file.little(at + 42, 4);
        int field = wide(record);
        if (field > 0) {
            field += number(record, 24, 4) == MARK32 ? 8 : 0;
            if (packed == MARK32) {
                packed = number(record, field, 8);
                field += 8;
            }
            header = header == MARK32 ? number(record, field, 8) : header;
        }
        if (packed < 0 || header < 0 || header > directory - 30 || packed > directory - header) {
            throw Refusal.broken(at, "an entry claims a place outside the file");
        }
        return new Entry(
                new String(record, 46, nameLength, StandardCharsets.UTF_8),
                record,
                (int) file.little(at + 8, 2),
                (int) file.little(at + 10, 2),
                file.little(at + 16, 4),
                packed,
                header,
                0);
    }

    /** Where the data of a record's ZIP64 field begin; 0 without one. Refuses one that is cut. */
    private static int wide(byte[] record) throws Refusal {
        int at = 46 + (int) number(record, 28, 2);
        int extraEnd = at + (int) number(record, 30, 2);
        while (at + 4 <= extraEnd) {
            int length = (int) number(record, at + 2, 2);
            if (number(record, at, 2) == 1) {
                int needed = (number(record, 24, 4) == MARK32 ? 8 : 0)
                        + (number(record, 20, 4) == MARK32 ? 8 : 0)
                        + (number(record, 42, 4) == MARK32 ? 8 : 0);
                if (length < needed || at + 4 + length > extraEnd) {
                    throw new Refusal(Fault.UNREADABLE, "its directory has a ZIP64 field that is too short");
                }
                return at + 4;
            }
            at += 4 + length;
        }
        return 0;
    }

    private static long number(byte[] bytes, int at, int count) {
        long value = 0;
        for (int k = count - 1; k >= 0; k--) {
            value = value << 8 | (bytes[at + k] & 0xFF);
        }
        return value;
    }

    /** The entry of a name; refuses a file that has it twice, for readers would not agree which counts. */
    Optional<Entry> find(String name) throws Refusal {
        List<Entry> same =
                entries.stream().filter(entry -> entry.name().equals(name)).toList();
        if (same.size() > 1) {
            throw new Refusal(Fault.UNREADABLE, "it has the entry " + name + " " + same.size() + " times");
        }
        return same.stream().findFirst();
    }

    /** Whether an entry's name begins so. */
    boolean hasUnder(String prefix) {
        return entries.stream().anyMatch(entry -> entry.name().startsWith(prefix));
    }

    /** What an entry holds, unpacked within the limits and checked. */
    byte[] content(Entry entry) throws IOException, Refusal {
        if ((entry.flags() & 1) != 0) {
            throw new Refusal(Fault.ENCRYPTED, entry.name());
        }
        long most = Math.min(MOST, job.limits().textBytes());
        long from = dataAt(entry);
        if (from + entry.packed() > directory) {
            throw Refusal.broken(entry.header(), "the entry " + entry.name() + " runs into the directory");
        }
        if (entry.packed() > most) {
            throw new Refusal(Fault.TOO_LARGE, "the entry " + entry.name() + " has " + entry.packed() + " bytes");
        }
        byte[] packed = file.stretch(from, entry.packed());
        byte[] content = switch (entry.method()) {
            case STORED -> packed;
            case DEFLATED -> inflated(entry, packed, most);
            default ->
                throw new Refusal(
                        Fault.UNREADABLE, "the entry " + entry.name() + " is packed by method " + entry.method());
        };
        if (crc(content) != entry.crc()) {
            throw Refusal.broken(entry.header(), "the entry " + entry.name() + " has a wrong check sum");
        }
        return content;
    }

    private long dataAt(Entry entry) throws IOException, Refusal {
        long at = entry.header();
        if (file.little(at, 4) != 0x04034b50L) {
            throw Refusal.broken(at, "the entry " + entry.name() + " is not where it is said to be");
        }
        return at + 30 + file.little(at + 26, 2) + file.little(at + 28, 2);
    }

    private static byte[] inflated(Entry entry, byte[] packed, long most) throws Refusal {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] block = new byte[8192];
            while (!inflater.finished()) {
                int n = inflater.inflate(block);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new DataFormatException("it ends early");
                }
                out.write(block, 0, n);
                if (out.size() > most) {
                    throw new Refusal(
                            Fault.TOO_LARGE, "the entry " + entry.name() + " unpacks to more than " + most + " bytes");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new Refusal(Fault.UNREADABLE, "the entry " + entry.name() + " cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    /** Gives an entry new content, packed as it was. */
    void replace(Entry entry, byte[] content) {
        replaced.put(
                entry,
                fresh(entry.name(), entry.flags() & 0x800, entry.method(), number(entry.record(), 12, 4), content));
    }

    /** Adds an entry behind all others. */
    void add(String name, byte[] content) {
        addedNames.add(name);
        added.add(fresh(name, 0, DEFLATED, NO_TIME, content));
    }

    private static Fresh fresh(String name, int flags, int method, long time, byte[] content) {
        byte[] packed = method == DEFLATED ? deflated(content) : content;
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] common = Bytes.joined(
                Bytes.little(20, 2),
                Bytes.little(flags, 2),
                Bytes.little(method, 2),
                Bytes.little(time, 4),
                Bytes.little(crc(content), 4),
                Bytes.little(packed.length, 4),
                Bytes.little(content.length, 4),
                Bytes.little(nameBytes.length, 2),
                Bytes.little(0, 2));
        byte[] local = Bytes.joined(Bytes.little(0x04034b50L, 4), common, nameBytes, packed);
        byte[] record =
                Bytes.joined(Bytes.little(0x02014b50L, 4), Bytes.little(20, 2), common, new byte[14], nameBytes);
        return new Fresh(local, record);
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        while (!deflater.finished()) {
            out.write(block, 0, deflater.deflate(block));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static long crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    /** The plan that makes the changed file. */
    EditPlan plan() throws IOException, Refusal {
        EditPlan.Edits edits = new EditPlan.Edits();
        for (Map.Entry<Entry, Fresh> change : replaced.entrySet()) {
            long from = change.getKey().header();
            edits.replace(from, endOf(change.getKey()), change.getValue().local());
        }
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            records.writeBytes(record(entry, edits));
        }
        long at = directory + edits.growth();
        for (Fresh fresh : added) {
            edits.insert(directory, fresh.local());
            records.writeBytes(placed(fresh.record(), at));
            at += fresh.local().length;
        }
        byte[] all = records.toByteArray();
        edits.replace(directory, directory + directorySize, all);
        ends(edits, at, all.length);
        return edits.plan(file.size());
    }

    /** Where an entry ends: behind its data and the descriptor that may follow them. Refuses entries that overlap. */
    private long endOf(Entry entry) throws IOException, Refusal {
        long dataEnd = dataAt(entry) + entry.packed();
        long next = entries.stream()
                .map(Entry::header)
                .filter(header -> header > entry.header())
                .min(Comparator.naturalOrder())
                .orElse(directory);
        boolean shared =
                entries.stream().filter(each -> each.header() == entry.header()).count() > 1;
        boolean within = false;
        for (Entry each : entries) {
            within |= each.header() < entry.header() && dataAt(each) + each.packed() > entry.header();
        }
        if (dataEnd > next || shared || within) {
            throw Refusal.broken(entry.header(), "its entries overlap");
        }
        long gap = next - dataEnd;
        boolean descriptor = (entry.flags() & 8) != 0 && gap >= 12 && gap <= 24 && gap % 4 == 0;
        return descriptor ? next : dataEnd;
    }

    private byte[] record(Entry entry, EditPlan.Edits edits) throws Refusal {
        // what grows before an entry moves it; its own growth does not
        long header = entry.header() + edits.growth() - edits.growthFrom(entry.header());
        Fresh fresh = replaced.get(entry);
        if (fresh != null) {
            byte[] record = fresh.record().clone();
            System.arraycopy(entry.record(), 4, record, 4, 2);
            System.arraycopy(entry.record(), 36, record, 36, 6);
            return placed(record, header);
        }
        if (number(entry.record(), 42, 4) != MARK32) {
            return placed(entry.record().clone(), header);
        }
        byte[] record = entry.record().clone();
        int field = wide(record);
        if (field == 0) {
            return record; // 0xFFFFFFFF itself, in a file that knows no ZIP64: it cannot have been reached
        }
        field += number(record, 24, 4) == MARK32 ? 8 : 0;
        field += number(record, 20, 4) == MARK32 ? 8 : 0;
        System.arraycopy(Bytes.little(header, 8), 0, record, field, 8);
        return record;
    }

    private static byte[] placed(byte[] record, long header) throws Refusal {
        if (header >= MARK32) {
            throw new Refusal(Fault.NO_ROOM, "the ZIP file has no room for places beyond 4 GiB");
        }
        System.arraycopy(Bytes.little(header, 4), 0, record, 42, 4);
        return record;
    }

    /** The end records, with the directory's new place, size and number. */
    private void ends(EditPlan.Edits edits, long at, long size) throws IOException, Refusal {
        long count = entries.size() + (long) added.size();
        if (big >= 0) {
            long moved = big + edits.growth();
            byte[] wide = file.stretch(big, 56);
            System.arraycopy(Bytes.little(count, 8), 0, wide, 24, 8);
            System.arraycopy(Bytes.little(count, 8), 0, wide, 32, 8);
            System.arraycopy(Bytes.little(size, 8), 0, wide, 40, 8);
            System.arraycopy(Bytes.little(at, 8), 0, wide, 48, 8);
            edits.replace(big, big + 56, wide);
            edits.replace(end - 12, end - 4, Bytes.little(moved, 8));
        } else if (count >= 0xFFFF || at >= MARK32 || size >= MARK32) {
            throw new Refusal(Fault.NO_ROOM, "the ZIP file has no room for more entries or bytes");
        }
        byte[] record = file.stretch(end, 22);
        patch(record, 8, 2, count);
        patch(record, 10, 2, count);
        patch(record, 12, 4, size);
        patch(record, 16, 4, at);
        edits.replace(end, end + 22, record);
    }

    /** Sets a number of the end record, unless it says that the ZIP64 record has it. */
    private void patch(byte[] record, int at, int count, long value) {
        byte[] mark = new byte[count];
        Arrays.fill(mark, (byte) 0xFF);
        boolean elsewhere = big >= 0 && Arrays.equals(record, at, at + count, mark, 0, count);
        if (!elsewhere) {
            System.arraycopy(Bytes.little(value, count), 0, record, at, count);
        }
    }
}
