package dev.cinnabar.label.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The beginning and the end of a text file, decoded as well as can be: UTF-8, UTF-16 with a mark, else GB 18030. */
final class Prose {
    private static final int LOOK = 4096;

    private final Window file;

    Prose(Window file) {
        this.file = file;
    }

    /** Text that begins at a byte. */
    String head(long from) throws IOException, Damage {
        return decoded(file.copy(from, (int) Math.min(LOOK, Math.max(0, file.size() - from))));
    }

    /** Text up to the end, not before {@code from}. */
    String tail(long from) throws IOException, Damage {
        long start = Math.max(from, file.size() - LOOK);
        byte[] bytes = file.copy(start, (int) Math.max(0, file.size() - start));
        int skip = 0;
        while (start > from && skip < 4 && skip < bytes.length && (bytes[skip] & 0xC0) == 0x80) {
            skip++;
        }
        return decoded(java.util.Arrays.copyOfRange(bytes, skip, bytes.length));
    }

    static String decoded(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
            return new String(bytes, StandardCharsets.UTF_16BE);
        }
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
            return new String(bytes, StandardCharsets.UTF_16LE);
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        // the stretch may end within a character, so the decoder is not told that this is the end
        if (!utf8.decode(ByteBuffer.wrap(bytes), out, false).isError()) {
            String text = out.flip().toString();
            return !text.isEmpty() && text.charAt(0) == '\uFEFF' ? text.substring(1) : text;
        }
        return new String(
                bytes, Charset.isSupported("GB18030") ? Charset.forName("GB18030") : StandardCharsets.ISO_8859_1);
    }
}
