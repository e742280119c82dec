package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * TIFF and BigTIFF: the label in the XMP of the first directory (tag 700, TC260-PG-20259A), in place of every label the file carries. A file is full of offsets that nobody knows
 * all of, so nothing in it moves: the packet and a new first directory come behind its end, and old labels are blanked where they stand. What an earlier writing put there is
 * written anew.
 */
final class TiffWriter implements FormatWriter {
    private static final int IMAGE_DESCRIPTION = 0x010E;
    private static final int USER_COMMENT = 0x9286;
    private static final int COMMENT_PREFIX = 8;
    private static final int C2PA = 0xCD41;
    private static final int UNDEFINED = 7;
    private static final long MOST = 0xFFFFFFFFL;

    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final NavigableMap<Long, Long> taken = new TreeMap<>();
    private final List<Finding> notes = new ArrayList<>();

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        TiffLayout layout = TiffLayout.of(file, job);
        taken.put(0L, (long) layout.pointerAt() + layout.pointerSize());
        for (TiffLayout.Directory directory : layout.directories()) {
            taken.merge(directory.at(), directory.end(), Math::max);
        }
        for (TiffLayout.Directory directory : layout.directories()) {
            for (TiffLayout.Entry entry : directory.entries()) {
                old(file, layout, directory.kind(), entry, job);
            }
        }
        Optional<TiffLayout.Entry> old = layout.packet();
        byte[] packet = old.isPresent()
                ? XmpPacket.labelled(content(file, old.get(), job), job.order())
                : XmpPacket.fresh(job.order());
        Optional<Long> tail = layout.tail();
        if (tail.isEmpty()) {
            blankPackets(file, layout, job);
        }
        append(file, layout, tail.orElse(file.size()), packet);
        job.withoutMark(Format.TIFF).ifPresent(notes::add);
        return new Draft(edits.plan(file.size()), "tiff:XMP/xmp", List.of(), notes);
    }

    private void old(Input file, TiffLayout layout, TiffLayout.Kind kind, TiffLayout.Entry entry, Job job)
            throws IOException, Refusal {
        boolean exif = kind == TiffLayout.Kind.EXIF;
        if (entry.tag() == C2PA && !exif) {
            if (notes.isEmpty()) {
                notes.add(job.seal("tiff:C2PA"));
            }
        } else if (!layout.isApart(entry)) {
            return; // too short for a label
        } else if (entry.tag() == TiffLayout.XMP && !exif && kind != TiffLayout.Kind.FIRST) {
            clean(file, entry, job);
        } else if (entry.tag() == IMAGE_DESCRIPTION && !exif) {
            blankText(file, entry, 0, job);
        } else if (entry.tag() == USER_COMMENT && exif) {
            blankText(file, entry, COMMENT_PREFIX, job);
        }
    }

    /** Takes the label out of the packet of a further directory, which keeps its length. */
    private void clean(Input file, TiffLayout.Entry entry, Job job) throws IOException, Refusal {
        byte[] packet = content(file, entry, job);
        if (!XmpPacket.couldHoldLabel(packet)) {
            return;
        }
        byte[] clean = XmpPacket.without(packet);
        if (!Arrays.equals(clean, XmpPacket.without(clean))) {
            throw Refusal.broken(entry.valueAt(), "a packet cannot be rid of its label");
        }
        if (!Arrays.equals(clean, packet)) {
            byte[] padded = spaces(packet);
            System.arraycopy(clean, 0, padded, 0, clean.length);
            inPlace(entry.valueAt(), padded);
        }
    }

    /** As many blanks as a packet is long, in its coding. */
    private static byte[] spaces(byte[] packet) {
        byte[] blanks = new byte[packet.length];
        boolean high = packet[0] == 0 || (packet[0] & 0xFF) == 0xFE;
        boolean low = packet[1] == 0 || (packet[0] & 0xFF) == 0xFF;
        for (int i = 0; i < blanks.length; i++) {
            boolean zero = high ? i % 2 == 0 : low && i % 2 == 1;
            blanks[i] = (byte) (zero ? 0 : ' ');
        }
        return blanks;
    }

    private void blankText(Input file, TiffLayout.Entry entry, int prefix, Job job) throws IOException, Refusal {
        if (entry.length() <= prefix) {
            return;
        }
        byte[] value = content(file, entry, job);
        // two-byte text shows its letters when the zero bytes are left out; a label is ASCII
        String letters = new String(value, prefix, value.length - prefix, StandardCharsets.ISO_8859_1);
        String utf8 = new String(value, prefix, value.length - prefix, StandardCharsets.UTF_8);
        if (OldLabels.isLabel(letters.replace("\0", "")) || OldLabels.isLabel(utf8)) {
            inPlace(entry.valueAt() + prefix, new byte[value.length - prefix]);
        }
    }

    /** The packets that the new first directory no longer names: whoever searches the bytes must not find their labels. */
    private void blankPackets(Input file, TiffLayout layout, Job job) throws IOException, Refusal {
        for (TiffLayout.Entry entry : layout.directories().getFirst().entries()) {
            if (entry.tag() == TiffLayout.XMP && layout.isApart(entry)) {
                byte[] packet = content(file, entry, job);
                if (XmpPacket.couldHoldLabel(packet)) {
                    inPlace(entry.valueAt(), spaces(packet));
                }
            }
        }
    }

    /** Puts bytes where others stand. A stretch that several entries share is changed once, by the first; one that holds parts of the structure cannot be changed. */
    private void inPlace(long at, byte[] bytes) throws Refusal {
        long end = at + bytes.length;
        Map.Entry<Long, Long> before = taken.floorEntry(at);
        if (before != null && before.getKey() == at && before.getValue() == end) {
            return;
        }
        Long next = taken.higherKey(at);
        if ((before != null && before.getValue() > at) || (next != null && next < end)) {
            throw Refusal.broken(at, "a value lies over another part of the file");
        }
        taken.put(at, end);
        edits.replace(at, end, bytes);
    }

    private void append(Input file, TiffLayout layout, long from, byte[] packet) throws IOException, Refusal {
        long packetAt = from + (from & 1);
        long at = packetAt + packet.length + (packet.length & 1);
        byte[] directory = directory(file, layout, packetAt, packet.length);
        if (!layout.big() && at + directory.length > MOST) {
            throw new Refusal(Fault.NO_ROOM, "the offsets of a TIFF file that is no BigTIFF end at 4 GiB");
        }
        byte[] tail = Bytes.joined(
                new byte[(int) (packetAt - from)], packet, new byte[(int) (at - packetAt - packet.length)], directory);
        edits.replace(from, file.size(), tail);
        long pointer = layout.pointerAt();
        edits.replace(pointer, pointer + layout.pointerSize(), layout.bytes(at, layout.pointerSize()));
    }

    /** The first directory with the packet in place of every one it names; the entries stand in the order of their tags. */
    private static byte[] directory(Input file, TiffLayout layout, long packetAt, int packetLength)
            throws IOException, Refusal {
        TiffLayout.Directory first = layout.directories().getFirst();
        List<TiffLayout.Entry> kept = new ArrayList<>(first.entries());
        kept.removeIf(entry -> entry.tag() == TiffLayout.XMP);
        kept.sort(Comparator.comparingInt(TiffLayout.Entry::tag));
        if (!layout.big() && kept.size() >= 0xFFFF) {
            throw new Refusal(Fault.NO_ROOM, "its first directory is full");
        }
        int pointer = layout.pointerSize();
        byte[] ours = Bytes.joined(
                layout.bytes(TiffLayout.XMP, 2),
                layout.bytes(UNDEFINED, 2),
                layout.bytes(packetLength, pointer),
                layout.bytes(packetAt, pointer));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(layout.bytes(kept.size() + 1L, layout.countSize()));
        boolean written = false;
        for (TiffLayout.Entry entry : kept) {
            if (!written && entry.tag() > TiffLayout.XMP) {
                out.writeBytes(ours);
                written = true;
            }
            out.writeBytes(file.stretch(entry.at(), layout.entrySize()));
        }
        out.writeBytes(written ? new byte[0] : ours);
        out.writeBytes(layout.bytes(first.next(), pointer));
        return out.toByteArray();
    }

    private static byte[] content(Input file, TiffLayout.Entry entry, Job job) throws IOException, Refusal {
        if (entry.length() > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "tag " + entry.tag() + " has " + entry.length() + " bytes");
        }
        return file.stretch(entry.valueAt(), entry.length());
    }
}
