package dev.cinnabar.label.write;

import dev.cinnabar.label.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How a labelled file comes from the file it was: an ordered list of <em>keep bytes a..b</em>, <em>insert these bytes</em> and, where content itself changes, <em>insert what this
 * makes</em>. Running a plan costs about what a copy costs.
 */
final class EditPlan {
    /** One step of a plan. */
    private sealed interface Piece {}

    private record Keep(long from, long length) implements Piece {}

    private static final class Insert implements Piece {
        private final byte[] bytes;

        Insert(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private record Make(Maker maker, long length) implements Piece {}

    /** Content made while the plan runs. Whatever could refuse has been checked before. */
    @FunctionalInterface
    interface Maker {
        void write(OutputStream out) throws IOException;
    }

    /** Shorter stretches are gathered in memory, to be written in one go with what is inserted around them. */
    private static final int SMALL = 1 << 14;

    private final List<Piece> pieces;

    private EditPlan(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** Collects edits in any order; they must not overlap. */
    static final class Edits {
        private record Edit(long to, Piece piece) {
            long length() {
                return switch (piece) {
                    case Insert insert -> insert.bytes.length;
                    case Make make -> make.length();
                    case Keep keep -> keep.length();
                };
            }
        }

        private final NavigableMap<Long, List<Edit>> edits = new TreeMap<>();

        /** Puts bytes in the place of the stretch from..to; an empty stretch means an insertion. */
        Edits replace(long from, long to, byte[] bytes) {
            return add(from, to, new Insert(bytes));
        }

        /** Puts what a maker makes in the place of the stretch from..to. */
        Edits replace(long from, long to, Maker maker) {
            return add(from, to, new Make(maker, 0));
        }

        /** The same where it is known beforehand how many bytes the maker makes. */
        Edits replace(long from, long to, long length, Maker maker) {
            return add(from, to, new Make(maker, length));
        }

        /** Inserts bytes. */
        Edits insert(long at, byte[] bytes) {
            return replace(at, at, bytes);
        }

        /** Drops a stretch. */
        Edits drop(long from, long to) {
            return replace(from, to, new byte[0]);
        }

        /** By how many bytes the edits collected so far, whose makers say their lengths, lengthen the file. */
        long growth() {
            return growthFrom(0);
        }

        /** The same of the edits that begin at a byte or behind it. */
        long growthFrom(long from) {
            long growth = 0;
            for (Map.Entry<Long, List<Edit>> at : edits.tailMap(from, true).entrySet()) {
                for (Edit edit : at.getValue()) {
                    growth += edit.length() - (edit.to() - at.getKey());
                }
            }
            return growth;
        }

        /** Where the edits collected so far move the bytes that are kept. */
        Shift shift() {
            List<Long> behind = new ArrayList<>();
            List<Long> growths = new ArrayList<>();
            for (Map.Entry<Long, List<Edit>> at : edits.entrySet()) {
                for (Edit edit : at.getValue()) {
                    long growth = edit.length() - (edit.to() - at.getKey());
                    if (growth != 0) {
                        behind.add(edit.to());
                        growths.add(growth);
                    }
                }
            }
            return new Shift(behind, growths);
        }

        private Edits add(long from, long to, Piece piece) {
            if (to < from) {
                throw new IllegalArgumentException("an edit from " + from + " to " + to);
            }
            edits.computeIfAbsent(from, at -> new ArrayList<>(1)).add(new Edit(to, piece));
            return this;
        }

        /** The plan for a file of that size. */
        EditPlan plan(long size) {
            List<Piece> pieces = new ArrayList<>();
            long at = 0;
            for (Map.Entry<Long, List<Edit>> entry : edits.entrySet()) {
                long from = entry.getKey();
                if (from < at) {
                    throw new IllegalArgumentException("edits overlap at " + from);
                }
                keep(pieces, at, from);
                at = from;
                for (Edit edit : entry.getValue()) {
                    if (edit.to() > from && at > from) {
                        throw new IllegalArgumentException("edits overlap at " + from);
                    }
                    pieces.add(edit.piece());
                    at = Math.max(at, edit.to());
                }
            }
            keep(pieces, at, size);
            return new EditPlan(pieces);
        }

        private static void keep(List<Piece> pieces, long from, long to) {
            if (to > from) {
                pieces.add(new Keep(from, to - from));
            }
        }
    }

    /** Runs the plan into a channel; gives the number of bytes written. */
    long run(Source.Bytes source, WritableByteChannel target) throws IOException {
        Gathering gathering = new Gathering(source, target);
        for (Piece piece : pieces) {
            switch (piece) {
                case Keep keep -> gathering.keep(keep);
                case Insert insert -> gathering.insert(insert.bytes);
                case Make make -> gathering.make(make.maker());
            }
        }
        gathering.flush();
        return gathering.total;
    }

    /** Writes pieces in order, small ones several at a time. */
    private static final class Gathering {
        private final Source.Bytes source;
        private final WritableByteChannel target;
        private final byte[] buffer = new byte[4 * SMALL];
        private int filled;
        private long total;

        Gathering(Source.Bytes source, WritableByteChannel target) {
            this.source = source;
            this.target = target;
        }

        void keep(Keep keep) throws IOException {
            total += keep.length();
            if (keep.length() > SMALL) {
                flush();
                source.copyTo(keep.from(), keep.length(), target);
                return;
            }
            int length = (int) keep.length();
            room(length);
            if (source.read(keep.from(), buffer, filled, length) < length) {
                throw new IOException("the file became shorter while it was copied");
            }
            filled += length;
        }

        void insert(byte[] bytes) throws IOException {
            total += bytes.length;
            room(bytes.length);
            if (bytes.length > buffer.length) {
                write(ByteBuffer.wrap(bytes));
            } else {
                System.arraycopy(bytes, 0, buffer, filled, bytes.length);
                filled += bytes.length;
            }
        }

        void make(Maker maker) throws IOException {
            flush();
            Counted out = new Counted(Channels.newOutputStream(target));
            maker.write(out);
            total += out.count;
        }

        void flush() throws IOException {
            write(ByteBuffer.wrap(buffer, 0, filled));
            filled = 0;
        }

        private void room(int length) throws IOException {
            if (filled + length > buffer.length) {
                flush();
            }
        }

        private void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                target.write(bytes);
            }
        }
    }

    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long count;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
            count += len;
        }
    }
}
