package dev.cinnabar.label.write;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** A table of positions in a segment (SeekHead, Cues), to be written anew when what it points to has moved. Every number is counted from the start of the segment's content. */
final class MatroskaTable {
    private static final long SEEK = 0x4DBB;
    private static final long SEEK_POSITION = 0x53AC;
    private static final long CUE_POINT = 0xBB;
    private static final long CUE_TRACK_POSITIONS = 0xB7;
    private static final long CUE_REFERENCE = 0xDB;
    private static final long CUE_CLUSTER_POSITION = 0xF1;
    private static final long CUE_CODEC_STATE = 0xEA;
    private static final long CUE_REF_CLUSTER = 0x97;
    private static final long CUE_REF_CODEC_STATE = 0xEB;

    private final EbmlElement element;
    private final byte[] content;
    private final Map<Integer, Integer> widths = new HashMap<>();
    private boolean grew;

    MatroskaTable(EbmlElement element, byte[] content) {
        this.element = element;
        this.content = content;
    }

    EbmlElement element() {
        return element;
    }

    /** The element with its positions moved; a number that needs more bytes than before gets them. */
    byte[] bytes(LongUnaryOperator moved) throws Refusal {
        return EbmlBytes.element(element.id(), element.sizeWidth(), inside(0, content.length, moved));
    }

    /** Whether a number needed more bytes in the last call than in the one before it. */
    boolean hasGrown() {
        boolean answer = grew;
        grew = false;
        return answer;
    }

    private byte[] inside(int from, int to, LongUnaryOperator moved) throws Refusal {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        boolean checked = false;
        for (EbmlBytes.Part part : EbmlBytes.parts(content, from, to)) {
            if (part.id() == EbmlBytes.CRC) {
                checked = true;
            } else if (isParent(part.id())) {
                out.writeBytes(EbmlBytes.element(part.id(), part.sizeWidth(), inside(part.body(), part.to(), moved)));
            } else if (isPosition(part.id())) {
                out.writeBytes(EbmlBytes.element(part.id(), part.sizeWidth(), position(part, moved)));
            } else {
                out.write(content, part.from(), part.to() - part.from());
            }
        }
        byte[] rest = out.toByteArray();
        if (!checked) {
            return rest;
        }
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        sealed.writeBytes(EbmlBytes.checksum(rest));
        sealed.writeBytes(rest);
        return sealed.toByteArray();
    }

    private byte[] position(EbmlBytes.Part part, LongUnaryOperator moved) throws Refusal {
        int width = part.to() - part.body();
        if (width > 8) {
            throw Refusal.broken(element.at(), "a position has " + width + " bytes");
        }
        long old = EbmlBytes.number(content, part.body(), width);
        boolean none = old == 0 && (part.id() == CUE_CODEC_STATE || part.id() == CUE_REF_CODEC_STATE);
        long value = none ? 0 : moved.applyAsLong(old);
        int wanted = Math.max(widths.getOrDefault(part.from(), width), (71 - Long.numberOfLeadingZeros(value)) / 8);
        if (wanted > widths.getOrDefault(part.from(), width)) {
            grew = true;
            widths.put(part.from(), wanted);
        }
        return BmffTree.big(value, wanted);
    }

    private static boolean isParent(long id) {
        return id == SEEK || id == CUE_POINT || id == CUE_TRACK_POSITIONS || id == CUE_REFERENCE;
    }

    private static boolean isPosition(long id) {
        return id == SEEK_POSITION
                || id == CUE_CLUSTER_POSITION
                || id == CUE_CODEC_STATE
                || id == CUE_REF_CLUSTER
                || id == CUE_REF_CODEC_STATE;
    }
}
