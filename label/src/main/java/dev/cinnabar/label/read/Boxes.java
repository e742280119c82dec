package dev.cinnabar.label.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The boxes of an ISO base media or QuickTime file, looked at header first; what is broken among them is reported, and those before it count. */
final class Boxes {
    /** One box: its four letters, where it begins, where its content begins and where it ends. */
    record Box(String type, long at, long body, long end) {
        long length() {
            return end - body;
        }
    }

    private final Window file;
    private final Report report;
    private int walked;

    Boxes(Window file, Report report) {
        this.file = file;
        this.report = report;
    }

    /** The boxes of the whole file. */
    List<Box> top() throws IOException, Damage {
        List<Box> boxes = new ArrayList<>();
        long at = 0;
        try {
            while (at < file.size() && !isPadding(at)) {
                boxes.add(box(at, file.size()));
                at = boxes.getLast().end();
            }
        } catch (Damage e) {
            giveUp(e);
        }
        return boxes;
    }

    /** A few zero bytes at the end are no box and do no harm. */
    private boolean isPadding(long at) throws IOException, Damage {
        boolean zero = file.size() - at < 8;
        for (long i = at; i < file.size() && zero; i++) {
            zero = file.u8(i) == 0;
        }
        return zero;
    }

    /** The boxes within a stretch; a size of zero ends the list, as QuickTime's user data may. */
    List<Box> within(long from, long end) throws IOException, Damage {
        List<Box> boxes = new ArrayList<>();
        try {
            for (long at = from;
                    at + 8 <= end && file.u32be(at) != 0;
                    at = boxes.getLast().end()) {
                boxes.add(box(at, end));
            }
        } catch (Damage e) {
            giveUp(e);
        }
        return boxes;
    }

    /** A copy of a stretch that holds text. */
    byte[] text(long from, long end) throws IOException, Damage {
        if (end - from > report.limits().textBytes()) {
            throw Damage.limit("the text at " + from + " has " + (end - from) + " bytes");
        }
        return file.copy(from, (int) Math.max(0, end - from));
    }

    private void giveUp(Damage e) throws Damage {
        if (walked >= report.limits().boxes()) {
            throw e;
        }
        report.broken(e.finding());
    }

    private Box box(long at, long end) throws IOException, Damage {
        if (++walked >= report.limits().boxes()) {
            throw Damage.limit("more than " + report.limits().boxes() + " boxes");
        }
        long size = file.u32be(at);
        String type = file.fourCc(at + 4);
        int head = 8;
        if (size == 1) {
            size = file.u32be(at + 8) << 32 | file.u32be(at + 12);
            head = 16;
        } else if (size == 0) {
            size = end - at;
        }
        if (size < head) {
            throw Damage.at(at, "a box claims " + size + " bytes, less than its head");
        }
        if (size > end - at) {
            report.broken(Damage.at(at, "a box claims " + size + " bytes; there are " + (end - at))
                    .finding());
            size = end - at;
        }
        return new Box(type, at, at + head, at + size);
    }
}
