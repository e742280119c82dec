package dev.cinnabar.label.read;

import java.nio.charset.StandardCharsets;

/** Values of AMF0 as script tags of FLV hold them, walked one after the other. */
final class Amf {
    /** Hears of every member, with its key. */
    @FunctionalInterface
    interface Ear {
        void heard(String key, int depth, String text);
    }

    /** What a member that is no text is heard as. */
    static final String NO_TEXT = "";

    private final byte[] bytes;
    private final int most;
    private int at;

    Amf(byte[] bytes, int most) {
        this.bytes = bytes;
        this.most = most;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    /** The name of the event at the beginning; empty where none stands there. */
    String name() throws Damage {
        return number(1) == 2 ? text((int) number(2)) : "";
    }

    /** Walks a value; its own members are at depth 1. */
    void value(int depth, Ear ear) throws Damage {
        if (depth > most) {
            throw Damage.limit("values nested deeper than " + most);
        }
        int type = (int) number(1);
        switch (type) {
            case 0x00 -> skip(8);
            case 0x01 -> skip(1);
            case 0x02 -> text((int) number(2));
            case 0x0C, 0x0F -> longText();
            case 0x05, 0x06, 0x0D -> {}
            case 0x07 -> skip(2);
            case 0x0B -> skip(10);
            case 0x03 -> members(depth, ear);
            case 0x08 -> {
                skip(4);
                members(depth, ear);
            }
            case 0x10 -> {
                text((int) number(2));
                members(depth, ear);
            }
            case 0x0A -> {
                long count = number(4);
                for (long i = 0; i < count; i++) {
                    value(depth + 1, ear);
                }
            }
            default -> throw Damage.at(at, "a value of the unknown kind " + type + " in a script tag");
        }
    }

    /** Members up to the mark that ends them, or to the end, for some writers leave the mark out. */
    private void members(int depth, Ear ear) throws Damage {
        while (hasMore()) {
            String key = text((int) number(2));
            if (key.isEmpty() && hasMore() && bytes[at] == 9) {
                skip(1);
                return;
            }
            member(key, depth + 1, ear);
        }
    }

    private void member(String key, int depth, Ear ear) throws Damage {
        int type = hasMore() ? bytes[at] : -1;
        if (type == 0x02) {
            skip(1);
            ear.heard(key, depth, text((int) number(2)));
        } else if (type == 0x0C || type == 0x0F) {
            skip(1);
            ear.heard(key, depth, longText());
        } else {
            ear.heard(key, depth, NO_TEXT);
            value(depth, ear);
        }
    }

    private String longText() throws Damage {
        long length = number(4);
        if (length > bytes.length) {
            throw Damage.at(at, "a text in a script tag claims " + length + " bytes");
        }
        return text((int) length);
    }

    private String text(int length) throws Damage {
        int from = at;
        skip(length);
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private void skip(int count) throws Damage {
        if (count > bytes.length - at) {
            throw Damage.at(at, "a script tag ends within a value");
        }
        at += count;
    }

    private long number(int count) throws Damage {
        int from = at;
        skip(count);
        long value = 0;
        for (int i = from; i < at; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }
}
