package dev.cinnabar.label.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A CBOR value (RFC 8949), as far as manifests need it: tags are looked through, numbers are kept where they are keys. Bounded in depth; never longer than its bytes. */
sealed interface Cbor {
    record Text(String value) implements Cbor {}

    record Bytes(byte[] value) implements Cbor {}

    record Whole(long value) implements Cbor {}

    record Items(List<Cbor> items) implements Cbor {}

    record Entries(List<Entry> entries) implements Cbor {}

    /** A float, a word, or undefined: nothing a manifest says in words. */
    record Other() implements Cbor {}

    /** A key with its value. */
    record Entry(Cbor key, Cbor value) {}

    /** The value under a text key of a map. */
    default Optional<Cbor> at(String key) {
        return find(new Text(key));
    }

    /** The value under a number of a map. */
    default Optional<Cbor> at(long key) {
        return find(new Whole(key));
    }

    private Optional<Cbor> find(Cbor key) {
        return this instanceof Entries(List<Entry> entries)
                ? entries.stream()
                        .filter(entry -> entry.key().equals(key))
                        .map(Entry::value)
                        .findFirst()
                : Optional.empty();
    }

    /** The text, where it is one. */
    default Optional<String> text() {
        return this instanceof Text(String value) ? Optional.of(value) : Optional.empty();
    }

    /** The items of a list; itself alone where it is none. */
    default List<Cbor> items() {
        return this instanceof Items(List<Cbor> items) ? items : List.of(this);
    }

    /** The first value in the bytes; empty where they are no CBOR. */
    static Optional<Cbor> parse(byte[] bytes) {
        return new Parser(bytes).whole();
    }

    /** Reads one value after the other. */
    final class Parser {
        private static final int DEEPEST = 24;
        private static final int BREAK = 0xFF;

        private final byte[] bytes;
        private int at;
        private boolean broken;

        private Parser(byte[] bytes) {
            this.bytes = bytes;
        }

        private Optional<Cbor> whole() {
            Cbor value = value(0);
            return broken ? Optional.empty() : Optional.of(value);
        }

        private Cbor value(int depth) {
            if (depth > DEEPEST || at >= bytes.length) {
                broken = true;
                return new Other();
            }
            int head = bytes[at++] & 0xFF;
            int major = head >> 5;
            boolean open = (head & 31) == 31;
            long count = open ? -1 : count(head & 31);
            return switch (major) {
                case 0 -> new Whole(count);
                case 1 -> new Whole(-1 - count);
                case 2 -> new Bytes(run(count));
                case 3 -> new Text(new String(run(count), StandardCharsets.UTF_8));
                case 4 -> new Items(items(count, depth));
                case 5 -> new Entries(entries(count, depth));
                case 6 -> value(depth + 1);
                default -> new Other();
            };
        }

        private long count(int small) {
            if (small < 24) {
                return small;
            }
            int length = 1 << (small - 24);
            if (small > 27 || at + length > bytes.length) {
                broken = true;
                return 0;
            }
            long value = 0;
            for (int i = 0; i < length; i++) {
                value = value << 8 | (bytes[at++] & 0xFF);
            }
            return value;
        }

        private byte[] run(long count) {
            if (count < 0 || count > bytes.length - at) {
                broken = true;
                return new byte[0];
            }
            byte[] out = java.util.Arrays.copyOfRange(bytes, at, at + (int) count);
            at += (int) count;
            return out;
        }

        private List<Cbor> items(long count, int depth) {
            List<Cbor> items = new ArrayList<>();
            while (more(count, items.size())) {
                items.add(value(depth + 1));
            }
            return items;
        }

        private List<Entry> entries(long count, int depth) {
            List<Entry> entries = new ArrayList<>();
            while (more(count, entries.size())) {
                Cbor key = value(depth + 1);
                entries.add(new Entry(key, value(depth + 1)));
            }
            return entries;
        }

        private boolean more(long count, int read) {
            if (broken) {
                return false;
            }
            if (count >= 0) {
                return read < count;
            }
            if (at < bytes.length && (bytes[at] & 0xFF) == BREAK) {
                at++;
                return false;
            }
            return true;
        }
    }
}
