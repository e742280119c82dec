package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boxes of a file as a writer changes them: as deep as they matter, with the edits, and with every size that follows from an edit. */
final class BmffTree {
    private final Input file;
    private final Job job;
    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<BmffBox> top = new ArrayList<>();
    private final List<long[]> put = new ArrayList<>();
    private int walked;

    private BmffTree(Input file, Job job) {
        this.file = file;
        this.job = job;
    }

    /** Reads the boxes of a file; refuses one whose sizes do not hold. */
    static BmffTree of(Input file, Job job) throws IOException, Refusal {
        BmffTree tree = new BmffTree(file, job);
        for (long at = 0;
                at < file.size() && !tree.isPadding(at);
                at = tree.top.getLast().end()) {
            tree.top.add(tree.box(at, file.size(), Optional.empty()));
        }
        return tree;
    }

    /** A few zero bytes at the end are no box and do no harm. */
    private boolean isPadding(long at) throws IOException, Refusal {
        return file.size() - at < 8 && file.big(at, (int) (file.size() - at)) == 0;
    }

    Input file() {
        return file;
    }

    Job job() {
        return job;
    }

    EditPlan.Edits edits() {
        return edits;
    }

    List<BmffBox> top() {
        return top;
    }

    /** The only box of a name at the top; refuses a file with several. */
    Optional<BmffBox> only(String type) throws Refusal {
        List<BmffBox> found = top.stream().filter(box -> box.is(type)).toList();
        if (found.size() > 1) {
            throw Refusal.broken(found.get(1).at(), "there is a second box " + type);
        }
        return found.stream().findFirst();
    }

    /** Reads the children of a box whose content begins with {@code head} other bytes. */
    List<BmffBox> open(BmffBox box, int head) throws IOException, Refusal {
        if (box.children().isEmpty()) {
            // QuickTime's user data may end with a size of zero
            long at = box.body() + head;
            while (at + 8 <= box.end() && file.big(at, 4) != 0) {
                box.children().add(box(at, box.end(), Optional.of(box)));
                at = box.children().getLast().end();
            }
            long rest = box.end() - at;
            if (rest > 0 && rest < 8 && file.big(at, (int) rest) != 0) {
                throw Refusal.broken(at, rest + " bytes that are no box end the box " + box.type());
            }
        }
        return box.children();
    }

    /** The content of a box that holds text or a table, within the limit of texts. */
    byte[] content(long from, long end) throws IOException, Refusal {
        if (end - from > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "a part at byte " + from + " has " + (end - from) + " bytes");
        }
        return file.stretch(from, Math.max(0, end - from));
    }

    /** Puts bytes in the place of a stretch inside a box. */
    void replace(BmffBox inside, long from, long to, byte[] bytes) {
        edits.replace(from, to, bytes);
        inside.grow(bytes.length - (to - from));
    }

    /** Puts bytes in the place of a stretch of content; two changes of the same bytes are refused. */
    void put(long from, long to, byte[] bytes) throws Refusal {
        for (long[] other : put) {
            if (other[0] < to && from < other[1]) {
                throw Refusal.broken(from, "two items lie in the same bytes");
            }
        }
        around(from, to);
        put.add(new long[] {from, to});
        edits.replace(from, to, bytes);
    }

    /** The media or data box that a stretch of content lies in; refuses one that lies in the structure of the file. */
    BmffBox around(long from, long to) throws Refusal {
        for (BmffBox box : top) {
            for (BmffBox inner : box.children()) {
                if (inner.is("idat") && from >= inner.body() && to <= inner.end()) {
                    return inner;
                }
            }
            if (box.is("mdat") && from >= box.body() && to <= box.end()) {
                return box;
            }
        }
        throw Refusal.broken(from, "an item lies outside of the media");
    }

    /** Takes a box out. */
    void drop(BmffBox box) {
        edits.drop(box.at(), box.end());
        box.parent().ifPresent(parent -> parent.grow(box.at() - box.end()));
    }

    /** Patches the size of every box that grew; nothing may be edited in them afterwards but in place. */
    void sizes(List<BmffBox> boxes) throws IOException, Refusal {
        for (BmffBox box : boxes) {
            if (box.growth() != 0) {
                size(box);
            }
            sizes(box.children());
        }
    }

    private void size(BmffBox box) throws Refusal {
        long size = box.end() - box.at() + box.growth();
        switch (box.size()) {
            case OPEN -> {}
            case LONG -> edits.replace(box.at() + 8, box.at() + 16, big(size, 8));
            case SHORT -> {
                if (size >= 1L << 32) {
                    throw new Refusal(Fault.NO_ROOM, "a box " + box.type() + " would be longer than 4 GiB");
                }
                edits.replace(box.at(), box.at() + 4, big(size, 4));
            }
        }
    }

    private BmffBox box(long at, long end, Optional<BmffBox> parent) throws IOException, Refusal {
        if (++walked > job.limits().boxes()) {
            throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " boxes");
        }
        long size = file.big(at, 4);
        String type = file.latin(at + 4, 4);
        BmffBox.Size kind = BmffBox.Size.SHORT;
        if (size == 1) {
            size = file.big(at + 8, 8);
            kind = BmffBox.Size.LONG;
        } else if (size == 0) {
            size = end - at;
            kind = BmffBox.Size.OPEN;
        }
        if (size < (kind == BmffBox.Size.LONG ? 16 : 8) || size > end - at) {
            throw Refusal.broken(at, "a box claims " + size + " bytes; there are " + (end - at));
        }
        return new BmffBox(type, at, at + size, kind, parent);
    }

    /** A box of these parts. */
    static byte[] box(String type, byte[]... parts) {
        int length = 8;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] out = new byte[length];
        System.arraycopy(big(length, 4), 0, out, 0, 4);
        System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, out, 4, 4);
        int at = 8;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    /** A number, highest byte first. */
    static byte[] big(long value, int count) {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            out[i] = (byte) (value >> (8 * (count - 1 - i)));
        }
        return out;
    }
}
