package dev.cinnabar.label;

/**
 * How much a reader or writer may take from one file before it gives up with a finding.
 *
 * @param bytes the longest file looked into, in bytes
 * @param boxes the most chunks, segments or boxes walked
 * @param depth the deepest nesting of JSON, XML or boxes followed
 * @param textBytes the longest text (XMP, JSON, a whole Markdown or text file), in bytes, decompressed
 * @param pixels the largest picture decoded, in pixels
 */
public record Limits(long bytes, int boxes, int depth, long textBytes, long pixels) {
    public Limits {
        if (bytes < 1 || boxes < 1 || depth < 1 || textBytes < 1 || pixels < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
    }

    /** Generous to real files, tight to hostile ones: 1 TiB, 100,000 boxes, depth 64, 16 MiB of text, 100 megapixels. */
    public static Limits standard() {
        return new Limits(1L << 40, 100_000, 64, 16L << 20, 100_000_000L);
    }
}
