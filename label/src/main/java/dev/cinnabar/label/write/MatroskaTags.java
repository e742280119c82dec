package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The element Tags of a segment as bytes, with its labels taken out and a new one put in. */
final class MatroskaTags {
    static final long TAGS = 0x1254C367L;
    private static final long TAG = 0x7373;
    private static final long TARGETS = 0x63C0;
    private static final long SIMPLE_TAG = 0x67C8;
    private static final long TAG_NAME = 0x45A3;
    private static final long TAG_STRING = 0x4487;
    private static final long TAG_BINARY = 0x4485;

    private final byte[] content;
    private final int depth;

    private MatroskaTags(byte[] content, int depth) {
        this.content = content;
        this.depth = depth;
    }

    /** The content of Tags without labels, and with the checksum it had, for what comes behind it is part of that. */
    static byte[] clean(byte[] content, byte[] added, Job job) throws Refusal {
        MatroskaTags tags = new MatroskaTags(content, job.limits().depth());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean checked = false;
        for (EbmlBytes.Part part : EbmlBytes.parts(content, 0, content.length)) {
            if (part.id() == EbmlBytes.CRC) {
                checked = true;
            } else if (part.id() == TAG) {
                out.writeBytes(tags.tag(part));
            } else {
                out.writeBytes(tags.whole(part));
            }
        }
        out.writeBytes(added);
        byte[] clean = out.toByteArray();
        if (!checked) {
            return clean;
        }
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        sealed.writeBytes(EbmlBytes.checksum(clean));
        sealed.writeBytes(clean);
        return sealed.toByteArray();
    }

    /** A tag of the whole segment with the label. */
    static byte[] label(byte[] json) {
        byte[] name = EbmlBytes.element(TAG_NAME, "AIGC".getBytes(StandardCharsets.US_ASCII));
        byte[] simple = EbmlBytes.element(SIMPLE_TAG, name, EbmlBytes.element(TAG_STRING, json));
        return EbmlBytes.element(TAG, EbmlBytes.element(TARGETS), simple);
    }

    private byte[] whole(EbmlBytes.Part part) {
        return java.util.Arrays.copyOfRange(content, part.from(), part.to());
    }

    /** A tag without its labels; nothing where it held nothing else. */
    private byte[] tag(EbmlBytes.Part tag) throws Refusal {
        return without(tag, 0, true);
    }

    private byte[] without(EbmlBytes.Part parent, int level, boolean needsOne) throws Refusal {
        if (level > depth) {
            throw new Refusal(Fault.TOO_LARGE, "tags nested deeper than " + depth);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int before = 0;
        int after = 0;
        for (EbmlBytes.Part part : EbmlBytes.parts(content, parent.body(), parent.to())) {
            if (part.id() == EbmlBytes.CRC) {
                continue;
            }
            if (part.id() != SIMPLE_TAG) {
                out.writeBytes(whole(part));
                continue;
            }
            before++;
            if (!isLabel(part)) {
                after++;
                out.writeBytes(without(part, level + 1, false));
            }
        }
        byte[] same = whole(parent);
        byte[] inside = out.toByteArray();
        if (needsOne && before > 0 && after == 0) {
            return new byte[0];
        }
        return java.util.Arrays.equals(inside, 0, inside.length, content, parent.body(), parent.to())
                ? same
                : EbmlBytes.element(parent.id(), parent.sizeWidth(), inside);
    }

    private boolean isLabel(EbmlBytes.Part simple) throws Refusal {
        List<EbmlBytes.Part> parts = EbmlBytes.parts(content, simple.body(), simple.to());
        for (EbmlBytes.Part part : parts) {
            byte[] value = java.util.Arrays.copyOfRange(content, part.body(), part.to());
            if (part.id() == TAG_NAME && OldLabels.mentions(value)) {
                return true;
            }
            boolean text = part.id() == TAG_STRING || part.id() == TAG_BINARY;
            if (text && OldLabels.isLabel(new String(value, StandardCharsets.UTF_8))) {
                return true;
            }
        }
        return false;
    }
}
