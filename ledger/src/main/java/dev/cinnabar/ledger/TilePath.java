package dev.cinnabar.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a tile or an entry bundle in tlog-tiles.
 *
 * @param level of a hash tile 0 to 63; {@link #ENTRIES} for an entry bundle
 * @param index its place in the level
 * @param width how many hashes or entries it holds, 1 to 256; 256 is a full one
 */
record TilePath(int level, long index, int width) {
    static final int ENTRIES = -1;
    static final int FULL = 256;
    private static final int DEEPEST = 63;
    private static final Pattern FORM =
            Pattern.compile("tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    TilePath {
        if (level < ENTRIES || level > DEEPEST || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("no tile " + level + ", " + index + ", " + width);
        }
    }

    /** The address that this path spells, if it is one and spells it the only right way. */
    static Optional<TilePath> parse(String path) {
        Matcher parts = FORM.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int level = parts.group(1).equals("entries") ? ENTRIES : Integer.parseInt(parts.group(1));
        int width = parts.group(3) == null ? FULL : Integer.parseInt(parts.group(3));
        long index = Long.parseLong(parts.group(2).replaceAll("[x/]", ""));
        if (level > DEEPEST || width > FULL) {
            return Optional.empty();
        }
        TilePath parsed = new TilePath(level, index, width);
        return parsed.toString().equals(path) ? Optional.of(parsed) : Optional.empty();
    }

    TilePath full() {
        return new TilePath(level, index, FULL);
    }

    boolean partial() {
        return width < FULL;
    }

    boolean entries() {
        return level == ENTRIES;
    }

    /** The number of entries below one hash of this level; beyond any log for the deepest levels. */
    static long span(int level) {
        return level <= 0 ? 1 : level >= 8 ? Long.MAX_VALUE : 1L << (8 * level);
    }

    /** How many hashes or entries a tree of this size has at this address, 0 to 256. */
    int available(long size) {
        long hashes = size / span(level);
        return index > hashes / FULL ? 0 : (int) Math.min(FULL, hashes - index * FULL);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(String.format("%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            out.insert(0, String.format("x%03d/", rest % 1000));
        }
        out.insert(0, "tile/" + (entries() ? "entries" : level) + '/');
        return partial() ? out.append(".p/").append(width).toString() : out.toString();
    }
}
