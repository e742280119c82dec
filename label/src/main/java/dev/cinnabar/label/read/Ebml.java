package dev.cinnabar.label.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The elements of an EBML file (RFC 8794), looked at header first. */
final class Ebml {
    /** One element: its number with its marker, where it begins, where its content begins and ends, and whether it says no size. */
    record Element(long id, long at, long body, long end, boolean open) {
        long length() {
            return end - body;
        }
    }

    private static final int LONGEST_NAME = 1024;

    private final Window file;
    private final Report report;
    private int walked;

    Ebml(Window file, Report report) {
        this.file = file;
        this.report = report;
    }

    /** The element at a place; one that says no size goes to the end of what it stands in, and one that says too much is cut there. */
    Element at(long at, long end) throws IOException, Damage {
        if (++walked > report.limits().boxes()) {
            throw Damage.limit("more than " + report.limits().boxes() + " elements");
        }
        return uncounted(at, end);
    }

    /** The same for the small elements that media are made of. */
    Element uncounted(long at, long end) throws IOException, Damage {
        int idLength = length(at, 4);
        long id = number(at, idLength);
        int sizeLength = length(at + idLength, 8);
        long mark = 1L << (7 * sizeLength);
        long size = number(at + idLength, sizeLength) & (mark - 1);
        long body = at + idLength + sizeLength;
        boolean open = size == mark - 1;
        if (!open && size > end - body) {
            report.broken(Damage.at(at, "an element claims " + size + " bytes; there are " + Math.max(0, end - body))
                    .finding());
        }
        long last = open || size > end - body ? Math.max(body, end) : body + size;
        return new Element(id, at, body, last, open);
    }

    /** The elements within another; damage among them is reported, and those before it count. */
    List<Element> within(Element parent) throws IOException, Damage {
        List<Element> found = new ArrayList<>();
        try {
            for (long at = parent.body();
                    at < parent.end();
                    at = found.getLast().end()) {
                found.add(at(at, parent.end()));
            }
        } catch (Damage e) {
            if (walked > report.limits().boxes()) {
                throw e;
            }
            report.broken(e.finding());
        }
        return found;
    }

    /** A name: text up to a zero byte. */
    String name(Element element) throws IOException, Damage {
        int length = (int) Math.min(LONGEST_NAME, element.length());
        String text = new String(file.copy(element.body(), length), StandardCharsets.UTF_8);
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    /** A text within the limit of texts. */
    String text(Element element) throws IOException, Damage {
        if (element.length() > report.limits().textBytes()) {
            throw Damage.limit("the text at " + element.at() + " has " + element.length() + " bytes");
        }
        return new String(file.copy(element.body(), (int) element.length()), StandardCharsets.UTF_8);
    }

    /** Whether a brace stands at the beginning of a content, behind blanks at most. */
    boolean beginsWithBrace(Element element) throws IOException, Damage {
        for (long at = element.body(); at < Math.min(element.end(), element.body() + 16); at++) {
            if (file.u8(at) == '{') {
                return element.length() <= report.limits().textBytes();
            }
        }
        return false;
    }

    /** Whether a content is a number other than zero. */
    boolean isNotZero(Element element) throws IOException, Damage {
        for (long at = element.body(); at < Math.min(element.end(), element.body() + 8); at++) {
            if (file.u8(at) != 0) {
                return true;
            }
        }
        return false;
    }

    private int length(long at, int most) throws IOException, Damage {
        int first = file.u8(at);
        int length = Integer.numberOfLeadingZeros(first) - 23;
        if (length > most) {
            throw Damage.at(at, "no element begins here");
        }
        return length;
    }

    private long number(long at, int length) throws IOException, Damage {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | file.u8(at + i);
        }
        return value;
    }
}
