package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks of an AVI file, of its first part and of OpenDML's further ones.
 *
 * @param chunks those of the first part in order
 * @param further those of the parts behind it
 */
record AviLayout(List<Chunk> chunks, List<Chunk> further) {
    /**
     * One chunk.
     *
     * @param id its four letters
     * @param kind of a list, what it lists; else empty
     * @param at where it begins
     * @param length how many bytes of content it has
     * @param end where the next begins; the last one may lack its padding
     */
    record Chunk(String id, String kind, long at, long length, long end) {
        long dataAt() {
            return at + 8;
        }

        boolean lists(String what) {
            return kind.equals(what);
        }
    }

    /** Reads the layout; refuses a file whose sizes do not hold. */
    static AviLayout of(Input file, Job job) throws IOException, Refusal {
        List<Chunk> first = new ArrayList<>();
        List<Chunk> further = new ArrayList<>();
        for (long at = 0; at == 0 || isFurther(file, at); ) {
            long length = file.little(at + 4, 4);
            if (length < 4 || length > file.size() - at - 8) {
                throw Refusal.broken(at, "a part claims " + length + " bytes; the file has " + (file.size() - at - 8));
            }
            List<Chunk> chunks = within(file, at + 12, at + 8 + length, job);
            (at == 0 ? first : further).addAll(chunks);
            if (further.size() > job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " chunks");
            }
            at += 8 + length + (length & 1);
        }
        return new AviLayout(first, further);
    }

    private static boolean isFurther(Input file, long at) throws IOException, Refusal {
        return at + 12 <= file.size()
                && file.latin(at, 4).equals("RIFF")
                && file.latin(at + 8, 4).equals("AVIX");
    }

    /** The chunks of a stretch. */
    static List<Chunk> within(Input file, long from, long end, Job job) throws IOException, Refusal {
        List<Chunk> chunks = new ArrayList<>();
        for (long at = from; at + 8 <= end; at = chunks.getLast().end()) {
            if (chunks.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " chunks");
            }
            long length = file.little(at + 4, 4);
            if (length > end - at - 8) {
                throw Refusal.broken(at, "a chunk claims " + length + " bytes; there are " + (end - at - 8));
            }
            String id = file.latin(at, 4);
            String kind = id.equals("LIST") && length >= 4 ? file.latin(at + 8, 4) : "";
            chunks.add(new Chunk(id, kind, at, length, Math.min(end, at + 8 + length + (length & 1))));
        }
        return chunks;
    }

    /** The first list of media. */
    Chunk media() throws Refusal {
        return chunks.stream()
                .filter(chunk -> chunk.lists("movi"))
                .findFirst()
                .orElseThrow(() -> new Refusal(Fault.UNREADABLE, "no list holds media"));
    }

    /** All chunks of all parts. */
    List<Chunk> all() {
        List<Chunk> all = new ArrayList<>(chunks);
        all.addAll(further);
        return all;
    }
}
