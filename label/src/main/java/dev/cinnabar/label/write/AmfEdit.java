package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The values of a script tag (AMF0), written anew without labels and, where asked, with a new one; and the numbers among them that count bytes of the file. */
final class AmfEdit {
    /** What a number counts. */
    enum Counts {
        POSITION,
        FILE_SIZE,
        TAG_SIZE
    }

    /** A number at a place of the new values. */
    record Figure(int at, Counts counts) {}

    /** Bytes that grow, and may be shortened or patched. */
    private static final class Growing extends ByteArrayOutputStream {
        void truncate(int length) {
            count = length;
        }

        void patch(int at, byte[] bytes) {
            System.arraycopy(bytes, 0, buf, at, bytes.length);
        }
    }

    private static final byte[] END = {0, 0, 9};

    private final byte[] old;
    private final int most;
    private final byte[] json;
    private final Growing out = new Growing();
    private final List<Figure> figures = new ArrayList<>();
    private int at;
    private boolean removed;
    private boolean added;

    /** Takes the label to be added to the metadata; empty where none is. */
    AmfEdit(byte[] old, int most, byte[] json) {
        this.old = old.clone();
        this.most = most;
        this.json = json.clone();
    }

    /** A member with the label. */
    static byte[] member(byte[] json) {
        byte[] length = json.length > 0xFFFF ? Bytes.big(json.length, 4) : Bytes.big(json.length, 2);
        byte[] type = {(byte) (json.length > 0xFFFF ? 0x0C : 0x02)};
        return Bytes.joined(Bytes.big(4, 2), Bytes.latin("AIGC"), type, length, json);
    }

    /** Metadata with a label and nothing else. */
    static byte[] fresh(byte[] json) {
        byte[] event = Bytes.joined(new byte[] {2}, Bytes.big(10, 2), Bytes.latin("onMetaData"));
        return Bytes.joined(event, new byte[] {8}, Bytes.big(1, 4), member(json), END);
    }

    /** Writes all values anew. */
    byte[] edited() throws Refusal {
        boolean metadata = isMetadata();
        boolean event = old.length > 0 && old[0] == 2;
        if (event) {
            value("", most);
        }
        for (boolean first = true; at < old.length; first = false) {
            boolean holds = old[at] == 3 || old[at] == 8;
            value("", metadata && first && holds && json.length > 0 ? -1 : 0);
        }
        return out.toByteArray();
    }

    /** Whether the values are the metadata of a file and a label can be added to them. */
    boolean isMetadata() {
        byte[] event = Bytes.joined(new byte[] {2}, Bytes.big(10, 2), Bytes.latin("onMetaData"));
        return old.length > event.length
                && java.util.Arrays.equals(old, 0, event.length, event, 0, event.length)
                && (old[event.length] == 3 || old[event.length] == 8);
    }

    boolean isChanged() {
        return removed || added;
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** Copies a value; the depth -1 stands for the object that gets the label. */
    private void value(String key, int depth) throws Refusal {
        if (depth > most) {
            throw new Refusal(Fault.TOO_LARGE, "values nested deeper than " + most);
        }
        int type = (int) number(at, 1);
        switch (type) {
            case 0x00 -> {
                figure(key);
                copy(9);
            }
            case 0x01 -> copy(2);
            case 0x05, 0x06, 0x0D -> copy(1);
            case 0x07 -> copy(3);
            case 0x0B -> copy(11);
            case 0x02 -> copy(3 + (int) number(at + 1, 2));
            case 0x0C, 0x0F -> copy(5 + number(at + 1, 4));
            case 0x03 -> {
                copy(1);
                members(depth);
            }
            case 0x08 -> counted(depth);
            case 0x10 -> {
                copy(3 + (int) number(at + 1, 2));
                members(depth);
            }
            case 0x0A -> {
                long count = number(at + 1, 4);
                copy(5);
                for (long i = 0; i < count; i++) {
                    value(key, Math.max(0, depth) + 1);
                }
            }
            default -> throw Refusal.broken(at, "a value of the unknown kind " + type + " in a script tag");
        }
    }

    private void figure(String key) {
        switch (key) {
            case "filepositions", "lastkeyframelocation" -> figures.add(new Figure(out.size() + 1, Counts.POSITION));
            case "filesize" -> figures.add(new Figure(out.size() + 1, Counts.FILE_SIZE));
            case "metadatasize" -> figures.add(new Figure(out.size() + 1, Counts.TAG_SIZE));
            default -> {}
        }
    }

    /** An array says how many members it has; some say 0, or too few. */
    private void counted(int depth) throws Refusal {
        long count = number(at + 1, 4);
        int head = out.size();
        copy(5);
        int change = members(depth);
        if (change != 0) {
            out.patch(head + 1, Bytes.big(Math.max(0, count + change), 4));
        }
    }

    /** Copies members without labels; gives by how many they became more. */
    private int members(int depth) throws Refusal {
        int change = 0;
        boolean ended = false;
        while (at < old.length && !ended) {
            int length = (int) number(at, 2);
            if (length == 0 && at + 2 < old.length && old[at + 2] == 9) {
                at += 3;
                ended = true;
                continue;
            }
            int start = at;
            int before = out.size();
            int known = figures.size();
            copy(2 + length);
            String key = new String(old, start + 2, length, StandardCharsets.UTF_8);
            int valueAt = at;
            value(key, Math.max(0, depth) + 1);
            if (isLabel(key, valueAt)) {
                out.truncate(before);
                figures.subList(known, figures.size()).clear();
                removed = true;
                change--;
            }
        }
        if (depth < 0) {
            out.writeBytes(member(json));
            added = true;
            change++;
        }
        if (ended || depth < 0) {
            out.writeBytes(END);
        }
        return change;
    }

    private boolean isLabel(String key, int valueAt) {
        if (OldLabels.mentions(key.getBytes(StandardCharsets.UTF_8))) {
            return true;
        }
        int head = old[valueAt] == 2 ? 3 : 5;
        boolean text = old[valueAt] == 2 || old[valueAt] == 0x0C || old[valueAt] == 0x0F;
        return text && OldLabels.isLabel(new String(old, valueAt + head, at - valueAt - head, StandardCharsets.UTF_8));
    }

    private void copy(long count) throws Refusal {
        if (count > old.length - at) {
            throw Refusal.broken(at, "a script tag ends within a value");
        }
        out.write(old, at, (int) count);
        at += (int) count;
    }

    private long number(int from, int count) throws Refusal {
        if (count > old.length - from) {
            throw Refusal.broken(from, "a script tag ends within a value");
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (old[from + i] & 0xFF);
        }
        return value;
    }
}
