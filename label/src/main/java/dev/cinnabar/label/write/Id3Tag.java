package dev.cinnabar.label.write;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An ID3v2 tag that is given a label or cleaned of all labels. Frames stay as they are and where they are; a label goes before them, and padding behind them is used up where
 * it suffices. An extended header goes, for its checksum and its count of padding would be wrong; an unsynchronised tag is written plain.
 */
final class Id3Tag {
    static final int HEAD = 10;
    private static final int UNSYNCHRONISED = 0x80;
    private static final int EXTENDED = 0x40;
    private static final int FOOTER = 0x10;
    private static final long LONGEST = (1L << 28) - 1;

    private final Input file;
    private final long at;
    private final Job job;
    private final int version;
    private final int flags;
    private final long bodyEnd;
    private final List<Id3Frame> frames = new ArrayList<>();
    private long framesAt;
    private long framesEnd;

    private Id3Tag(Input file, long at, Job job) throws IOException, Refusal {
        this.file = file;
        this.at = at;
        this.job = job;
        this.version = file.byteAt(at + 3);
        this.flags = file.byteAt(at + 5);
        this.bodyEnd = at + HEAD + syncSafe(file, at + 6);
    }

    /** Reads the tag at a position; refuses one whose structure does not hold. */
    static Id3Tag at(Input file, long at, Job job) throws IOException, Refusal {
        Id3Tag tag = new Id3Tag(file, at, job);
        if (tag.end() > file.size()) {
            throw Refusal.broken(at, "the ID3v2 tag claims more bytes than the file has");
        }
        if (tag.version < 2 || tag.version > 4 || (tag.version == 2 && (tag.flags & EXTENDED) != 0)) {
            throw Refusal.broken(at, "the ID3v2 tag has a version or flags that nobody defined");
        }
        if (!tag.isPacked()) {
            tag.walk();
        }
        return tag;
    }

    /** A new tag, version 2.3, which every player reads. */
    static byte[] fresh(AigcLabel label) {
        byte[] frame = frame(label, 3);
        return Bytes.joined(Bytes.latin("ID3"), new byte[] {3, 0, 0}, safe(frame.length), frame);
    }

    /** Where the tag ends, its footer with it. */
    long end() {
        return bodyEnd + (version == 4 && (flags & FOOTER) != 0 ? HEAD : 0);
    }

    /** Whether the tag as a whole is unsynchronised, so that its frames have other offsets than they say. */
    private boolean isPacked() {
        return version < 4 && (flags & UNSYNCHRONISED) != 0;
    }

