package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds sounds whose frames stand alone, MP3 and AAC in ADTS, and the tags that stand behind them. */
public final class SoundBytes {
    private SoundBytes() {}

    /** So many frames of silence: MPEG 1 layer III, 128 kbit/s, 44.1 kHz. */
    public static byte[] mp3(int frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frames; i++) {
            byte[] frame = new byte[417];
            frame[0] = (byte) 0xFF;
            frame[1] = (byte) 0xFB;
            frame[2] = (byte) 0x90;
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    /** So many frames of silence: AAC LC, mono, 44.1 kHz, in ADTS. */
    public static byte[] aac(int frames) {
        byte[] silence = {1, 0x18, 0x20, 7};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frames; i++) {
            int length = 7 + silence.length;
            out.writeBytes(new byte[] {
                (byte) 0xFF,
                (byte) 0xF1,
                0x50,
                0x40,
                (byte) (length >> 3),
                (byte) ((length & 7) << 5 | 0x1F),
                (byte) 0xFC
            });
            out.writeBytes(silence);
        }
        return out.toByteArray();
    }

    /** An ID3v1 tag. */
    public static byte[] id3v1(String title) {
        byte[] tag = new byte[128];
        byte[] text = ("TAG" + title).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, tag, 0, text.length);
        return tag;
    }

    /** An APE tag, version 2, with header and footer; keys and values by turns. */
    public static byte[] ape(String... items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < items.length; i += 2) {
            byte[] value = items[i + 1].getBytes(StandardCharsets.UTF_8);
            out.writeBytes(little(value.length, 0));
            out.writeBytes((items[i] + "\0").getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes(value);
        }
        ByteArrayOutputStream tag = new ByteArrayOutputStream();
        apeHead(tag, out.size(), items.length / 2, 0xA0000000);
        tag.writeBytes(out.toByteArray());
        apeHead(tag, out.size(), items.length / 2, 0x80000000);
        return tag.toByteArray();
    }

    private static void apeHead(ByteArrayOutputStream out, int size, int count, int flags) {
        out.writeBytes("APETAGEX".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(little(2000, size + 32, count, flags, 0, 0));
    }

    /** All parts, one behind the other. */
    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] little(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            out.putInt(value);
        }
        return out.array();
    }
}
