package dev.cinnabar.label.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The box keys of a movie's metadata: names that the items of the list refer to by number, from 1. */
final class MovieKeys {
    /** One key; an empty name where there is none. */
    record Key(String namespace, String name) {
        boolean isAigc() {
            return namespace.equals("mdta") && name.equals("AIGC");
        }
    }

    private static final int LONGEST = 1024;
    private static final Key NO_KEY = new Key("", "");

    private final List<Key> keys;

    private MovieKeys(List<Key> keys) {
        this.keys = keys;
    }

    static MovieKeys none() {
        return new MovieKeys(List.of());
    }

    static MovieKeys read(Window file, Report report, Boxes.Box box) throws IOException, Damage {
        List<Key> keys = new ArrayList<>();
        for (long at = box.body() + 8; at + 8 <= box.end(); ) {
            long size = file.u32be(at);
            if (size < 8 || size > box.end() - at) {
                report.broken(Damage.at(at, "a key claims " + size + " bytes").finding());
                break;
            }
            if (keys.size() >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " keys");
            }
            int length = (int) Math.min(LONGEST, size - 8);
            keys.add(new Key(file.fourCc(at + 4), new String(file.copy(at + 8, length), StandardCharsets.UTF_8)));
            at += size;
        }
        return new MovieKeys(keys);
    }

    Key key(long number) {
        return number >= 1 && number <= keys.size() ? keys.get((int) number - 1) : NO_KEY;
    }

    /** Whether a name holds the letters AIGC (GB 45438-2025 Annex E a). */
    static boolean saysAigc(String name) {
        for (int i = 0; i + 4 <= name.length(); i++) {
            if (name.regionMatches(true, i, "AIGC", 0, 4)) {
                return true;
            }
        }
        return false;
    }
}
