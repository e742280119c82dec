package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;

/** Puts frames before a sound and moves everything that counts frames: data, ds64, fact, cue points, sampler loops. */
final class WavLengths {
    private final Input file;
    private final WavLayout layout;
    private final EditPlan.Edits edits;

    WavLengths(Input file, WavLayout layout, EditPlan.Edits edits) {
        this.file = file;
        this.layout = layout;
        this.edits = edits;
    }

    /** Plans {@code tones} at the start of the sound. */
    void prepend(byte[] tones, WavCoding coding) throws IOException, Refusal {
        WavLayout.Chunk data = layout.needed("data");
        long frames = tones.length / coding.frameBytes();
        edits.insert(data.dataAt(), tones);
        padding(data, tones.length);
        long length = data.length() + tones.length;
        if (layout.big()) {
            long ds64 = layout.needed("ds64").dataAt();
            if (file.little(data.at() + 4, 4) == WavLayout.UNSAID) {
                edits.replace(ds64 + 8, ds64 + 16, WavWriter.little(length, 8));
            } else {
                patch(data.at() + 4, length);
            }
            long count = file.little(ds64 + 16, 8);
            if (count > 0) {
                edits.replace(ds64 + 16, ds64 + 24, WavWriter.little(count + frames, 8));
            }
        } else if (!layout.streamed()) {
            patch(data.at() + 4, length);
        }
        for (WavLayout.Chunk chunk : layout.chunks()) {
            positions(chunk, frames);
        }
    }

    /** An odd number of bytes wants a padding byte behind it; the tones may make odd even and even odd. */
    private void padding(WavLayout.Chunk data, int added) {
        if ((added & 1) == 0 || layout.streamed()) {
            return;
        }
        long end = data.dataAt() + data.length();
        if ((data.length() & 1) == 0) {
            edits.insert(end, new byte[1]);
        } else if (end < file.size()) {
            edits.drop(end, end + 1);
        }
    }

    private void positions(WavLayout.Chunk chunk, long frames) throws IOException, Refusal {
        switch (chunk.id()) {
            case "fact" -> {
                if (chunk.length() >= 4) {
                    add(chunk.dataAt(), frames);
                }
            }
            case "cue " -> {
                long points = chunk.length() < 4 ? 0 : file.little(chunk.dataAt(), 4);
                for (long i = 0; i < Math.min(points, (chunk.length() - 4) / 24); i++) {
                    add(chunk.dataAt() + 4 + 24 * i + 4, frames);
                    add(chunk.dataAt() + 4 + 24 * i + 20, frames);
                }
            }
            case "smpl" -> {
                long loops = chunk.length() < 36 ? 0 : file.little(chunk.dataAt() + 28, 4);
                for (long i = 0; i < Math.min(loops, (chunk.length() - 36) / 24); i++) {
                    add(chunk.dataAt() + 36 + 24 * i + 8, frames);
                    add(chunk.dataAt() + 36 + 24 * i + 12, frames);
                }
            }
            default -> {}
        }
    }

    private void add(long at, long frames) throws IOException, Refusal {
        long value = file.little(at, 4);
        if (value != WavLayout.UNSAID) {
            patch(at, value + frames);
        }
    }

    private void patch(long at, long value) throws Refusal {
        if (value >= WavLayout.UNSAID) {
            throw new Refusal(Fault.NO_ROOM, "a RIFF file ends at 4 GiB; convert it to RF64");
        }
        edits.replace(at, at + 4, WavWriter.little(value, 4));
    }
}
