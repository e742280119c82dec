package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * AVI: the label in the entry AIGC of the list INFO before the media (TC260-PG-20257A), in place of every label the file carries. Padding takes up the growth where it can; else the
 * media move, and the indexes that count from the start of the file with them.
 */
final class AviWriter implements FormatWriter {
    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        AviLayout layout = AviLayout.of(file, job);
        long mediaAt = layout.media().at();
        Optional<AviLayout.Chunk> main = layout.chunks().stream()
                .filter(chunk -> chunk.lists("INFO") && chunk.at() < mediaAt)
                .findFirst();
        for (AviLayout.Chunk chunk : layout.all()) {
            if (main.isEmpty() || !main.get().equals(chunk)) {
                old(file, chunk, job);
            }
        }
        byte[] kept = main.isPresent() ? kept(file, main.get(), job) : Bytes.latin("INFO");
        byte[] text = Bytes.joined(job.json(), new byte[1]);
        put(layout, main, chunk("LIST", Bytes.joined(kept, chunk("AIGC", text))));
        long growth = edits.growth();
        if (growth != 0) {
            size(file, growth);
            new AviIndexes(file, layout, job, growth).move(edits);
        }
        job.withoutMark(Format.AVI).ifPresent(notes::add);
        return new Draft(edits.plan(file.size()), "avi:LIST/INFO/AIGC", List.of(), notes);
    }

    /** Labels elsewhere become padding where they stand. */
    private void old(Input file, AviLayout.Chunk chunk, Job job) throws IOException, Refusal {
        if (chunk.lists("INFO")) {
            for (AviLayout.Chunk entry :
                    AviLayout.within(file, chunk.dataAt() + 4, chunk.dataAt() + chunk.length(), job)) {
                if (isLabel(file, entry, job)) {
                    blank(entry, job);
                }
            }
        } else if (chunk.id().equals("C2PA")) {
            notes.add(job.seal("avi:C2PA"));
        } else if (chunk.id().equals("_PMX")) {
            packet(file, chunk, job);
        } else if (chunk.id().equalsIgnoreCase("AIGC")) {
            blank(chunk, job);
        }
    }

    private void blank(AviLayout.Chunk chunk, Job job) throws Refusal {
        bounded(chunk, job);
        edits.replace(chunk.at(), chunk.at() + 4, Bytes.latin("JUNK"));
        edits.replace(chunk.dataAt(), chunk.dataAt() + chunk.length(), new byte[(int) chunk.length()]);
    }

    /** A packet without its label is shorter; blanks behind it keep everything in place. */
    private void packet(Input file, AviLayout.Chunk chunk, Job job) throws IOException, Refusal {
        bounded(chunk, job);
        byte[] packet = file.stretch(chunk.dataAt(), chunk.length());
        if (!OldLabels.mentions(packet)) {
            return;
        }
        byte[] clean = XmpPacket.without(packet);
        byte[] same = java.util.Arrays.copyOf(clean, packet.length);
        java.util.Arrays.fill(same, clean.length, same.length, (byte) ' ');
        edits.replace(chunk.dataAt(), chunk.dataAt() + chunk.length(), same);
    }

    /** The content of a list without its labels. */
    private static byte[] kept(Input file, AviLayout.Chunk list, Job job) throws IOException, Refusal {
        bounded(list, job);
        byte[] out = Bytes.latin("INFO");
        for (AviLayout.Chunk entry : AviLayout.within(file, list.dataAt() + 4, list.dataAt() + list.length(), job)) {
            if (!isLabel(file, entry, job)) {
                out = Bytes.joined(out, chunk(entry.id(), file.stretch(entry.dataAt(), entry.length())));
            }
        }
        return out;
    }

    private static boolean isLabel(Input file, AviLayout.Chunk entry, Job job) throws IOException, Refusal {
        if (entry.id().equalsIgnoreCase("AIGC")) {
            return true;
        }
        return entry.length() <= job.limits().textBytes()
                && OldLabels.isLabel(new String(file.stretch(entry.dataAt(), entry.length()), StandardCharsets.UTF_8));
    }

    private static void bounded(AviLayout.Chunk chunk, Job job) throws Refusal {
        if (chunk.length() > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "its chunk " + chunk.id() + " has " + chunk.length() + " bytes");
        }
    }

    /** The list where it was, or in padding, or right before the media; padding behind it gives or takes the difference. */
    private void put(AviLayout layout, Optional<AviLayout.Chunk> main, byte[] list) throws Refusal {
        AviLayout.Chunk media = layout.media();
        for (int i = 0; i < layout.chunks().size(); i++) {
            AviLayout.Chunk junk = layout.chunks().get(i);
            boolean usable = main.isEmpty()
                    || (i > 0 && main.get().equals(layout.chunks().get(i - 1)));
            if (!junk.id().equals("JUNK") || junk.at() > media.at() || !usable) {
                continue;
            }
            long from = main.isEmpty() ? junk.at() : main.get().at();
            long left = junk.end() - from - list.length;
            if (left == 0) {
                edits.replace(from, junk.end(), list);
                return;
            }
            if (left >= 8) {
                // what is left of the old list becomes zeros
                long used = Math.max(from + list.length, junk.at()) + 8;
                byte[] rest = Bytes.joined(Bytes.latin("JUNK"), Bytes.little(left - 8, 4));
                byte[] zeros = new byte[(int) (used - from) - list.length - rest.length];
                edits.replace(from, used, Bytes.joined(list, rest, zeros));
                return;
            }
        }
        long at = main.isEmpty() ? media.at() : main.get().at();
        edits.replace(at, main.isEmpty() ? at : main.get().end(), list);
    }

    private void size(Input file, long growth) throws IOException, Refusal {
        long size = file.little(4, 4) + growth;
        if (size >= WavLayout.UNSAID) {
            throw new Refusal(Fault.NO_ROOM, "the first part of an AVI file ends at 4 GiB");
        }
        edits.replace(4, 8, Bytes.little(size, 4));
    }

    /** A chunk with its padding. */
    private static byte[] chunk(String id, byte[] content) {
        return Bytes.joined(Bytes.latin(id), Bytes.little(content.length, 4), content, new byte[content.length & 1]);
    }
}
