package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The chunks of a WebP file.
 *
 * @param chunks in order
 * @param end where the RIFF ends, as it says itself; what stands behind is not WebP
 */
record WebpLayout(List<Chunk> chunks, long end) {
    /** Chunks that stand before the XMP where writers keep the order of the specification. */
    private static final Set<String> BEFORE_XMP =
            Set.of("VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L", "EXIF");

    /** One chunk: its four letters, where it begins, and how many bytes of content it has. */
    record Chunk(String id, long at, long length) {
        long dataAt() {
            return at + 8;
        }

        /** Behind the content, before its padding byte. */
        long dataEnd() {
            return at + 8 + length;
        }

        long end() {
            return dataEnd() + (length & 1);
        }
    }

    /** Reads the layout; refuses a file whose sizes do not hold. */
    static WebpLayout of(Input file, Job job) throws IOException, Refusal {
        long end = 8 + file.little(4, 4);
        if (end > file.size()) {
            throw Refusal.broken(4, "the file says that it has " + end + " bytes, but it has " + file.size());
        }
        List<Chunk> chunks = new ArrayList<>();
        for (long at = 12; at + 8 <= end; at = chunks.getLast().end()) {
            if (chunks.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " chunks");
            }
            long length = file.little(at + 4, 4);
            if (length > end - at - 8) {
                throw Refusal.broken(at, "a chunk claims " + length + " bytes, more than the file has");
            }
            chunks.add(new Chunk(file.latin(at, 4), at, length));
        }
        return new WebpLayout(chunks, end);
    }

    /** The first chunk of a name. */
    Optional<Chunk> chunk(String id) {
        return chunks.stream().filter(chunk -> chunk.id().equals(id)).findFirst();
    }

    /** Where a chunk ends in this file: the last one may lack its padding. */
    long end(Chunk chunk) {
        return Math.min(chunk.end(), end);
    }

    /** The last of the chunks that the XMP follows. */
    Chunk beforeXmp() throws Refusal {
        return chunks.stream()
                .filter(chunk -> BEFORE_XMP.contains(chunk.id()))
                .reduce((first, second) -> second)
                .orElseThrow(() -> Refusal.broken(12, "no chunk holds a picture"));
    }
}
