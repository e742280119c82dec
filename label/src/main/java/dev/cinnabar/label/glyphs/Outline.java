package dev.cinnabar.label.glyphs;

import java.util.List;

/**
 * The outline of one character, in font units, y growing upwards from the base line.
 *
 * @param advance how far the next character stands
 * @param strokes the contours, one operation after another
 */
public record Outline(int advance, List<Stroke> strokes) {
    public Outline {
        strokes = List.copyOf(strokes);
    }

    /** One operation of a contour. */
    public sealed interface Stroke {}

    /** Begins a contour. */
    public record Move(int x, int y) implements Stroke {}

    /** A straight line. */
    public record Line(int x, int y) implements Stroke {}

    /** A cubic Bezier curve with its two control points. */
    public record Curve(int x1, int y1, int x2, int y2, int x, int y) implements Stroke {}

    /** Closes the contour. */
    public record Close() implements Stroke {}
}
