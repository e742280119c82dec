package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes sure that a text file is UTF-8, however long, before words are added to it. */
final class Utf8 {
    private static final int BLOCK = 1 << 16;

    private Utf8() {}

    /** Where the text begins: behind a byte-order mark. Refuses any other coding. */
    static int start(Input file) throws IOException, Refusal {
        String head = file.latin(0, 3);
        if (head.startsWith("\u00FF\u00FE") || head.startsWith("\u00FE\u00FF")) {
            throw new Refusal(Fault.ENCODING, "UTF-16");
        }
        check(file);
        return head.equals("\u00EF\u00BB\u00BF") ? 3 : 0;
    }

    private static void check(Input file) throws IOException, Refusal {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        byte[] block = new byte[BLOCK];
        CharBuffer scratch = CharBuffer.allocate(BLOCK);
        int left = 0;
        for (long at = 0; at < file.size(); ) {
            int n = file.read(at, block, left, BLOCK - left);
            if (n <= 0) {
                throw new IOException("the file became shorter while it was read");
            }
            at += n;
            ByteBuffer in = ByteBuffer.wrap(block, 0, left + n);
            CoderResult result = decoder.decode(in, scratch.clear(), at == file.size());
            if (result.isError()) {
                throw new Refusal(Fault.ENCODING, "the byte at " + (at - in.remaining()) + " begins no character");
            }
            left = in.remaining();
            System.arraycopy(block, in.position(), block, 0, left);
        }
    }
}
