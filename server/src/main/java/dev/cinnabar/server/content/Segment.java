package dev.cinnabar.server.content;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file of sealed parts, one after another. Behind the last one it may be filled with zeros, so that a sync has no metadata to write. */
final class Segment implements Closeable {
    /** By how much the file grows at a time. */
    private static final int STEP = 1 << 20;

    private final int number;
    private final FileChannel file;
    private long end;
    private long room;

    /** The file operations that can fail; a test gives one that does. */
    interface Opener {
        FileChannel open(Path path, StandardOpenOption... options) throws IOException;
    }

    private Segment(int number, FileChannel file, long end) throws IOException {
        this.number = number;
        this.file = file;
        this.end = end;
        this.room = file.size();
    }

    static Path path(Path folder, int number) {
        return folder.resolve("%08d.seg".formatted(number));
    }

    static Segment create(Path folder, int number, Opener opener) throws IOException {
        FileChannel file = opener.open(
                path(folder, number), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Segment(number, file, 0);
    }

    static Segment open(Path folder, int number, Opener opener) throws IOException {
        FileChannel file = opener.open(path(folder, number), StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Segment(number, file, file.size());
    }

    int number() {
        return number;
    }

    /** Where the next record will stand. */
    long end() {
        return end;
    }

    /** Writes a record and gives where it stands; durable only after {@link #force}. */
    long append(byte[] record) throws IOException {
        while (end + record.length > room) {
            write(room, ByteBuffer.allocate(STEP));
            room += STEP;
        }
        long at = end;
        write(at, ByteBuffer.wrap(record));
        end += record.length;
        return at;
    }

    void force() throws IOException {
        file.force(false);
    }

    /** Destroys the key of the record at this place, durably. */
    void erase(long at) throws IOException {
        write(at + Sealed.KEY_AT, ByteBuffer.allocate(Sealed.KEY_BYTES));
        file.force(false);
    }

    private void write(long at, ByteBuffer bytes) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) {
            to += file.write(bytes, to);
        }
    }

    /** The record at this place. */
    Sealed read(long at) throws IOException, Sealed.Damaged {
        ByteBuffer start = bytes(at, 8);
        int length = start.remaining() == 8 ? start.getInt(4) : 0;
        if (length < Sealed.HEADER_AT || length > Sealed.LONGEST || start.getInt(0) != Sealed.MAGIC) {
            throw new Sealed.Damaged("no record begins there");
        }
        ByteBuffer whole = bytes(at, length);
        if (whole.remaining() < length) {
            throw new Sealed.Damaged("its end is missing");
        }
        byte[] record = new byte[length];
        whole.get(record);
        return Sealed.parse(record);
    }

    private ByteBuffer bytes(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (long from = at; bytes.hasRemaining(); ) {
            int n = file.read(bytes, from);
            if (n < 0) {
                break;
            }
            from += n;
        }
        return bytes.flip();
    }

    /** What a look through the whole file found: records in order, where the good ones end, and where something between them is damaged. */
    record Found(List<Index.Entry> entries, long end, List<Long> damaged) {}

    /** Reads every record. What does not read and has a record behind it is damage; what has none is the torn end of a write that was never acknowledged. */
    Found scan() throws IOException {
        List<Index.Entry> entries = new ArrayList<>();
        List<Long> damaged = new ArrayList<>();
        long at = 0;
        long good = 0;
        while (at + Sealed.HEADER_AT < file.size()) {
            try {
                Sealed record = read(at);
                if (at > good) {
                    damaged.add(good);
                }
                entries.add(Index.Entry.of(record, at));
                at += record.bytes().length;
                good = at;
            } catch (Sealed.Damaged e) {
                at = nextMagic(at + 1);
            }
        }
        return new Found(entries, good, damaged);
    }

    private long nextMagic(long from) throws IOException {
        for (long at = from; at < file.size(); at += STEP - 3) {
            ByteBuffer block = bytes(at, STEP);
            for (int i = 0; i + 4 <= block.limit(); i++) {
                if (block.get(i) == (byte) (Sealed.MAGIC >>> 24) && block.getInt(i) == Sealed.MAGIC) {
                    return at + i;
                }
            }
        }
        return file.size();
    }

    /** Cuts the file behind its last record. */
    void trim(long end) throws IOException {
        file.truncate(end);
        file.force(true);
        this.end = end;
        this.room = end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
