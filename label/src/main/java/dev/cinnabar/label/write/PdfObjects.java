package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The newest revision of a PDF file as a writer needs it: where its cross references are, the trailer, and the raw text of single objects. Refuses what is damaged. */
final class PdfObjects {
    /** Where an object stands: at {@code offset}, or in the object stream {@code within} (then offset is -1), or nowhere (both -1). */
    private record Spot(long offset, long within) {
        static final Spot NOWHERE = new Spot(-1, -1);
    }

    /** A part of a table ({@code rows} empty, {@code rowsAt} in the file) or of a stream (its unpacked rows). */
    private record Part(long first, long count, long rowsAt, String rows, int[] widths, boolean hybrid) {}

    private static final Pattern HEAD = Pattern.compile("[\\s\\x00]*([0-9]{1,10})\\s+[0-9]{1,5}\\s+obj");
    private static final int MOST_SECTIONS = 4096;

    private final Input file;
    private final Job job;
    private final List<Part> parts = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();
    private Optional<PdfSpans> trailer = Optional.empty();
    private boolean table;
    private long newestEntries;

    private PdfObjects(Input file, Job job) {
        this.file = file;
        this.job = job;
    }

    /** The file up to a byte. */
    static PdfObjects of(Input file, long end, Job job) throws IOException, Refusal {
        PdfObjects objects = new PdfObjects(file, job);
        objects.read(startXref(file, end));
        return objects;
    }

    /** What the last startxref before a byte says. */
    static long startXref(Input file, long end) throws IOException, Refusal {
        long from = Math.max(0, end - 2048);
        String tail = new String(file.stretch(from, end - from), StandardCharsets.ISO_8859_1);
        int at = tail.lastIndexOf("startxref");
        Matcher number = Pattern.compile("\\s+([0-9]{1,15})\\s").matcher(tail + "\n");
        if (at < 0 || !number.region(at + 9, tail.length() + 1).lookingAt()) {
            throw Refusal.broken(end, "it does not say where its cross references are: it is cut short");
        }
        return Long.parseLong(number.group(1));
    }

    PdfSpans trailer() {
        return trailer.orElseThrow();
    }

    /** Whether the newest cross references are a table; else a stream. */
    boolean isTable() {
        return table;
    }

    /** Where the newest cross references stand. */
    long place() {
        return places.getFirst();
    }

    /** How many objects the newest revision holds. */
    long newestEntries() {
        return newestEntries;
    }

    private void read(long from) throws IOException, Refusal {
        long at = from;
        while (at >= 0) {
            if (places.contains(at) || places.size() >= MOST_SECTIONS) {
                throw Refusal.broken(at, "its cross references go in a circle");
            }
            places.add(at);
            PdfSpans dict = section(at);
            if (places.size() == 1) {
                trailer = Optional.of(dict);
                table = isTable(at);
                newestEntries = parts.stream().mapToLong(Part::count).sum();
            }
            if (dict.raw("XRefStm").isPresent()) {
                section(dict.number("XRefStm"));
            }
            if (dict.raw("Prev").isPresent() && dict.number("Prev") < 0) {
                throw Refusal.broken(at, "its cross references are damaged");
            }
            at = dict.number("Prev");
        }
    }

    private boolean isTable(long at) throws IOException, Refusal {
        return at >= 0 && at < file.size() - 4 && file.latin(at, 4).equals("xref");
    }

    private PdfSpans section(long at) throws IOException, Refusal {
        if (isTable(at)) {
            return tableAt(at + 4);
        }
        PdfSpans dict = streamDict(at);
        if (!dict.raw("Type").orElse("").equals("/XRef")) {
            throw Refusal.broken(at, "its cross references are not where they are said to be");
        }
        streamRows(dict, streamText(dict, at));
        return dict;
    }

    private PdfSpans tableAt(long from) throws IOException, Refusal {
        int begin = parts.size();
        long at = skip(from);
        while (!file.latin(at, 7).equals("trailer")) {
            String head = file.latin(at, 40).split("[\r\n]", 2)[0];
            String[] cells = head.strip().split(" +", -1);
            if (cells.length != 2 || !cells[0].matches("[0-9]{1,10}") || !cells[1].matches("[0-9]{1,10}")) {
                throw Refusal.broken(at, "its cross-reference table is damaged");
            }
            long rows = skip(at + head.length());
            long count = Long.parseLong(cells[1]);
            if (count > (file.size() - rows) / 20
                    || parts.size() >= job.limits().boxes()) {
                throw Refusal.broken(at, "its cross-reference table is damaged");
            }
            parts.add(new Part(Long.parseLong(cells[0]), count, rows, "", new int[0], false));
            at = skip(rows + 20 * count);
        }
        PdfSpans dict = spans(at + 7);
        if (dict.raw("XRefStm").isPresent()) {
            for (int i = begin; i < parts.size(); i++) {
                Part part = parts.get(i);
                parts.set(i, new Part(part.first(), part.count(), part.rowsAt(), "", part.widths(), true));
            }
        }
        return dict;
    }

