package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Look;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** PNG: XMP in iTXt (the guide's place), a text chunk under the keyword AIGC (Annex B), EXIF, and a C2PA manifest in caBX; before and after the picture. */
final class PngReader implements FormatReader {
    private static final int LONGEST_KEYWORD = 79;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        boolean ended = false;
        int chunks = 0;
        Optional<Ranges> picture = look == Look.CONTENT ? Optional.of(new Ranges(file)) : Optional.empty();
        picture.ifPresent(ranges -> ranges.add(0, 8));
        for (long at = 8; at < file.size() && !ended; chunks++) {
            if (chunks >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " chunks");
            }
            long length = file.u32be(at);
            String type = file.fourCc(at + 4);
            if (length > Integer.MAX_VALUE || length > file.size() - at - 12) {
                throw Damage.at(
                        at, "the chunk " + printable(type) + " claims " + length + " bytes, more than the file has");
            }
            chunk(file, at, (int) length, type, report);
            if (picture.isPresent() && isPicture(type)) {
                picture.get().add(at, length + 12);
            }
            ended = type.equals("IEND");
            at += length + 12;
        }
        if (!ended) {
            throw Damage.at(file.size(), "the chunk IEND is missing");
        }
        picture.ifPresent(new PictureEye(report)::png);
    }

    private static boolean isPicture(String type) {
        return switch (type) {
            case "IHDR", "PLTE", "tRNS", "IDAT", "IEND" -> true;
            default -> false;
        };
    }

    private void chunk(Window file, long at, int length, String type, Report report) throws IOException, Damage {
        switch (type) {
            case "tEXt", "zTXt", "iTXt" -> text(file, at, length, type, report);
            case "eXIf" -> new ExifReader(report, "png:eXIf").read(data(file, at, length, type, report));
            case "caBX" -> ManifestReader.read(report, "png:caBX", file, at + 8, length);
            default -> {}
        }
    }

    private void text(Window file, long at, int length, String type, Report report) throws IOException, Damage {
        String keyword = keyword(file, at + 8, Math.min(length, LONGEST_KEYWORD + 1));
        boolean xmp = keyword.equals("XML:com.adobe.xmp");
        boolean exif = keyword.equals("Raw profile type exif");
        boolean aigc = containsAigc(keyword);
        if ((!xmp && !aigc) || exif) {
            if (Generators.know(Generators.Spot.PNG, keyword)) {
                generator(file, at, length, type, keyword, report);
            }
            return;
        }
        byte[] data = data(file, at, length, type, report);
        int start = keyword.length() + 1;
        byte[] value = switch (type) {
            case "tEXt" -> rest(data, start);
            case "zTXt" ->
                start < data.length && data[start] == 0 ? inflated(data, start + 1, at, report) : new byte[0];
            default -> international(data, start, at, report);
        };
        if (xmp) {
            Place place = type.equals("iTXt")
                    ? Place.main("png:iTXt/xmp", Place.IMAGE_GUIDE)
                    : Place.other("png:" + type + "/xmp", Place.IMAGE_GUIDE);
            new XmpReader(report).read(place, value);
        } else {
            Place place = type.equals("tEXt") && keyword.equals("AIGC")
                    ? Place.annexB("png:tEXt/AIGC", Place.IMAGE_GUIDE)
                    : Place.other("png:" + type + "/" + keyword, Place.IMAGE_GUIDE);
            new LabelText(report).named(place, new String(value, StandardCharsets.UTF_8));
        }
    }

    /** A text of a known generator: its beginning is enough, and where it is compressed its keyword. */
    private static void generator(Window file, long at, int length, String type, String keyword, Report report)
            throws IOException, Damage {
        byte[] head = file.copy(at + 8, Math.min(length, Generators.HEAD));
        String value = new String(head, keyword.length(), head.length - keyword.length(), StandardCharsets.UTF_8);
        Generators.trace(Generators.Spot.PNG, keyword, value, "png:" + type + "/" + keyword)
                .ifPresent(report::add);
    }

    private static byte[] data(Window file, long at, int length, String type, Report report)
            throws IOException, Damage {
        if (length > report.limits().textBytes()) {
            throw Damage.limit("the chunk " + type + " at " + at + " has " + length + " bytes");
        }
        byte[] data = file.copy(at + 8, length);
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
        crc.update(data);
        if (crc.getValue() != file.u32be(at + 8 + length)) {
            report.broken(
                    Finding.of(Fault.DAMAGED, Long.toString(at), "the checksum of the chunk " + type + " is wrong"));
        }
        return data;
    }

    private static byte[] international(byte[] data, int start, long at, Report report) throws Damage {
        if (start + 2 > data.length) {
            return new byte[0];
        }
        boolean compressed = data[start] == 1;
        int language = end(data, start + 2);
        int translated = end(data, language + 1);
        return compressed ? inflated(data, translated + 1, at, report) : rest(data, translated + 1);
    }

    private static byte[] inflated(byte[] data, int start, long at, Report report) throws Damage {
        long most = report.limits().textBytes();
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, Math.min(start, data.length), Math.max(0, data.length - start));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n == 0) {
                    break;
                }
                out.write(buffer, 0, n);
                if (out.size() > most) {
                    throw Damage.limit("the compressed text at " + at + " unpacks to more than " + most + " bytes");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw Damage.at(at, "the compressed text cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    private static String keyword(Window file, long at, int most) throws IOException, Damage {
        StringBuilder keyword = new StringBuilder(most);
        for (int i = 0; i < most; i++) {
            int c = file.u8(at + i);
            if (c == 0) {
                return keyword.toString();
            }
            keyword.append((char) c);
        }
        return "";
    }

    private static boolean containsAigc(String keyword) {
        for (int i = 0; i + 4 <= keyword.length(); i++) {
            if (keyword.regionMatches(true, i, "AIGC", 0, 4)) {
                return true;
            }
        }
        return false;
    }

    private static int end(byte[] data, int from) {
        int i = from;
        while (i < data.length && data[i] != 0) {
            i++;
        }
        return i;
    }

    private static byte[] rest(byte[] data, int start) {
        return start >= data.length ? new byte[0] : java.util.Arrays.copyOfRange(data, start, data.length);
    }

    private static String printable(String type) {
        StringBuilder out = new StringBuilder(4);
        type.chars().forEach(c -> out.append(c > 0x20 && c < 0x7F ? (char) c : '?'));
        return out.toString();
    }
}
