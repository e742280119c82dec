package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Look;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** TIFF and BigTIFF: XMP in tag 700 of the first directory (the guide's place) and of further ones, EXIF's UserComment (Annex B), ImageDescription, and a C2PA manifest. */
final class TiffReader implements FormatReader {
    private static final int IMAGE_DESCRIPTION = 0x010E;
    private static final int MAKE = 0x010F;
    private static final int SOFTWARE = 0x0131;
    private static final int SUB_IFDS = 330;
    private static final int XMP = 700;
    private static final int EXIF_IFD = 0x8769;
    private static final int USER_COMMENT = 0x9286;
    private static final int C2PA = 0xCD41;
    private static final int COMMENT_PREFIX = 8;

    private enum Kind {
        FIRST,
        PAGE,
        SUB,
        EXIF
    }

    /** A directory still to be walked. */
    private record Directory(long at, Kind kind) {}

    /** An entry: where its value stands, and how many bytes it has. */
    private record Entry(int tag, int type, long count, long at, long length) {}

    private final Deque<Directory> ahead = new ArrayDeque<>();
    private final Set<Directory> exif = new HashSet<>();
    private final Set<Long> walked = new HashSet<>();
    private TiffNumbers numbers = new TiffNumbers(false, false);
    private int entries;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        numbers = TiffNumbers.of(file);
        ahead.add(new Directory(numbers.pointer(file, numbers.big() ? 8 : 4), Kind.FIRST));
        while (!ahead.isEmpty()) {
            walk(file, ahead.remove(), report);
        }
    }

    private void walk(Window file, Directory directory, Report report) throws IOException, Damage {
        boolean known = directory.kind() == Kind.EXIF ? !exif.add(directory) : !walked.add(directory.at());
        if (known && directory.kind() == Kind.EXIF) {
            return; // pages may share it
        }
        if (known) {
            throw Damage.at(directory.at(), "a directory that was walked before comes again");
        }
        long count = count(file, directory.at(), report);
        long first = directory.at() + numbers.countSize();
        for (long i = 0; i < count; i++) {
            entry(file, first + i * numbers.entrySize(), directory.kind(), report);
        }
        if (directory.kind() == Kind.FIRST || directory.kind() == Kind.PAGE) {
            long next = numbers.pointer(file, first + count * numbers.entrySize());
            if (next != 0) {
                ahead.add(new Directory(next, Kind.PAGE));
            }
        }
    }

    private long count(Window file, long at, Report report) throws IOException, Damage {
        if (at < numbers.headSize() || at > file.size() - numbers.countSize()) {
            throw Damage.at(at, "no directory can begin here");
        }
        long count = numbers.number(file, at, numbers.countSize());
        long room = (file.size() - at - numbers.countSize()) / numbers.entrySize();
        if (count < 1 || count > room) {
            throw Damage.at(
                    at, "a directory claims " + Long.toUnsignedString(count) + " entries; there is room for " + room);
        }
        if (count > report.limits().boxes() - entries) {
            throw Damage.limit("more than " + report.limits().boxes() + " entries");
        }
        entries += (int) count;
        return count;
    }

    private void entry(Window file, long at, Kind kind, Report report) throws IOException, Damage {
        int tag = (int) numbers.number(file, at, 2);
        boolean wanted = switch (tag) {
            case XMP, SUB_IFDS, EXIF_IFD, IMAGE_DESCRIPTION, MAKE, SOFTWARE, C2PA -> kind != Kind.EXIF;
            case USER_COMMENT -> kind == Kind.EXIF;
            default -> false;
        };
        if (!wanted) {
            return;
        }
        int type = (int) numbers.number(file, at + 2, 2);
        long count = numbers.pointer(file, at + 4);
        int size = TiffNumbers.size(type);
        long inline = at + 4 + numbers.pointerSize();
        if (size == 0 && tag != C2PA) {
            return; // a type that nobody knows
        }
        if (size > 0 && (count < 0 || count > file.size() / size)) {
            report.broken(lie(at, tag, count));
            return;
        }
        long length = count * size;
        long value = length > numbers.pointerSize() ? numbers.pointer(file, inline) : inline;
        if (value < 0 || value > file.size() - length) {
            report.broken(lie(at, tag, count));
            return;
        }
        value(file, new Entry(tag, type, count, value, length), kind, report);
    }

    private static Finding lie(long at, int tag, long count) {
        String what = "tag " + tag + " claims " + Long.toUnsignedString(count) + " values, more than the file has";
        return Finding.of(Fault.DAMAGED, Long.toString(at), what);
    }

    private void value(Window file, Entry entry, Kind kind, Report report) throws IOException, Damage {
        switch (entry.tag()) {
            case XMP -> packet(file, entry, kind, report);
            case SUB_IFDS -> directories(file, entry, Kind.SUB, report);
            case EXIF_IFD -> directories(file, entry, Kind.EXIF, report);
            case C2PA -> ManifestReader.read(report, "tiff:C2PA", file, entry.at(), entry.length());
            case MAKE -> generator(file, entry, "tiff:Make", report);
            case SOFTWARE -> generator(file, entry, "tiff:Software", report);
            case IMAGE_DESCRIPTION -> description(file, entry, report);
            default -> comment(file, entry, report);
        }
    }

    private void packet(Window file, Entry entry, Kind kind, Report report) throws IOException, Damage {
        Place place = kind == Kind.FIRST
                ? Place.main("tiff:XMP/xmp", Place.IMAGE_GUIDE)
                : Place.other("tiff:" + (kind == Kind.PAGE ? "page" : "SubIFD") + "/XMP/xmp", Place.IMAGE_GUIDE);
        if (entry.length() > numbers.pointerSize()) {
            new XmpReader(report).read(place, copy(file, entry, report));
        }
    }

    private void directories(Window file, Entry entry, Kind kind, Report report) throws IOException, Damage {
        if (!TiffNumbers.isPointer(entry.type())) {
            return;
        }
        if (entry.count() > report.limits().boxes() - ahead.size()) {
            throw Damage.limit("more than " + report.limits().boxes() + " directories");
        }
        int size = TiffNumbers.size(entry.type());
        for (long i = 0; i < entry.count(); i++) {
            ahead.add(new Directory(numbers.number(file, entry.at() + i * size, size), kind));
        }
    }

    private void description(Window file, Entry entry, Report report) throws IOException, Damage {
        if (entry.length() <= numbers.pointerSize()) {
            return;
        }
        String text = new String(copy(file, entry, report), StandardCharsets.UTF_8);
        if (text.contains("\"ServiceProvider\"") && text.contains("\"ContentId\"")) {
            report.add(Finding.of(Fault.OLDER_SCHEMA, "tiff:ImageDescription", "ServiceProvider, ContentId"));
        } else {
            new LabelText(report).unnamed(Place.other("tiff:ImageDescription", Place.IMAGE_GUIDE), text);
        }
    }

    private void comment(Window file, Entry entry, Report report) throws IOException, Damage {
        if (entry.length() <= COMMENT_PREFIX) {
            return;
        }
        byte[] value = copy(file, entry, report);
        Charset wide = numbers.bigEndian() ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        Charset charset = value[0] == 'U' && value[1] == 'N' ? wide : StandardCharsets.UTF_8;
        String text = new String(value, COMMENT_PREFIX, value.length - COMMENT_PREFIX, charset);
        new LabelText(report).unnamed(Place.annexB("tiff:EXIF/UserComment", Place.IMAGE_GUIDE), text);
        generator(file, entry, "tiff:EXIF/UserComment", report);
    }

    private static void generator(Window file, Entry entry, String where, Report report) throws IOException, Damage {
        byte[] head = file.copy(entry.at(), (int) Math.min(entry.length(), Generators.HEAD));
        // the letters show whichever way they are coded when the zeros are left out
        String letters = new String(head, StandardCharsets.ISO_8859_1).replace("\0", "");
        String key = where.substring(Math.max(where.indexOf(':'), where.indexOf('/')) + 1);
        Generators.trace(Generators.Spot.EXIF, key, letters, where).ifPresent(report::add);
    }

    private static byte[] copy(Window file, Entry entry, Report report) throws IOException, Damage {
        if (entry.length() > report.limits().textBytes()) {
            throw Damage.limit("tag " + entry.tag() + " has " + entry.length() + " bytes");
        }
        return file.copy(entry.at(), (int) entry.length());
    }
}