    private void streamRows(PdfSpans dict, String rows) throws Refusal {
        int[] widths = new int[3];
        List<String> w = PdfSpans.items(dict.raw("W").orElse(""));
        for (int i = 0; i < 3; i++) {
            if (w.size() < 3 || !w.get(i).matches("[0-8]")) {
                throw Refusal.broken(0, "a cross-reference stream does not say how wide its columns are");
            }
            widths[i] = Integer.parseInt(w.get(i));
        }
        List<String> index = dict.raw("Index").isPresent()
                ? PdfSpans.items(dict.raw("Index").get())
                : List.of("0", dict.raw("Size").orElse("0"));
        long before = 0;
        for (int i = 0; i + 1 < index.size(); i += 2) {
            if (!index.get(i).matches("[0-9]{1,10}") || !index.get(i + 1).matches("[0-9]{1,10}")) {
                throw Refusal.broken(0, "a cross-reference stream has a damaged index");
            }
            long count = Long.parseLong(index.get(i + 1));
            parts.add(new Part(Long.parseLong(index.get(i)), count, before, rows, widths, false));
            before += count;
        }
    }

    private Spot spot(long number) throws IOException, Refusal {
        for (Part part : parts) {
            if (number >= part.first() && number - part.first() < part.count()) {
                long row = number - part.first();
                Optional<Spot> spot = part.widths().length == 0 ? tableRow(part, row) : streamRow(part, row);
                if (spot.isPresent()) {
                    return spot.get();
                }
            }
        }
        return Spot.NOWHERE;
    }

    private Optional<Spot> tableRow(Part part, long row) throws IOException, Refusal {
        String text = file.latin(part.rowsAt() + 20 * row, 18);
        if (!text.matches("[0-9]{10} [0-9]{5} [nf]")) {
            throw Refusal.broken(part.rowsAt() + 20 * row, "its cross-reference table is damaged");
        }
        if (text.endsWith("f")) {
            // in a hybrid file the stream beside the table knows objects that the table calls free
            return part.hybrid() ? Optional.empty() : Optional.of(Spot.NOWHERE);
        }
        return Optional.of(new Spot(Long.parseLong(text.substring(0, 10)), -1));
    }

    private static Optional<Spot> streamRow(Part part, long row) throws Refusal {
        int[] widths = part.widths();
        int width = widths[0] + widths[1] + widths[2];
        long index = part.rowsAt() + row;
        if (width == 0 || index >= part.rows().length() / width) {
            throw Refusal.broken(0, "a cross-reference stream is shorter than it says");
        }
        int at = (int) index * width;
        long[] cells = new long[3];
        for (int cell = 0; cell < 3; cell++) {
            for (int i = 0; i < widths[cell]; i++) {
                cells[cell] = cells[cell] << 8 | part.rows().charAt(at++);
            }
        }
        long type = widths[0] == 0 ? 1 : cells[0];
        return Optional.of(type == 1 ? new Spot(cells[1], -1) : type == 2 ? new Spot(-1, cells[1]) : Spot.NOWHERE);
    }

    /** The dictionary of an object; empty where there is no such object. */
    Optional<PdfSpans> object(long number) throws IOException, Refusal {
        Spot spot = spot(number);
        if (spot.offset() >= 0) {
            return Optional.of(spans(body(number, spot.offset())));
        }
        if (spot.within() < 0) {
            return Optional.empty();
        }
        long container = spot(spot.within()).offset();
        if (container < 0) {
            throw Refusal.broken(0, "an object stream is missing");
        }
        PdfSpans dict = streamDict(container);
        String text = streamText(dict, container);
        return Optional.of(packed(text, dict, number));
    }

    private static PdfSpans packed(String text, PdfSpans dict, long number) throws Refusal {
        long first = dict.number("First");
        if (first < 0 || first > text.length()) {
            throw Refusal.broken(0, "an object stream is damaged");
        }
        String[] heads = text.substring(0, (int) first).strip().split("\\s+", -1);
        for (int i = 0; i + 1 < heads.length; i += 2) {
            if (heads[i].equals(Long.toString(number)) && heads[i + 1].matches("[0-9]{1,9}")) {
                try {
                    return PdfSpans.of(text + " ", (int) Math.min(text.length(), first + Long.parseLong(heads[i + 1])));
                } catch (PdfSpans.Cut e) {
                    throw Refusal.broken(0, "an object stream is cut short");
                }
            }
        }
        throw Refusal.broken(0, "an object is not in the object stream where it is said to be");
    }

