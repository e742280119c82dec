package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import java.io.IOException;
import java.util.List;

/** The boxes {@code uuid} of a file, told apart by the 16 bytes of their kind: C2PA manifests, XMP packets. */
final class BmffSeal {
    private static final long XMP = 0xBE7ACFCB97A942E8L;
    private static final long XMP_REST = 0x9C71999491E3AFACL;
    private static final long C2PA = 0xD8FEC3D61B0E483CL;
    private static final long C2PA_REST = 0x92975828877EC481L;

    private final BmffTree tree;

    BmffSeal(BmffTree tree) {
        this.tree = tree;
    }

    /** Refuses a file that carries a C2PA manifest, or notes that it will be broken where the order allows that. */
    void check(List<Finding> notes) throws IOException, Refusal {
        for (BmffBox box : tree.top()) {
            check(box, notes);
        }
    }

    private void check(BmffBox box, List<Finding> notes) throws IOException, Refusal {
        if (!isKind(box, C2PA, C2PA_REST)) {
            return;
        }
        if (!tree.job().order().breakC2pa()) {
            throw new Refusal(Fault.C2PA_SEALED, "uuid/c2pa");
        }
        if (notes.isEmpty()) {
            notes.add(Finding.of(Fault.SEAL_BROKEN));
        }
    }

    /** Takes labels out of the XMP of a box, if it is one; the box keeps its length, for what lies behind it may be counted from what lies before. */
    void cleanXmp(BmffBox box) throws IOException, Refusal {
        if (isKind(box, XMP, XMP_REST)) {
            cleanPacket(box.body() + 16, box.end());
        }
    }

    /** The same of a packet that fills a stretch. */
    void cleanPacket(long from, long end) throws IOException, Refusal {
        byte[] packet = tree.content(from, end);
        if (!XmpPacket.couldHoldLabel(packet)) {
            return;
        }
        byte[] clean = XmpPacket.without(packet);
        if (!java.util.Arrays.equals(clean, packet)) {
            byte[] padded = java.util.Arrays.copyOf(clean, packet.length);
            java.util.Arrays.fill(padded, Math.min(clean.length, padded.length), padded.length, (byte) ' ');
            tree.edits().replace(from, end, padded);
        }
    }

    private boolean isKind(BmffBox box, long first, long second) throws IOException, Refusal {
        return box.is("uuid")
                && box.length() >= 16
                && tree.file().big(box.body(), 8) == first
                && tree.file().big(box.body() + 8, 8) == second;
    }
}
