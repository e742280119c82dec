package dev.cinnabar.label.read;

import dev.cinnabar.label.Source;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** One logical stream of an Ogg file, read as far as its comment header, which is its second packet; the packet is never gathered in memory. */
final class OggStream {
    /** The codings whose second packet is a comment header. */
    enum Coding {
        VORBIS("vorbis", "\1vorbis", "\3vorbis"),
        OPUS("opus", "OpusHead", "OpusTags"),
        FLAC("flac", "\177FLAC", "????"),
        SPEEX("speex", "Speex   ", ""),
        THEORA("theora", "\u0080theora", "\u0081theora"),
        /** A stream without comments, or one nobody here knows. */
        OTHER("other", "", "");

        private final String word;
        private final String first;
        private final String second;

        Coding(String word, String first, String second) {
            this.word = word;
            this.first = first;
            this.second = second;
        }

        static Coding of(Window file, OggPage page) throws IOException {
            for (Coding coding : values()) {
                if (page.bodyLength() >= coding.first.length() && file.has(page.bodyAt(), coding.first)) {
                    return coding;
                }
            }
            return OTHER;
        }

        String word() {
            return word;
        }
    }

    private record Stretch(long from, long at, int length) {}

    private final Window file;
    private final Coding coding;
    private final long mostBytes;
    private final List<Stretch> stretches = new ArrayList<>();
    private int packets;
    private long length;

    OggStream(Window file, OggPage first, long mostBytes) throws IOException, Damage {
        this.file = file;
        this.coding = Coding.of(file, first);
        this.mostBytes = mostBytes;
        take(first);
    }

    Coding coding() {
        return coding;
    }

    /** Whether the comment header is there as a whole, or will never come. */
    boolean isDone() {
        return coding == Coding.OTHER || packets > 1;
    }

    /** Takes what a page of this stream has of the comment header. */
    void take(OggPage page) throws IOException, Damage {
        long at = page.bodyAt();
        for (int i = 0; i < page.laces() && packets < 2; i++) {
            int lace = file.u8(page.at() + OggPage.HEAD + i);
            if (packets == 1) {
                add(at, lace);
            }
            at += lace;
            packets += lace < 255 ? 1 : 0;
        }
    }

    private void add(long at, int lace) throws Damage {
        Stretch last = stretches.isEmpty() ? new Stretch(0, -1, 0) : stretches.getLast();
        if (last.at + last.length == at) {
            stretches.set(stretches.size() - 1, new Stretch(last.from, last.at, last.length + lace));
        } else {
            stretches.add(new Stretch(length, at, lace));
        }
        length += lace;
        if (length > mostBytes) {
            throw Damage.limit("the comment header of a stream has more than " + mostBytes + " bytes");
        }
    }

    /** Reads the comments. */
    void read(Report report) throws IOException, Damage {
        Window packet = new Window(new Packet());
        if (coding == Coding.FLAC ? length < 4 || (packet.u8(0) & 0x7F) != 4 : !packet.has(0, coding.second)) {
            throw Damage.at(
                    stretches.isEmpty() ? 0 : stretches.getFirst().at, "the second packet is no comment header");
        }
        new CommentReader(report, "ogg:" + coding.word()).read(packet, coding.second.length(), length);
    }

    /** The comment header as if it stood in one piece. */
    private final class Packet implements Source.Bytes {
        @Override
        public long size() {
            return length;
        }

        @Override
        public int read(long at, byte[] into, int offset, int wanted) throws IOException {
            int done = 0;
            for (int i = index(at); i < stretches.size() && done < wanted; i++) {
                Stretch stretch = stretches.get(i);
                int skip = (int) (at + done - stretch.from);
                int n = Math.min(wanted - done, stretch.length - skip);
                done += file.read(stretch.at + skip, into, offset + done, n);
            }
            return done;
        }

        private int index(long at) {
            int low = 0;
            int high = stretches.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                Stretch stretch = stretches.get(middle);
                if (stretch.from + stretch.length <= at) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        @Override
        public void copyTo(long at, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException("a packet is only looked at");
        }

        @Override
        public void close() {
            // the file stays open
        }
    }
}
