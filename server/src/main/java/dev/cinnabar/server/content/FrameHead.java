package dev.cinnabar.server.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The head of a frame, in the clear: what it is, whose, and what lies in it. Nothing in it is content.
 *
 * <p>Form, big-endian: magic (4), kind (1), zero (1), length of the words (2), length of the body (4), offset of the content's frame before
 * this one in the same segment or -1 (8), milliseconds since 1970 (8), the words, CRC-32C of all that (4).
 */
record FrameHead(Kind kind, long previous, long time, String contentId, List<PartHead> parts, int bodyLength) {
    static final int FIXED = 28;
    static final int CRC = 4;
    private static final int MAGIC = 0x43434E42;

    /** What a frame is for. */
    enum Kind {
        /** Parts of a content, encrypted. */
        PARTS(1),
        /** The content's keys are destroyed, in this segment and all before it. */
        ERASED(2),
        /** Everything before this frame was durable when it was written. */
        MARK(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static Optional<Kind> of(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    /** A part's name, media type and length. */
    record PartHead(String name, String mediaType, int length) {}

    static FrameHead mark(long time) {
        return new FrameHead(Kind.MARK, -1, time, "", List.of(), 0);
    }

    FrameHead after(long offset) {
        return new FrameHead(kind, offset, time, contentId, parts, bodyLength);
    }

    /** The words: content id, parts; also what the encryption is bound to, with the time. */
    byte[] words() {
        if (kind == Kind.MARK) {
            return new byte[0];
        }
        ByteBuffer words = ByteBuffer.allocate(1 + 255 + 1 + parts.size() * (255 + 255 + 2 + 4));
        word(words, contentId);
        words.put((byte) parts.size());
        for (PartHead part : parts) {
            word(words, part.name());
            word(words, part.mediaType());
            words.putInt(part.length());
        }
        byte[] used = new byte[words.position()];
        words.flip().get(used);
        return used;
    }

    private static void word(ByteBuffer words, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw new IllegalArgumentException("longer than 255 bytes: " + word);
        }
        words.put((byte) bytes.length).put(bytes);
    }

    /** What the encryption of the body is bound to. */
    byte[] bound() {
        byte[] words = words();
        return ByteBuffer.allocate(8 + words.length).putLong(time).put(words).array();
    }

    ByteBuffer encoded() {
        byte[] words = words();
        ByteBuffer head = ByteBuffer.allocate(FIXED + words.length + CRC);
        head.putInt(MAGIC).put((byte) kind.code).put((byte) 0).putShort((short) words.length);
        head.putInt(bodyLength).putLong(previous).putLong(time).put(words);
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 0, head.position());
        return head.putInt((int) crc.getValue()).flip();
    }

    /** Length of the head with these fixed bytes, or empty where they are no head. */
    static Optional<Integer> length(ByteBuffer fixed) {
        int at = fixed.position();
        if (fixed.remaining() < FIXED || fixed.getInt(at) != MAGIC || fixed.get(at + 5) != 0) {
            return Optional.empty();
        }
        return Optional.of(FIXED + Short.toUnsignedInt(fixed.getShort(at + 6)) + CRC);
    }

    /** Reads a whole head; empty where the bytes are not what was written. */
    static Optional<FrameHead> decoded(ByteBuffer head) {
        Optional<Integer> length = length(head);
        if (length.isEmpty() || head.remaining() < length.get()) {
            return Optional.empty();
        }
        int end = head.position() + length.get() - CRC;
        CRC32C crc = new CRC32C();
        crc.update(head.slice(head.position(), length.get() - CRC));
        Optional<Kind> kind = Kind.of(head.get(head.position() + 4));
        if (head.getInt(end) != (int) crc.getValue() || kind.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer in = head.slice(head.position() + 8, length.get() - CRC - 8);
        int body = in.getInt();
        long previous = in.getLong();
        long time = in.getLong();
        if (kind.get() == Kind.MARK) {
            return Optional.of(mark(time));
        }
        String id = word(in);
        List<PartHead> parts = new ArrayList<>();
        for (int i = Byte.toUnsignedInt(in.get()); i > 0; i--) {
            parts.add(new PartHead(word(in), word(in), in.getInt()));
        }
        return Optional.of(new FrameHead(kind.get(), previous, time, id, List.copyOf(parts), body));
    }

    private static String word(ByteBuffer in) {
        byte[] bytes = new byte[Byte.toUnsignedInt(in.get())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
