package dev.cinnabar.label.write;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Wordings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * WAV (RIFF, RF64, BW64): the label in a top-level chunk AIGC right before the sound (TC260-PG-202510A), in place of every label the file carries; the rhythm before the
 * content where asked (GB 45438-2025 5.3), with every size and position that counts frames put right.
 */
final class WavWriter implements FormatWriter {
    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();
    private final List<ExplicitMark> explicit = new ArrayList<>();

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        WavLayout layout = WavLayout.of(file, job);
        WavLayout.Chunk data = layout.needed("data");
        for (WavLayout.Chunk chunk : layout.chunks()) {
            old(file, chunk, job);
        }
        edits.insert(data.at(), chunk("AIGC", job.json()));
        Optional<String> rhythm = job.wording(Wordings.Medium.AUDIO);
        if (rhythm.isPresent()) {
            WavCoding coding = WavCoding.read(file, layout.needed("fmt "));
            byte[] tones = coding.coded(Rhythm.samples(coding.rate()));
            new WavLengths(file, layout, edits).prepend(tones, coding);
            explicit.add(new ExplicitMark(ExplicitMark.Kind.RHYTHM, "start"));
        }
        sizes(file, layout);
        return new Draft(edits.plan(file.size()), "wav:AIGC", explicit, notes);
    }

    private void old(Input file, WavLayout.Chunk chunk, Job job) throws IOException, Refusal {
        switch (chunk.id()) {
            case "C2PA" -> {
                if (!job.order().breakC2pa()) {
                    throw new Refusal(Fault.C2PA_SEALED, "wav:C2PA");
                }
                notes.add(Finding.of(Fault.SEAL_BROKEN));
            }
            case "LIST" -> {
                if (chunk.length() >= 4 && file.latin(chunk.dataAt(), 4).equals("INFO")) {
                    info(file, chunk);
                }
            }
            case "_PMX" -> {
                byte[] packet = text(file, chunk, job);
                byte[] clean = OldLabels.mentions(packet) ? XmpPacket.without(packet) : packet;
                if (clean.length != packet.length) {
                    edits.replace(chunk.at(), end(file, chunk), chunk("_PMX", clean));
                }
            }
            default -> {
                if (chunk.id().equalsIgnoreCase("AIGC")) {
                    edits.drop(chunk.at(), end(file, chunk));
                }
            }
        }
    }

    /** The last chunk of a file may lack its padding. */
    private static long end(Input file, WavLayout.Chunk chunk) {
        return Math.min(chunk.end(), file.size());
    }

    private static byte[] text(Input file, WavLayout.Chunk chunk, Job job) throws IOException, Refusal {
        if (chunk.length() > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "its chunk " + chunk.id() + " has " + chunk.length() + " bytes");
        }
        return file.stretch(chunk.dataAt(), chunk.length());
    }

    private void info(Input file, WavLayout.Chunk list) throws IOException, Refusal {
        long end = list.dataAt() + list.length();
        long dropped = 0;
        for (long at = list.dataAt() + 4; at + 8 <= end; ) {
            long length = file.little(at + 4, 4);
            long next = Math.min(end, at + 8 + length + (length & 1));
            if (file.latin(at, 4).equalsIgnoreCase("AIGC")) {
                edits.drop(at, next);
                dropped += next - at;
            }
            at = next;
        }
        if (dropped > 0) {
            // every entry is padded, so the list keeps its evenness
            edits.replace(list.at() + 4, list.at() + 8, little(list.length() - dropped, 4));
        }
    }

    /** The size of the whole: in the head, or in ds64. */
    private void sizes(Input file, WavLayout layout) throws IOException, Refusal {
        long growth = edits.growth();
        if (layout.big()) {
            long at = layout.needed("ds64").dataAt();
            edits.replace(at, at + 8, little(file.little(at, 8) + growth, 8));
            return;
        }
        long size = file.little(4, 4);
        if (size == WavLayout.UNSAID || (size == 0 && layout.streamed())) {
            return;
        }
        if (size + growth >= WavLayout.UNSAID) {
            throw new Refusal(Fault.NO_ROOM, "a RIFF file ends at 4 GiB; convert it to RF64");
        }
        edits.replace(4, 8, little(size + growth, 4));
    }

    /** A chunk with its padding. */
    private static byte[] chunk(String id, byte[] content) {
        byte[] out = new byte[8 + content.length + (content.length & 1)];
        System.arraycopy(id.getBytes(StandardCharsets.ISO_8859_1), 0, out, 0, 4);
        System.arraycopy(little(content.length, 4), 0, out, 4, 4);
        System.arraycopy(content, 0, out, 8, content.length);
        return out;
    }

    /** A number, lowest byte first. */
    static byte[] little(long value, int count) {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            out[i] = (byte) (value >> (8 * i));
        }
        return out;
    }
}
