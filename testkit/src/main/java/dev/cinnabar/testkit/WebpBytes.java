package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Builds WebP files byte by byte around pictures of one pixel, the smallest that decoders take. */
public final class WebpBytes {
    private static final byte[] LOSSY = base64("MAEAnQEqAQABAA7A/iWkAANwAAAAAA==");
    private static final byte[] LOSSLESS = base64("LwAAABAHEBERiIj+BwA=");
    private static final byte[] ALPHA = base64("EQcQEf0PRET/AwAA");
    private static final byte[] UNDER_ALPHA = base64("FAEAnQEqAQABAAAA/gAADcAA/ua1AAAA");

    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    private WebpBytes() {}

    /** A file without any chunk yet. */
    public static WebpBytes empty() {
        return new WebpBytes();
    }

    /** A lossy picture and nothing else. */
    public static WebpBytes lossy() {
        return new WebpBytes().chunk("VP8 ", LOSSY);
    }

    /** A lossless picture and nothing else; it says that it uses alpha. */
    public static WebpBytes lossless() {
        return new WebpBytes().chunk("VP8L", LOSSLESS);
    }

    /** An extended file with a lossy picture and its alpha. */
    public static WebpBytes extended() {
        return extendedHead(0x10).chunk("ALPH", ALPHA).chunk("VP8 ", UNDER_ALPHA);
    }

    /** An extended file with nothing behind its head yet; {@code flags} as in VP8X. */
    public static WebpBytes extendedHead(int flags) {
        return new WebpBytes().chunk("VP8X", new byte[] {(byte) flags, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    }

    /** An animation of so many frames. */
    public static WebpBytes animated(int frames) {
        WebpBytes file = extendedHead(0x12).chunk("ANIM", new byte[] {-1, -1, -1, -1, 0, 0});
        byte[] picture = chunkBytes("VP8L", LOSSLESS);
        byte[] frame = Arrays.copyOf(new byte[0], 16 + picture.length);
        frame[12] = 100;
        System.arraycopy(picture, 0, frame, 16, picture.length);
        for (int i = 0; i < frames; i++) {
            file.chunk("ANMF", frame);
        }
        return file;
    }

    /** One more chunk. */
    public WebpBytes chunk(String id, byte[] data) {
        chunks.writeBytes(chunkBytes(id, data));
        return this;
    }

    /** The whole file. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(little(4 + chunks.size()));
        out.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(chunks.toByteArray());
        return out.toByteArray();
    }

    /** A chunk with its padding. */
    public static byte[] chunkBytes(String id, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(little(data.length));
        out.writeBytes(data);
        out.writeBytes(new byte[data.length & 1]);
        return out.toByteArray();
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
