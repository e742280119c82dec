package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chunks of a WAV file.
 *
 * @param big whether it is RF64 or BW64, with sizes in ds64
 * @param chunks in order; the length of a data chunk is its real one
 * @param streamed whether the data chunk says no size and goes to the end of the file
 */
record WavLayout(boolean big, List<Chunk> chunks, boolean streamed) {
    /** One chunk: its four letters, where it begins, and how many bytes of content it has. */
    record Chunk(String id, long at, long length) {
        long dataAt() {
            return at + 8;
        }

        /** Behind the content and its padding byte. */
        long end() {
            return at + 8 + length + (length & 1);
        }
    }

    static final long UNSAID = 0xFFFFFFFFL;

    /** Reads the layout; refuses a file whose sizes do not hold. */
    static WavLayout of(Input file, Job job) throws IOException, Refusal {
        boolean big = !file.latin(0, 4).equals("RIFF");
        List<Chunk> chunks = new ArrayList<>();
        boolean streamed = false;
        long dataSize = -1;
        for (long at = 12; at + 8 <= file.size(); at = chunks.getLast().end()) {
            if (chunks.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " chunks");
            }
            String id = file.latin(at, 4);
            long length = file.little(at + 4, 4);
            if (id.equals("ds64") && length >= 24) {
                dataSize = file.little(at + 16, 8);
            }
            if (id.equals("data") && length == UNSAID) {
                streamed = !(big && dataSize >= 0);
                length = streamed ? file.size() - at - 8 : dataSize;
            }
            if (length < 0 || length > file.size() - at - 8) {
                throw Refusal.broken(at, "a chunk claims " + length + " bytes, more than the file has");
            }
            chunks.add(new Chunk(id, at, length));
        }
        return new WavLayout(big, chunks, streamed);
    }

    /** The first chunk of a name. */
    Optional<Chunk> chunk(String id) {
        return chunks.stream().filter(chunk -> chunk.id().equals(id)).findFirst();
    }

    /** The first chunk of a name that a WAV file must have. */
    Chunk needed(String id) throws Refusal {
        return chunk(id).orElseThrow(() -> new Refusal(Fault.UNREADABLE, "it has no chunk " + id.strip()));
    }
}
