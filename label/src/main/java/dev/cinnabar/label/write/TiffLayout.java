package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the directories of a TIFF or BigTIFF file stand: the first one, further pages, directories below them, EXIF's. */
final class TiffLayout {
    static final int XMP = 700;
    private static final int SUB_IFDS = 330;
    private static final int EXIF_IFD = 0x8769;

    enum Kind {
        FIRST,
        PAGE,
        SUB,
        EXIF
    }

    /** An entry: where it stands, where its value stands and how many bytes that has. */
    record Entry(int tag, int type, long at, long valueAt, long length) {
        long end() {
            return valueAt + length;
        }
    }

    /** A directory; {@code next} is its pointer to the next one, 0 where it has none. */
    record Directory(Kind kind, long at, long end, List<Entry> entries, long next) {}

    private record Ahead(Kind kind, long at) {}

    private final Input file;
    private final Job job;
    private final boolean bigEndian;
    private final boolean big;
    private final List<Directory> directories = new ArrayList<>();
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private int entries;

    private TiffLayout(Input file, Job job) throws IOException, Refusal {
        this.file = file;
        this.job = job;
        this.bigEndian = file.byteAt(0) == 'M';
        this.big = number(2, 2) == 43;
    }

    static TiffLayout of(Input file, Job job) throws IOException, Refusal {
        TiffLayout layout = new TiffLayout(file, job);
        if (layout.big && (layout.number(4, 2) != 8 || layout.number(6, 2) != 0)) {
            throw Refusal.broken(4, "a BigTIFF whose pointers have not eight bytes");
        }
        layout.walk();
        return layout;
    }

    /** All directories, the first one first. */
    List<Directory> directories() {
        return directories;
    }

    /** Where the pointer to the first directory stands. */
    int pointerAt() {
        return big ? 8 : 4;
    }

    /** The bytes of a pointer, and so of the values that stand within their entry. */
    int pointerSize() {
        return big ? 8 : 4;
    }

    int countSize() {
        return big ? 8 : 2;
    }

    int entrySize() {
        return big ? 20 : 12;
    }

    boolean big() {
        return big;
    }

    /** Whether an entry's value stands elsewhere. */
    boolean isApart(Entry entry) {
        return entry.length() > pointerSize();
    }

    /** A number in the file's order of bytes. */
    byte[] bytes(long value, int count) {
        return bigEndian ? Bytes.big(value, count) : Bytes.little(value, count);
    }

    /**
     * Where the tail begins that an earlier writing left: the packet, and behind it the first directory, with which the file ends. Empty where the file does not end so, or
     * anything else points into it.
     */
    Optional<Long> tail() {
        Directory first = directories.getFirst();
        Optional<Entry> packet = packet();
        if (first.end() != file.size() || packet.isEmpty() || !isApart(packet.get())) {
            return Optional.empty();
        }
        long from = packet.get().valueAt();
        long end = packet.get().end();
        boolean free = end + (end & 1) == first.at();
        for (Directory directory : directories) {
            boolean isFirst = directory.kind() == Kind.FIRST;
            free &= isFirst || directory.end() <= from;
            for (Entry entry : directory.entries()) {
                boolean goes = isFirst
                        && (!isApart(entry) || entry.at() == packet.get().at());
                free &= goes || entry.end() <= from;
            }
        }
        return free ? Optional.of(from) : Optional.empty();
    }

    /** The first XMP entry of the first directory. */
    Optional<Entry> packet() {
        return directories.getFirst().entries().stream()
                .filter(entry -> entry.tag() == XMP)
                .findFirst();
    }

    private void walk() throws IOException, Refusal {
        Set<Long> walked = new HashSet<>();
        Set<Long> exif = new HashSet<>();
        ahead.add(new Ahead(Kind.FIRST, number(pointerAt(), pointerSize())));
        while (!ahead.isEmpty()) {
            Ahead next = ahead.remove();
            boolean known = next.kind() == Kind.EXIF ? !exif.add(next.at()) : !walked.add(next.at());
            if (known && next.kind() != Kind.EXIF) {
                throw Refusal.broken(next.at(), "a directory that was walked before comes again");
            }
            if (!known) {
                directories.add(directory(next));
            }
        }
    }

    private Directory directory(Ahead from) throws IOException, Refusal {
        long at = from.at();
        if (at < pointerAt() + pointerSize() || at > file.size() - countSize()) {
            throw Refusal.broken(at, "no directory can begin here");
        }
        long count = number(at, countSize());
        long room = (file.size() - at - countSize()) / entrySize();
        if (count < 1 || count > room) {
            throw Refusal.broken(at, "a directory claims " + Long.toUnsignedString(count) + " entries");
        }
        if (count > job.limits().boxes() - entries) {
            throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " entries");
        }
        entries += (int) count;
        List<Entry> all = new ArrayList<>((int) count);
        long end = at + countSize();
        for (; all.size() < count; end += entrySize()) {
            all.add(entry(end, from.kind()));
        }
        boolean chained = from.kind() == Kind.FIRST || from.kind() == Kind.PAGE;
        long next = chained ? number(end, pointerSize()) : 0;
        if (next != 0) {
            ahead.add(new Ahead(Kind.PAGE, next));
        }
        return new Directory(from.kind(), at, chained ? end + pointerSize() : end, all, next);
    }

    private Entry entry(long at, Kind kind) throws IOException, Refusal {
        int tag = (int) number(at, 2);
        int type = (int) number(at + 2, 2);
        long count = number(at + 4, pointerSize());
        int size = size(type);
        if (size > 0 && (count < 0 || count > file.size() / size)) {
            throw Refusal.broken(at, "tag " + tag + " claims more values than the file has");
        }
        long length = count * size;
        long inline = at + 4 + pointerSize();
        long valueAt = length > pointerSize() ? number(inline, pointerSize()) : inline;
        if (valueAt < 0 || valueAt > file.size() - length) {
            throw Refusal.broken(at, "the value of tag " + tag + " lies behind the end of the file");
        }
        if (kind != Kind.EXIF && size > 0 && (tag == SUB_IFDS || tag == EXIF_IFD)) {
            pointers(tag, type, valueAt, count);
        }
        return new Entry(tag, type, at, valueAt, length);
    }

    private void pointers(int tag, int type, long at, long count) throws IOException, Refusal {
        if (type != 4 && type != 13 && type != 16 && type != 18) {
            return;
        }
        if (count > job.limits().boxes() - ahead.size()) {
            throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " directories");
        }
        for (long i = 0; i < count; i++) {
            ahead.add(new Ahead(tag == EXIF_IFD ? Kind.EXIF : Kind.SUB, number(at + i * size(type), size(type))));
        }
    }

    private long number(long at, int count) throws IOException, Refusal {
        return bigEndian ? file.big(at, count) : file.little(at, count);
    }

    /** The bytes of one value of a type; 0 where nobody knows the type. */
    private static int size(int type) {
        return switch (type) {
            case 1, 2, 6, 7 -> 1;
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12, 16, 17, 18 -> 8;
            default -> 0;
        };
    }
}