    /** A member of a dictionary that is one itself, or refers to one. */
    Optional<PdfSpans> dict(PdfSpans in, String key) throws IOException, Refusal {
        return followed(in.raw(key));
    }

    /** The dictionary that a raw value is or refers to. */
    Optional<PdfSpans> followed(Optional<String> raw) throws IOException, Refusal {
        Optional<Long> reference = raw.flatMap(PdfSpans::referred);
        return reference.isPresent() ? object(reference.get()) : PdfSpans.ofRaw(raw);
    }

    /** The raw items of an array that a value is or refers to. */
    List<String> array(Optional<String> raw) throws IOException, Refusal {
        Optional<Long> reference = raw.flatMap(PdfSpans::referred);
        if (reference.isEmpty()) {
            return PdfSpans.items(raw.orElse(""));
        }
        Spot spot = spot(reference.get());
        if (spot.offset() < 0) {
            return List.of();
        }
        long at = body(reference.get(), spot.offset());
        String text = new String(file.stretch(at, Math.min(1 << 16, file.size() - at)), StandardCharsets.ISO_8859_1);
        return PdfSpans.items(text.stripLeading());
    }

    /** The unpacked content of a stream object, as bytes; empty where it is none. */
    Optional<byte[]> stream(long number) throws IOException, Refusal {
        Spot spot = spot(number);
        if (spot.offset() < 0) {
            return Optional.empty();
        }
        body(number, spot.offset());
        PdfSpans dict = streamDict(spot.offset());
        return Optional.of(streamText(dict, spot.offset()).getBytes(StandardCharsets.ISO_8859_1));
    }

    private long body(long number, long offset) throws IOException, Refusal {
        Matcher head = HEAD.matcher(offset < file.size() ? file.latin(offset, 64) : "");
        if (!head.lookingAt() || (number >= 0 && Long.parseLong(head.group(1)) != number)) {
            throw Refusal.broken(offset, "its cross references are damaged: another object stands there");
        }
        return offset + head.end();
    }

    private PdfSpans streamDict(long offset) throws IOException, Refusal {
        return spans(body(-1, offset));
    }

    /** The unpacked content of the stream whose object begins at a place. */
    private String streamText(PdfSpans dict, long offset) throws IOException, Refusal {
        long at = skip(body(-1, offset) + dict.end());
        if (!file.latin(at, 6).equals("stream")) {
            throw Refusal.broken(at, "a stream has no content");
        }
        at += 6;
        at += file.byteAt(at) == '\r' ? 1 : 0;
        at += file.byteAt(at) == '\n' ? 1 : 0;
        long length = dict.number("Length");
        Optional<Long> elsewhere = dict.reference("Length");
        if (elsewhere.isPresent()) {
            long place = spot(elsewhere.get()).offset();
            String text = place < 0
                    ? ""
                    : file.latin(body(elsewhere.get(), place), 24).strip();
            length = text.matches("(?s)[0-9]{1,12}\\s.*") ? Long.parseLong(text.split("\\s", -1)[0]) : -1;
        }
        if (length < 0 || length > file.size() - at) {
            throw Refusal.broken(at, "a stream claims " + length + " bytes");
        }
        if (length > PdfUnpacked.most(job)) {
            throw new Refusal(Fault.TOO_LARGE, "a stream that must be read has " + length + " bytes");
        }
        return new String(PdfUnpacked.of(file.stretch(at, length), dict, job), StandardCharsets.ISO_8859_1);
    }

    /** The dictionary at a place, seen through a stretch that grows until it holds all of it; its end counts from the place. */
    private PdfSpans spans(long at) throws IOException, Refusal {
        for (long look = 1 << 14; true; look *= 8) {
            long length = Math.min(Math.min(look, PdfUnpacked.most(job)), file.size() - at);
            try {
                return PdfSpans.of(new String(file.stretch(at, length), StandardCharsets.ISO_8859_1), 0);
            } catch (PdfSpans.Cut e) {
                if (length == file.size() - at) {
                    throw Refusal.broken(at, "it ends within a dictionary");
                }
                if (length >= PdfUnpacked.most(job)) {
                    throw new Refusal(Fault.TOO_LARGE, "a dictionary has more than " + length + " bytes");
                }
            }
        }
    }

    private long skip(long from) throws IOException, Refusal {
        long at = from;
        while (file.byteAt(at) <= ' ') {
            at++;
        }
        return at;
    }
}