    private void walk() throws IOException, Refusal {
        framesAt = at + HEAD;
        if (version > 2 && (flags & EXTENDED) != 0) {
            framesAt += version == 3 ? 4 + file.big(framesAt, 4) : syncSafe(file, framesAt);
        }
        if (framesAt > bodyEnd) {
            throw Refusal.broken(at, "the extended header of the ID3v2 tag is longer than the tag");
        }
        int head = version == 2 ? 6 : 10;
        framesEnd = framesAt;
        while (framesEnd + head <= bodyEnd && file.byteAt(framesEnd) != 0) {
            if (frames.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " frames");
            }
            frames.add(Id3Frame.of(file, framesEnd, bodyEnd, version, (flags & UNSYNCHRONISED) != 0));
            framesEnd = frames.getLast().end();
        }
    }

    /** Whether a frame holds a C2PA manifest. */
    boolean isSealed() throws IOException, Refusal {
        if (isPacked()) {
            return at(new Input(held()), 0, job).isSealed();
        }
        for (Id3Frame frame : frames) {
            if (frame.isSeal(file)) {
                return true;
            }
        }
        return false;
    }

    /** Plans the label into the tag, in place of every label it holds; gives by how many bytes the tag grows. */
    long relabel(EditPlan.Edits edits, AigcLabel label) throws IOException, Refusal {
        return change(edits, frame(label, version));
    }

    /** Plans every label out of the tag; gives by how many bytes it grows (0 or less). */
    long clean(EditPlan.Edits edits) throws IOException, Refusal {
        return change(edits, new byte[0]);
    }

    private long change(EditPlan.Edits edits, byte[] fresh) throws IOException, Refusal {
        if (isPacked()) {
            return changePacked(edits, fresh);
        }
        long dropped = 0;
        boolean touched = fresh.length > 0;
        for (Id3Frame frame : frames) {
            byte[] xmp = frame.cleanedXmp(file, job);
            if (xmp.length > 0) {
                edits.replace(frame.dataAt(), frame.end(), xmp);
            } else if (frame.isLabel(file, job)) {
                edits.drop(frame.at(), frame.end());
                dropped += frame.end() - frame.at();
                touched = true;
            }
        }
        if (!touched) {
            return 0;
        }
        edits.replace(at + HEAD, framesAt, fresh);
        long oldBody = bodyEnd - at - HEAD;
        long used = framesEnd - framesAt - dropped + fresh.length;
        long padding = bodyEnd - framesEnd;
        boolean kept = padding > 0 && used <= oldBody && end() == bodyEnd;
        long newPadding = kept ? oldBody - used : 0;
        if (newPadding < padding) {
            edits.drop(framesEnd, framesEnd + padding - newPadding);
        } else {
            edits.insert(framesEnd, new byte[Math.toIntExact(newPadding - padding)]);
        }
        heads(edits, used + newPadding);
        return used + newPadding - oldBody;
    }

    private void heads(EditPlan.Edits edits, long body) throws IOException, Refusal {
        if (body > LONGEST) {
            throw new Refusal(Fault.NO_ROOM, "an ID3v2 tag ends at 256 MiB");
        }
        byte[] rest = Bytes.joined(new byte[] {(byte) (flags & ~EXTENDED)}, safe(body));
        edits.replace(at + 5, at + HEAD, rest);
        if (end() > bodyEnd) {
            edits.replace(bodyEnd + 5, bodyEnd + HEAD, rest);
        }
    }

    /** An unsynchronised tag is short enough to be made anew, plain. */
    private long changePacked(EditPlan.Edits edits, byte[] fresh) throws IOException, Refusal {
        Held held = held();
        EditPlan.Edits inner = new EditPlan.Edits();
        at(new Input(held), 0, job).change(inner, fresh);
        byte[] changed = held.changed(inner);
        if (Arrays.equals(changed, held.bytes())) {
            return 0;
        }
        edits.replace(at, bodyEnd, changed);
        return changed.length - (bodyEnd - at);
    }

    /** An unsynchronised tag as it would be without that. */
    private Held held() throws IOException, Refusal {
        long length = bodyEnd - at - HEAD;
        if (length > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "its unsynchronised ID3v2 tag has " + length + " bytes");
        }
        byte[] body = synchronised(file.stretch(at + HEAD, length));
        byte[] plain = {(byte) (flags & ~UNSYNCHRONISED)};
        return new Held(Bytes.joined(file.stretch(at, 5), plain, safe(body.length), body));
    }

    /** The frame that holds the label, in the shape of a version; its text is ASCII. */
    private static byte[] frame(AigcLabel label, int version) {
        byte[] content = Bytes.joined(new byte[1], Bytes.latin("AIGC\0"), Bytes.latin(label.toJson()));
        return switch (version) {
            case 2 -> Bytes.joined(Bytes.latin("TXX"), Bytes.big(content.length, 3), content);
            case 3 -> Bytes.joined(Bytes.latin("TXXX"), Bytes.big(content.length, 4), new byte[2], content);
            default -> Bytes.joined(Bytes.latin("TXXX"), safe(content.length), new byte[2], content);
        };
    }

    /** Four bytes of seven bits each. */
    private static byte[] safe(long value) {
        return new byte[] {
            (byte) (value >> 21 & 0x7F), (byte) (value >> 14 & 0x7F), (byte) (value >> 7 & 0x7F), (byte) (value & 0x7F)
        };
    }

    static long syncSafe(Input file, long at) throws IOException, Refusal {
        long value = file.big(at, 4);
        if ((value & 0x80808080L) != 0) {
            throw Refusal.broken(at, "a size of the ID3v2 tag is not sync-safe");
        }
        return (value & 0x7F) | (value >> 8 & 0x7F) << 7 | (value >> 16 & 0x7F) << 14 | (value >> 24 & 0x7F) << 21;
    }

    /** Takes out the zero bytes that keep players from taking a tag for sound. */
    static byte[] synchronised(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        boolean stuffed = false;
        for (byte b : bytes) {
            if (!(stuffed && b == 0)) {
                out.write(b);
            }
            stuffed = b == (byte) 0xFF;
        }
        return out.toByteArray();
    }
}
