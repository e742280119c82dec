package dev.cinnabar.label.read;

import dev.cinnabar.label.Format;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Source;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A digest of the media in a file and of nothing else: the same picture or sound whose metadata were changed or stripped has the same one, decoded or not. Known for PNG,
 * JPEG and WAV; a file that was coded again is another.
 */
public final class MediaDigest {
    private static final int SOS = 0xDA;
    private static final int EOI = 0xD9;

    private final Window file;
    private final Limits limits;
    private final MessageDigest digest;
    private final byte[] block = new byte[1 << 16];

    private MediaDigest(Window file, Limits limits) {
        this.file = file;
        this.limits = limits;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** The digest, hex; empty for other formats and for files whose structure is broken. */
    public static Optional<String> of(Source.Bytes bytes, Format format, Limits limits) throws IOException {
        MediaDigest media = new MediaDigest(new Window(bytes), limits);
        try {
            boolean known = switch (format) {
                case PNG -> media.png();
                case JPEG -> media.jpeg();
                case WAV -> media.wav();
                default -> false;
            };
            return known ? Optional.of(HexFormat.of().formatHex(media.digest.digest())) : Optional.empty();
        } catch (Damage e) {
            return Optional.empty();
        }
    }

    private boolean png() throws IOException, Damage {
        String type = "";
        int chunks = 0;
        for (long at = 8; !type.equals("IEND"); ) {
            walked(++chunks);
            long length = file.u32be(at);
            String before = type;
            type = file.fourCc(at + 4);
            if (isPicture(type)) {
                // how a stream is cut into chunks is no matter of the picture
                add(at + (type.equals(before) ? 8 : 4), length + (type.equals(before) ? 0 : 4));
            }
            at += 12 + length;
        }
        return true;
    }

    private static boolean isPicture(String type) {
        return switch (type) {
            case "IHDR", "PLTE", "tRNS", "acTL", "fcTL", "IDAT", "fdAT" -> true;
            default -> false;
        };
    }

    private boolean jpeg() throws IOException, Damage {
        int segments = 0;
        long at = 2;
        while (true) {
            walked(++segments);
            if (file.u8(at) != 0xFF) {
                throw Damage.at(at, "no segment begins here");
            }
            int marker = file.u8(at + 1);
            if (marker == EOI) {
                return true;
            }
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                at += 2;
                continue;
            }
            long end = at + 2 + file.u16be(at + 2);
            boolean metadata = (marker >= 0xE0 && marker <= 0xEF && marker != 0xEE) || marker == 0xFE;
            if (marker == SOS) {
                end = endOfScan(end);
            }
            if (!metadata) {
                add(at, end - at);
            }
            at = end;
        }
    }

    /** Where the next marker stands that ends a scan: neither a stuffed byte nor a restart. */
    private long endOfScan(long from) throws IOException, Damage {
        for (long at = from; ; at++) {
            if (file.u8(at) == 0xFF) {
                int next = file.u8(at + 1);
                if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                    return at;
                }
            }
        }
    }

    private boolean wav() throws IOException, Damage {
        if (!file.fourCc(0).equals("RIFF")) {
            return false;
        }
        boolean data = false;
        int chunks = 0;
        for (long at = 12; at + 8 <= file.size(); ) {
            walked(++chunks);
            String type = file.fourCc(at);
            long length = Math.min(file.u32le(at + 4), file.size() - at - 8);
            if (type.equals("fmt ") || type.equals("data")) {
                add(at + 8, length);
                data |= type.equals("data");
            }
            at += 8 + length + (length & 1);
        }
        return data;
    }

    private void walked(int boxes) throws Damage {
        if (boxes > limits.boxes()) {
            throw Damage.limit("more than " + limits.boxes() + " boxes");
        }
    }

    private void add(long from, long length) throws IOException, Damage {
        long left = length;
        for (long at = from; left > 0; ) {
            int n = file.read(at, block, 0, (int) Math.min(left, block.length));
            if (n <= 0) {
                throw Damage.at(at, "the file ends");
            }
            digest.update(block, 0, n);
            at += n;
            left -= n;
        }
    }
}
