package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.InflaterInputStream;

/**
 * One frame of an ID3v2 tag as writers see it.
 *
 * @param id its letters
 * @param at where its head begins
 * @param dataAt where its content begins
 * @param end where it ends
 * @param version 2, 3 or 4
 * @param format the second byte of its flags
 * @param unsynchronised whether the whole tag says that its frames are
 */
record Id3Frame(String id, long at, long dataAt, long end, int version, int format, boolean unsynchronised) {
    /** Reads the head of a frame. */
    static Id3Frame of(Input tag, long at, long end, int version, boolean unsynchronised) throws IOException, Refusal {
        int letters = version == 2 ? 3 : 4;
        String id = tag.latin(at, letters);
        if (!id.matches("[A-Z0-9]{" + letters + "}")) {
            throw Refusal.broken(at, "no ID3v2 frame begins where one should");
        }
        long dataAt = at + (version == 2 ? 6 : 10);
        long size = version == 2 ? tag.big(at + 3, 3) : tag.big(at + 4, 4);
        if (version == 4 && (size & 0x80808080L) == 0) {
            long safe = (size & 0x7F) | (size >> 8 & 0x7F) << 7 | (size >> 16 & 0x7F) << 14 | (size >> 24 & 0x7F) << 21;
            // some programs write plain sizes into version 2.4: then the tag goes on only behind those
            boolean plain = size > 0x7F && !continues(tag, dataAt + safe, end) && continues(tag, dataAt + size, end);
            size = plain ? size : safe;
        }
        if (size > end - dataAt) {
            throw Refusal.broken(at, "the frame " + id + " claims " + size + " bytes");
        }
        int format = version == 2 ? 0 : tag.byteAt(at + 9);
        return new Id3Frame(id, at, dataAt, dataAt + size, version, format, unsynchronised);
    }

    private static boolean continues(Input tag, long next, long end) throws IOException, Refusal {
        if (next >= end) {
            return next == end;
        }
        return tag.byteAt(next) == 0 || (next + 10 <= end && tag.latin(next, 4).matches("[A-Z0-9]{4}"));
    }

    /** Whether the frame holds a C2PA manifest. */
    boolean isSeal(Input tag) throws IOException, Refusal {
        if (!id.equals("GEOB") && !id.equals("GEO")) {
            return false;
        }
        String head = tag.latin(dataAt, (int) Math.min(64, end - dataAt));
        return head.contains("/c2pa") || head.contains("x-c2pa");
    }

    /** Whether the frame is a label that a new one replaces. */
    boolean isLabel(Input tag, Job job) throws IOException, Refusal {
        return switch (id) {
            case "TXXX", "TXX" -> {
                String[] texts = texts(content(tag, job), 1);
                boolean named = texts[0].toLowerCase(Locale.ROOT).contains("aigc");
                yield named || Arrays.stream(texts, 1, texts.length).anyMatch(OldLabels::isLabel);
            }
            case "COMM", "COM" -> {
                String[] texts = texts(content(tag, job), 4);
                yield Arrays.stream(texts, 1, texts.length).anyMatch(OldLabels::isLabel);
            }
            default -> false;
        };
    }

    /** The XMP packet of a PRIV frame cleaned of labels and as long as it was; nothing where there is none or nothing to clean. */
    byte[] cleanedXmp(Input tag, Job job) throws IOException, Refusal {
        if (!id.equals("PRIV") || !tag.latin(dataAt, 4).equals("XMP\0")) {
            return new byte[0];
        }
        byte[] content = content(tag, job);
        byte[] packet = Arrays.copyOfRange(content, Math.min(4, content.length), content.length);
        if (!OldLabels.mentions(packet) && !new String(packet, StandardCharsets.ISO_8859_1).contains("XmpKv")) {
            return new byte[0];
        }
        byte[] clean = XmpPacket.without(packet);
        if (Arrays.equals(clean, packet)) {
            return new byte[0];
        }
        if (packed()) {
            throw new Refusal(
                    Fault.NO_ROOM, "a label stands in the XMP of a packed ID3v2 frame, which is not rewritten");
        }
        byte[] padded = Arrays.copyOf(clean, packet.length);
        Arrays.fill(padded, Math.min(clean.length, packet.length), packet.length, (byte) ' ');
        return Bytes.joined(Bytes.latin("XMP\0"), padded);
    }

    private boolean packed() {
        return (version == 3 && (format & 0xE0) != 0) || (version == 4 && ((format & 0x4F) != 0 || unsynchronised));
    }

    private byte[] content(Input tag, Job job) throws IOException, Refusal {
        if (end - dataAt > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "its ID3v2 frame " + id + " has " + (end - dataAt) + " bytes");
        }
        byte[] raw = tag.stretch(dataAt, end - dataAt);
        if (!packed()) {
            return raw;
        }
        boolean third = version == 3;
        if ((format & (third ? 0x40 : 0x04)) != 0) {
            return new byte[0]; // encrypted: nobody reads it as a label
        }
        if (!third && ((format & 0x02) != 0 || unsynchronised)) {
            raw = Id3Tag.synchronised(raw);
        }
        boolean compressed = (format & (third ? 0x80 : 0x08)) != 0;
        int prefix = (format & (third ? 0x20 : 0x40)) != 0 ? 1 : 0;
        prefix += (third ? compressed : (format & 0x01) != 0) ? 4 : 0;
        byte[] rest = Arrays.copyOfRange(raw, Math.min(prefix, raw.length), raw.length);
        return compressed ? unpacked(rest, job) : rest;
    }

    private byte[] unpacked(byte[] packed, Job job) throws Refusal {
        long most = job.limits().textBytes();
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, most + 1));
            if (bytes.length > most) {
                throw new Refusal(
                        Fault.TOO_LARGE, "its ID3v2 frame " + id + " unpacks to more than " + most + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            return new byte[0]; // it does not unpack: nobody reads it as a label
        }
    }

    /** The texts behind the byte of the coding, split at their zeros. */
    private static String[] texts(byte[] content, int from) {
        if (content.length <= from) {
            return new String[] {""};
        }
        Charset charset = switch (content[0]) {
            case 0 -> StandardCharsets.ISO_8859_1;
            case 1 ->
                content.length > from + 1 && content[from] == (byte) 0xFE
                        ? StandardCharsets.UTF_16BE
                        : StandardCharsets.UTF_16LE;
            case 2 -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
        String all = new String(content, from, content.length - from, charset);
        return all.replace("\uFEFF", "").split("\0", -1);
    }
}
