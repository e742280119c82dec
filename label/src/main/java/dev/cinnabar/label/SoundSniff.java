package dev.cinnabar.label;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Tells sounds that may have ID3v2 tags before them: FLAC by its letters, MP3 and AAC by two frames one behind the other. */
final class SoundSniff {
    private static final int MOST_TAGS = 8;
    private static final int[] LAYER_3_V1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};
    private static final int[] LAYER_2_V1 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0};
    private static final int[] LAYERS_V2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
    private static final int[] RATES = {44100, 48000, 32000, 0};

    private final Source.Bytes bytes;
    private final byte[] head = new byte[10];

    SoundSniff(Source.Bytes bytes) {
        this.bytes = bytes;
    }

    /** The format; empty where it is none of these sounds. A name helps where a tag stands before something damaged. */
    Optional<Format> format(String name) throws IOException {
        long at = 0;
        for (int tags = 0; tags < MOST_TAGS && starts(at, "ID3"); tags++) {
            long size = (head[6] & 0x7FL) << 21 | (head[7] & 0x7F) << 14 | (head[8] & 0x7F) << 7 | (head[9] & 0x7F);
            at += 10 + size + ((head[5] & 0x10) != 0 && head[3] == 4 ? 10 : 0);
        }
        if (starts(at, "fLaC")) {
            return Optional.of(Format.FLAC);
        }
        if (isTwice(at, Format.MP3)) {
            return Optional.of(Format.MP3);
        }
        if (isTwice(at, Format.AAC)) {
            return Optional.of(Format.AAC);
        }
        if (at == 0) {
            return Optional.empty();
        }
        boolean other = starts(at, "TTA1") || starts(at, "MAC ") || starts(at, "MPCK") || starts(at, "wvpk");
        boolean aac = name.toLowerCase(Locale.ROOT).endsWith(".aac");
        return other ? Optional.empty() : Optional.of(aac ? Format.AAC : Format.MP3);
    }

    private boolean starts(long at, String letters) throws IOException {
        int n = bytes.read(at, head, 0, head.length);
        for (int i = 0; i < letters.length(); i++) {
            if (n < head.length || head[i] != letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A frame, and behind it another one, or a tag, or nothing. */
    private boolean isTwice(long at, Format format) throws IOException {
        int length = length(at, format);
        if (length == 0) {
            return false;
        }
        long next = at + length;
        return next >= bytes.size() || length(next, format) > 0 || starts(next, "TAG") || starts(next, "APETAGEX");
    }

    private int length(long at, Format format) throws IOException {
        int n = bytes.read(at, head, 0, head.length);
        if (n < 7 || head[0] != (byte) 0xFF) {
            return 0;
        }
        return format == Format.MP3 ? mpeg() : adts();
    }

    private int adts() {
        boolean sync = (head[1] & 0xF6) == 0xF0;
        int length = (head[3] & 3) << 11 | (head[4] & 0xFF) << 3 | (head[5] & 0xFF) >> 5;
        return sync && (head[2] >> 2 & 15) < 13 && length >= 7 ? length : 0;
    }

    private int mpeg() {
        int version = head[1] >> 3 & 3; // 0: 2.5, 2: 2, 3: 1
        int layer = head[1] >> 1 & 3; // 1: III, 2: II
        int rate = RATES[head[2] >> 2 & 3];
        if ((head[1] & 0xE0) != 0xE0 || version == 1 || layer == 0 || layer == 3 || rate == 0) {
            return 0;
        }
        int index = head[2] >> 4 & 15;
        int kilobits = version != 3 ? LAYERS_V2[index] : layer == 1 ? LAYER_3_V1[index] : LAYER_2_V1[index];
        int divided = version == 3 ? rate : version == 2 ? rate / 2 : rate / 4;
        int samples = layer == 1 && version != 3 ? 72 : 144;
        return kilobits == 0 ? 0 : samples * 1000 * kilobits / divided + (head[2] >> 1 & 1);
    }
}
