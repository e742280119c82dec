package dev.cinnabar.label.glyphs;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The outlines that come with the library ({@code outlines.bin}; layout and origin: {@code src/glyphs/outlines.py}), so that a machine without fonts draws too. */
public final class Outlines {
    private static final int MAGIC = 0x4342474C;

    private final int unitsPerEm;
    private final int capHeight;
    private final Map<Integer, Outline> byCodePoint;

    private Outlines(int unitsPerEm, int capHeight, Map<Integer, Outline> byCodePoint) {
        this.unitsPerEm = unitsPerEm;
        this.capHeight = capHeight;
        this.byCodePoint = byCodePoint;
    }

    /** The shipped outlines, loaded once. */
    public static Outlines shipped() {
        return Shipped.OUTLINES;
    }

    /** Font units in one em. */
    public int unitsPerEm() {
        return unitsPerEm;
    }

    /** The height of a capital letter in font units: the least height of a full character, which is what 5 % is measured on. */
    public int capHeight() {
        return capHeight;
    }

    /** The outline of a character, where it is shipped. */
    public Optional<Outline> of(int codePoint) {
        return Optional.ofNullable(byCodePoint.get(codePoint));
    }

    /** The characters of a text that are not shipped, each once. */
    public String missing(String text) {
        StringBuilder missing = new StringBuilder();
        text.codePoints().filter(c -> !byCodePoint.containsKey(c)).distinct().forEach(missing::appendCodePoint);
        return missing.toString();
    }

    private static final class Shipped {
        static final Outlines OUTLINES = load();

        private static Outlines load() {
            try (InputStream in = Objects.requireNonNull(Outlines.class.getResourceAsStream("outlines.bin"));
                    DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16))) {
                return read(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Outlines read(DataInputStream data) throws IOException {
            if (data.readInt() != MAGIC || data.readUnsignedByte() != 1) {
                throw new IOException("outlines.bin has another layout");
            }
            int unitsPerEm = data.readUnsignedShort();
            int capHeight = data.readUnsignedShort();
            int count = data.readUnsignedShort();
            Map<Integer, Outline> outlines = HashMap.newHashMap(count);
            for (int i = 0; i < count; i++) {
                outlines.put(data.readInt(), outline(data));
            }
            return new Outlines(unitsPerEm, capHeight, outlines);
        }

        private static Outline outline(DataInputStream data) throws IOException {
            int advance = data.readUnsignedShort();
            int operations = data.readUnsignedShort();
            List<Outline.Stroke> strokes = new ArrayList<>(operations);
            for (int i = 0; i < operations; i++) {
                int kind = data.readUnsignedByte();
                strokes.add(
                        switch (kind) {
                            case 0 -> new Outline.Move(data.readShort(), data.readShort());
                            case 1 -> new Outline.Line(data.readShort(), data.readShort());
                            case 2 ->
                                new Outline.Curve(
                                        data.readShort(),
                                        data.readShort(),
                                        data.readShort(),
                                        data.readShort(),
                                        data.readShort(),
                                        data.readShort());
                            default -> new Outline.Close();
                        });
            }
            return new Outline(advance, strokes);
        }
    }
}
