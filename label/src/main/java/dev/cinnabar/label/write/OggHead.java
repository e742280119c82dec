package dev.cinnabar.label.write;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The comment header of one stream of an Ogg file, with the pages that hold it and whatever headers share them; made anew with as many pages where that can be. */
final class OggHead {
    /** First packets, what their comment headers begin with, and the coding's name. */
    private static final String[][] CODINGS = {
        {"\1vorbis", "\3vorbis", "vorbis"},
        {"OpusHead", "OpusTags", "opus"},
        {"\177FLAC", "\4", "flac"},
        {"Speex   ", "", "speex"},
        {"\u0080theora", "\u0081theora", "theora"}
    };

    /** FLAC keeps the head of a metadata block before its comments: a type (perhaps the last one's) and 24 bits of length. */
    private static final int FLAC_HEAD = 4;

    private final Input file;
    private final Job job;
    private final String[] coding;
    private final List<OggPage> pages = new ArrayList<>();
    private long bytes;
    private boolean whole;

    private OggHead(Input file, Job job, String[] coding) {
        this.file = file;
        this.job = job;
        this.coding = coding;
    }

    /** For the stream that begins with a page; empty where its coding has no comments. */
    static Optional<OggHead> of(Input file, OggPage first, Job job) throws IOException, Refusal {
        String start = file.latin(first.bodyAt(), Math.min(8, first.bodyLength()));
        for (String[] coding : CODINGS) {
            if (start.startsWith(coding[0])) {
                if (!first.isClosed() || Arrays.equals(first.laces(), new byte[0])) {
                    throw Refusal.broken(first.at(), "the first packet of a stream is longer than its page");
                }
                return Optional.of(new OggHead(file, job, coding));
            }
        }
        return Optional.empty();
    }

    /** The coding's name. */
    String coding() {
        return coding[2];
    }

    /** Whether the comment header, and what began behind it on its last page, has been taken as a whole. */
    boolean isWhole() {
        return whole;
    }

    /** Where the last of its pages ends. */
    long end() {
        return pages.getLast().end();
    }

    /** The stream. */
    long serial() {
        return pages.getFirst().serial();
    }

    /** Takes the next page of the stream. */
    void take(OggPage page) throws Refusal {
        pages.add(page);
        bytes += page.bodyLength();
        if (bytes > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "the comment header of a stream has more than " + bytes + " bytes");
        }
        if (page.position() != 0 && page.position() != -1) {
            throw new Refusal(Fault.NO_ROOM, "the comment header of a stream shares its pages with sound");
        }
        whole = page.isClosed();
    }

    /** Plans the label in, or all labels out; gives how many pages the stream has more. */
    int change(EditPlan.Edits edits, Optional<AigcLabel> label) throws IOException, Refusal {
        byte[] body = body();
        int[] packets = packets();
        Held held = new Held(body);
        Input packet = new Input(held);
        int from = coding[2].equals("flac") ? FLAC_HEAD : coding[1].length();
        boolean named = coding[2].equals("flac")
                ? packets[0] >= FLAC_HEAD && (body[0] & 0x7F) == coding[1].charAt(0)
                : packet.latin(0, coding[1].length()).equals(coding[1]);
        if (!named) {
            throw Refusal.broken(pages.getFirst().at(), "the second packet of a stream is no comment header");
        }
        CommentHeader header = CommentHeader.of(packet, from, packets[0], job);
        EditPlan.Edits inner = new EditPlan.Edits();
        long growth = label.isPresent() ? header.relabel(inner, label.get()) : header.clean(inner);
        if (growth == 0 && label.isEmpty()) {
            return 0;
        }
        packets[0] += (int) growth;
        if (coding[2].equals("flac")) {
            if (packets[0] - FLAC_HEAD > 0xFFFFFF) {
                throw new Refusal(Fault.NO_ROOM, "a block of a FLAC stream ends at 16 MiB");
            }
            inner.replace(1, FLAC_HEAD, Bytes.big(packets[0] - FLAC_HEAD, 3));
        }
        return paginate(edits, held.changed(inner), packets);
    }

    private byte[] body() throws IOException, Refusal {
        byte[][] parts = new byte[pages.size()][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = file.stretch(pages.get(i).bodyAt(), pages.get(i).bodyLength());
        }
        return Bytes.joined(parts);
    }

    /** The lengths of the packets on the pages, the comment header first. */
    private int[] packets() {
        List<Integer> lengths = new ArrayList<>();
        int length = 0;
        for (OggPage page : pages) {
            for (byte lace : page.laces()) {
                length += lace & 0xFF;
                if (lace != (byte) 0xFF) {
                    lengths.add(length);
                    length = 0;
                }
            }
        }
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    private int paginate(EditPlan.Edits edits, byte[] body, int[] packets) {
        byte[] laces = laces(packets);
        int count =
                Math.clamp(pages.size(), (laces.length + OggPage.MOST_LACES - 1) / OggPage.MOST_LACES, laces.length);
        byte[][] fresh = new byte[count][];
        int lace = 0;
        int at = 0;
        for (int i = 0; i < count; i++) {
            int next = lace + laces.length / count + (i < laces.length % count ? 1 : 0);
            OggPage page = page(i, i == count - 1, laces, lace, next);
            fresh[i] = page.bytes(body, at, page.bodyLength());
            at += page.bodyLength();
            lace = next;
        }
        place(edits, fresh);
        return count - pages.size();
    }

    private static byte[] laces(int[] packets) {
        ByteArrayOutputStream laces = new ByteArrayOutputStream();
        for (int length : packets) {
            for (int i = length / 255; i > 0; i--) {
                laces.write(255);
            }
            laces.write(length % 255);
        }
        return laces.toByteArray();
    }

    private OggPage page(int index, boolean last, byte[] laces, int from, int to) {
        OggPage model = pages.getFirst();
        byte[] own = Arrays.copyOfRange(laces, from, to);
        boolean ends = false;
        for (byte lace : own) {
            ends |= lace != (byte) 0xFF;
        }
        int flags = from > 0 && laces[from - 1] == (byte) 0xFF ? OggPage.CONTINUES : 0;
        flags |= last ? pages.getLast().flags() & OggPage.ENDS : 0;
        return new OggPage(0, flags, ends ? 0 : -1, model.serial(), model.number() + index, own);
    }

    /** Each page in the place of an old one, so that pages of other streams between them stay where they are; what is too many behind the last one. */
    private void place(EditPlan.Edits edits, byte[][] fresh) {
        for (int i = 0; i < pages.size(); i++) {
            OggPage old = pages.get(i);
            boolean last = i == pages.size() - 1;
            byte[][] here = Arrays.copyOfRange(
                    fresh, Math.min(i, fresh.length), last ? fresh.length : Math.min(i + 1, fresh.length));
            edits.replace(old.at(), old.end(), Bytes.joined(here));
        }
    }
}
