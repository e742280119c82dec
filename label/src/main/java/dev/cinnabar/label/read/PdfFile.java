package dev.cinnabar.label.read;

import dev.cinnabar.label.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The objects of a PDF file, found through its cross-reference tables and streams, newest first; only what is asked for is read. A file whose cross references are damaged is damage:
 * nothing is guessed.
 */
final class PdfFile {
    /** Where an object stands: at a place in the file, or as one of several in an object stream. */
    private sealed interface Spot {
        record At(long offset) implements Spot {}

        record Within(long stream, int index) implements Spot {}

        record Free() implements Spot {}
    }

    /** One section of cross references. */
    private sealed interface Section {
        Optional<Spot> find(long number) throws IOException, Damage;
    }

    private static final int FIRST_LOOK = 1 << 14;
    private static final int TAIL = 2048;
    private static final int MOST_SECTIONS = 4096;
    private static final int MOST_HOPS = 32;

    private final Window file;
    private final Limits limits;
    private final List<Section> sections = new ArrayList<>();
    private PdfValue.Dict trailer = new PdfValue.Dict(Map.of());

    private PdfFile(Window file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    static PdfFile of(Window file, Limits limits) throws IOException, Damage {
        PdfFile pdf = new PdfFile(file, limits);
        pdf.sections();
        return pdf;
    }

    /** The newest trailer. */
    PdfValue.Dict trailer() {
        return trailer;
    }

    private void sections() throws IOException, Damage {
        int length = (int) Math.min(TAIL, file.size());
        String tail = new String(file.copy(file.size() - length, length), StandardCharsets.ISO_8859_1);
        int mark = tail.lastIndexOf("startxref");
        if (mark < 0) {
            throw Damage.at(file.size(), "the PDF file is cut short: it does not say where its cross references are");
        }
        long at = number(parsed(file.size() - length + mark + 9));
        Set<Long> seen = new HashSet<>();
        while (at >= 0) {
            if (!seen.add(at) || seen.size() > MOST_SECTIONS) {
                throw Damage.at(at, "the cross references of the PDF file go in a circle");
            }
            PdfValue.Dict dict = section(at);
            if (seen.size() == 1) {
                trailer = dict;
            }
            Optional<PdfValue> hidden = dict.get("XRefStm");
            if (hidden.isPresent()) {
                section(number(hidden.get()));
            }
            at = dict.get("Prev").isPresent() ? number(dict.get("Prev").get()) : -1;
        }
    }

    /** Adds the section at a place; gives its trailer. */
    private PdfValue.Dict section(long at) throws IOException, Damage {
        if (at < 0 || at >= file.size()) {
            throw Damage.at(at, "the cross references of the PDF file are not where they are said to be");
        }
        if (file.has(at, "xref")) {
            Table table = new Table(at + 4);
            sections.add(table);
            return table.trailer();
        }
        Stream stream = stream(at);
        if (!name(stream.dict().get("Type")).equals("XRef")) {
            throw Damage.at(at, "the cross references of the PDF file are not where they are said to be");
        }
        sections.add(new Rows(stream.dict(), content(stream)));
        return stream.dict();
    }

    /** A cross-reference table: rows of 20 bytes in subsections. */
    private final class Table implements Section {
        private final List<long[]> parts = new ArrayList<>();
        private final PdfValue.Dict end;

        Table(long from) throws IOException, Damage {
            long at = from;
            while (true) {
                at = spaceFrom(at);
                if (file.has(at, "trailer")) {
                    break;
                }
                if (parts.size() >= limits.boxes()) {
                    throw Damage.limit("more than " + limits.boxes() + " parts of a cross-reference table");
                }
                at = part(at);
            }
            end = dict(parsed(at + 7), at);
        }

        private long part(long at) throws IOException, Damage {
            String head = line(at);
            String[] cells = head.strip().split(" +", -1);
            if (cells.length != 2 || !cells[0].matches("[0-9]{1,10}") || !cells[1].matches("[0-9]{1,10}")) {
                throw Damage.at(at, "the cross-reference table is damaged");
            }
            long rows = spaceFrom(at + head.length());
            long count = Long.parseLong(cells[1]);
            if (count > (file.size() - rows) / 20) {
                throw Damage.at(at, "the cross-reference table claims more rows than the file has");
            }
            parts.add(new long[] {Long.parseLong(cells[0]), count, rows});
            return rows + 20 * count;
        }

        PdfValue.Dict trailer() {
            return end;
        }

        @Override
        public Optional<Spot> find(long number) throws IOException, Damage {
            for (long[] part : parts) {
                if (number >= part[0] && number < part[0] + part[1]) {
                    long row = part[2] + 20 * (number - part[0]);
                    String text = new String(file.copy(row, 18), StandardCharsets.ISO_8859_1);
                    if (!text.matches("[0-9]{10} [0-9]{5} [nf]")) {
                        throw Damage.at(row, "the cross-reference table is damaged");
                    }
                    if (text.endsWith("n")) {
                        return Optional.of(new Spot.At(Long.parseLong(text.substring(0, 10))));
                    }
                    // in a hybrid file the stream beside the table knows objects that the table calls free
                    return end.get("XRefStm").isPresent() ? Optional.empty() : Optional.of(new Spot.Free());
                }
            }
            return Optional.empty();
        }
    }

    /** A cross-reference stream. */
    private static final class Rows implements Section {
        private final String rows;
        private final int[] widths = new int[3];
        private final List<Long> index = new ArrayList<>();

        Rows(PdfValue.Dict dict, String rows) throws Damage {
            this.rows = rows;
            if (!(dict.get("W").orElse(dict) instanceof PdfValue.Arr w)
                    || w.items().size() < 3) {
                throw Damage.at(0, "a cross-reference stream does not say how wide its columns are");
            }
            for (int i = 0; i < 3; i++) {
                widths[i] = (int) number(w.items().get(i));
                if (widths[i] < 0 || widths[i] > 8) {
                    throw Damage.at(0, "a cross-reference stream has a column of " + widths[i] + " bytes");
                }
            }
            if (dict.get("Index").orElse(dict) instanceof PdfValue.Arr pairs) {
                for (PdfValue each : pairs.items()) {
                    index.add(number(each));
                }
            } else {
                index.add(0L);
                index.add(dict.get("Size").isPresent() ? number(dict.get("Size").get()) : 0);
            }
        }

        @Override
        public Optional<Spot> find(long number) throws Damage {
            long row = 0;
            for (int i = 0; i + 1 < index.size(); i += 2) {
                long first = index.get(i);
                if (number >= first && number - first < index.get(i + 1)) {
                    return row(row + number - first);
                }
                row += index.get(i + 1);
            }
            return Optional.empty();
        }

        private Optional<Spot> row(long row) throws Damage {
            int width = widths[0] + widths[1] + widths[2];
            if (row < 0 || width == 0 || row >= rows.length() / width) {
                throw Damage.at(0, "a cross-reference stream is shorter than it says");
            }
            int at = (int) row * width;
            long type = widths[0] == 0 ? 1 : field(at, widths[0]);
            long second = field(at + widths[0], widths[1]);
            long third = field(at + widths[0] + widths[1], widths[2]);
            return switch ((int) type) {
                case 1 -> Optional.of(new Spot.At(second));
                case 2 -> Optional.of(new Spot.Within(second, (int) third));
                default -> Optional.of(new Spot.Free());
            };
        }

        private long field(int at, int width) {
            long value = 0;
            for (int i = 0; i < width; i++) {
                value = value << 8 | rows.charAt(at + i);
            }
            return value;
        }
    }

    /** A value, or what it refers to; empty where there is no such object. */
    Optional<PdfValue> resolved(Optional<PdfValue> value) throws IOException, Damage {
        Optional<PdfValue> current = value;
        for (int hops = 0; current.isPresent() && current.get() instanceof PdfValue.Ref(long number); hops++) {
            if (hops >= MOST_HOPS) {
                throw Damage.at(0, "references of the PDF file go in a circle");
            }
            current = object(number);
        }
        return current.filter(found -> !found.equals(new PdfValue.Word("null")));
    }

    /** A member of a dictionary, followed where it is a reference, as a dictionary. */
    Optional<PdfValue.Dict> dict(PdfValue.Dict in, String key) throws IOException, Damage {
        return resolved(in.get(key)).filter(PdfValue.Dict.class::isInstance).map(PdfValue.Dict.class::cast);
    }

    private Optional<PdfValue> object(long number) throws IOException, Damage {
        for (Section section : sections) {
            Optional<Spot> spot = section.find(number);
            if (spot.isPresent()) {
                return switch (spot.get()) {
                    case Spot.At(long offset) -> Optional.of(parsed(bodyOf(number, offset)));
                    case Spot.Within(long stream, int index) -> Optional.of(packed(stream, number));
                    case Spot.Free() -> Optional.empty();
                };
            }
        }
        return Optional.empty();
    }

    /** Where the body of an object begins; damage where another object stands there. */
    private long bodyOf(long number, long offset) throws IOException, Damage {
        if (offset <= 0 || offset >= file.size()) {
            throw Damage.at(offset, "an object of the PDF file lies outside it");
        }
        byte[] head = file.copy(offset, (int) Math.min(64, file.size() - offset));
        String text = new String(head, StandardCharsets.ISO_8859_1);
        java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("\\s*([0-9]{1,10})\\s+[0-9]{1,5}\\s+obj")
                .matcher(text);
        if (!matcher.lookingAt() || (number >= 0 && Long.parseLong(matcher.group(1)) != number)) {
            throw Damage.at(offset, "the cross references of the PDF file are damaged: another object stands there");
        }
        return offset + matcher.end();
    }

    /** An object out of an object stream. */
    private PdfValue packed(long streamNumber, long number) throws IOException, Damage {
        Stream stream = stream(offsetOf(streamNumber));
        String text = content(stream);
        long count = stream.dict().get("N").isPresent()
                ? number(stream.dict().get("N").get())
                : 0;
        long first = stream.dict().get("First").isPresent()
                ? number(stream.dict().get("First").get())
                : 0;
        if (first < 0 || first > text.length() || count > text.length()) {
            throw Damage.at(0, "an object stream of the PDF file is damaged");
        }
        try {
            PdfParser parser = new PdfParser(text + "\n ", 0, limits.depth());
            for (long i = 0; i < count; i++) {
                long each = number(parser.value());
                long at = number(parser.value());
                if (each == number && at >= 0 && at <= text.length() - first) {
                    return parser.from((int) (first + at)).value();
                }
            }
        } catch (PdfParser.TooShort e) {
            throw Damage.at(0, "an object stream of the PDF file is damaged");
        }
        throw Damage.at(0, "an object is not in the object stream where it is said to be");
    }

    private long offsetOf(long number) throws IOException, Damage {
        for (Section section : sections) {
            Optional<Spot> spot = section.find(number);
            if (spot.isPresent()) {
                if (spot.get() instanceof Spot.At(long offset)) {
                    return offset;
                }
                break;
            }
        }
        throw Damage.at(0, "a stream of the PDF file is missing");
    }

    /** A stream: its dictionary, and where its bytes begin. */
    record Stream(PdfValue.Dict dict, long dataAt) {}

    private Stream stream(long offset) throws IOException, Damage {
        long body = bodyOf(-1, offset);
        long[] end = new long[1];
        PdfValue.Dict dict = dict(parsed(body, end), offset);
        long at = spaceFrom(end[0]);
        if (!file.has(at, "stream")) {
            throw Damage.at(at, "a stream of the PDF file has no content");
        }
        at += 6;
        at += file.has(at, "\r") ? 1 : 0;
        at += file.has(at, "\n") ? 1 : 0;
        return new Stream(dict, at);
    }

    /** The stream of an object that is referred to; empty where the value is no reference to one. */
    Optional<byte[]> streamOf(Optional<PdfValue> value) throws IOException, Damage {
        if (value.isPresent() && value.get() instanceof PdfValue.Ref(long number)) {
            return Optional.of(content(stream(offsetOf(number))).getBytes(StandardCharsets.ISO_8859_1));
        }
        return Optional.empty();
    }

    private String content(Stream stream) throws IOException, Damage {
        long length = resolved(stream.dict().get("Length")).map(PdfFile::number).orElse(-1L);
        if (length < 0 || length > file.size() - stream.dataAt()) {
            throw Damage.at(stream.dataAt(), "a stream of the PDF file claims " + length + " bytes");
        }
        if (length > PdfFilter.most(limits)) {
            throw Damage.limit("a stream of the PDF file has " + length + " bytes");
        }
        return PdfFilter.decoded(file.copy(stream.dataAt(), (int) length), stream.dict(), limits);
    }

    private static PdfValue.Dict dict(PdfValue value, long at) throws Damage {
        if (value instanceof PdfValue.Dict dict) {
            return dict;
        }
        throw Damage.at(at, "a dictionary of the PDF file is missing");
    }

    static long number(PdfValue value) {
        return value instanceof PdfValue.Num(long number) ? number : -1;
    }

    static String name(Optional<PdfValue> value) {
        return value.isPresent() && value.get() instanceof PdfValue.Name(String name) ? name : "";
    }

    private PdfValue parsed(long at) throws IOException, Damage {
        return parsed(at, new long[1]);
    }

    /** The value at a place, seen through a stretch that grows until it holds the whole value. */
    private PdfValue parsed(long at, long[] end) throws IOException, Damage {
        for (long look = FIRST_LOOK; true; look *= 8) {
            int length = (int) Math.min(Math.min(look, PdfFilter.most(limits)), file.size() - at);
            String text = new String(file.copy(at, Math.max(0, length)), StandardCharsets.ISO_8859_1);
            boolean all = length == file.size() - at;
            // a space behind the last value of a file lets its end be seen
            PdfParser parser = new PdfParser(all ? text + "\n " : text, at, limits.depth());
            try {
                PdfValue value = parser.value();
                end[0] = at + parser.at();
                return value;
            } catch (PdfParser.TooShort e) {
                if (all) {
                    throw Damage.at(at, "the PDF file ends within a value");
                }
                if (length >= PdfFilter.most(limits)) {
                    throw Damage.limit("a value of the PDF file has more than " + PdfFilter.most(limits) + " bytes");
                }
            }
        }
    }

    private long spaceFrom(long from) throws IOException, Damage {
        long at = from;
        while (at < file.size() && file.u8(at) <= ' ') {
            at++;
        }
        return at;
    }

    private String line(long at) throws IOException, Damage {
        String text = new String(file.copy(at, (int) Math.min(40, file.size() - at)), StandardCharsets.ISO_8859_1);
        return text.split("[\r\n]", 2)[0];
    }
}
