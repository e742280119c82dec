package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ogg: the label as a comment AIGC of the first stream that has comments (TC260-PG-202510A), in place of every label that any stream, multiplexed or chained, carries. The pages
 * of a comment header are made anew; those behind it get other numbers and checksums only where the header needs another count of pages.
 */
final class OggWriter implements FormatWriter {
    private static final int LONGEST_PAGE = 27 + 255 + 255 * 255;

    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<OggHead> heads = new ArrayList<>();
    private int walked;

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        walk(file, job);
        if (heads.isEmpty()) {
            throw new Refusal(
                    Fault.NO_ROOM, "no stream of a coding that has comments (Vorbis, Opus, FLAC, Speex, Theora)");
        }
        Map<Long, OggHead> shifted = new HashMap<>();
        Map<Long, Integer> shifts = new HashMap<>();
        for (OggHead head : heads) {
            boolean first = head == heads.getFirst();
            int more = head.change(edits, first ? Optional.of(job.order().label()) : Optional.empty());
            if (more != 0) {
                shifted.put(head.serial(), head);
                shifts.put(head.serial(), more);
            }
        }
        if (!shifts.isEmpty()) {
            renumber(file, job, shifted, shifts);
        }
        List<Finding> notes = new ArrayList<>();
        job.withoutMark(Format.OGG).ifPresent(notes::add);
        String place = "ogg:" + heads.getFirst().coding() + "/AIGC";
        return new Draft(edits.plan(file.size()), place, List.of(), notes);
    }

    /** Walks the pages of headers; of a chained file all pages. */
    private void walk(Input file, Job job) throws IOException, Refusal {
        Map<Long, OggHead> waiting = new LinkedHashMap<>();
        Set<Long> group = new HashSet<>();
        boolean inHeads = true;
        boolean chained = false;
        for (long at = 0; at < file.size() && (inHeads || chained); ) {
            if (!inHeads && file.latin(at, 3).equals("TAG")) {
                return;
            }
            OggPage page = page(file, at, job);
            at = page.end();
            if ((page.flags() & OggPage.BEGINS) != 0) {
                inHeads = true;
                group.add(page.serial());
                OggHead.of(file, page, job).ifPresent(head -> {
                    heads.add(head);
                    waiting.put(page.serial(), head);
                });
                continue;
            }
            if (group.isEmpty()) {
                throw Refusal.broken(page.at(), "the first page begins no stream");
            }
            OggHead head = waiting.get(page.serial());
            if (head != null) {
                head.take(page);
                if (head.isWhole()) {
                    waiting.remove(page.serial());
                }
            }
            if (inHeads && waiting.isEmpty()) {
                inHeads = false;
                chained = chained || !group.contains(lastSerial(file));
            }
        }
        if (!waiting.isEmpty()) {
            throw Refusal.broken(file.size(), "the comment header of a stream is missing");
        }
    }

    private OggPage page(Input file, long at, Job job) throws IOException, Refusal {
        if (++walked > job.limits().boxes()) {
            throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " pages");
        }
        return OggPage.of(file, at);
    }

    private void renumber(Input file, Job job, Map<Long, OggHead> shifted, Map<Long, Integer> shifts)
            throws IOException, Refusal {
        walked = 0;
        long at = shifted.values().stream().mapToLong(OggHead::end).min().orElseThrow();
        while (at < file.size() && !file.latin(at, 3).equals("TAG")) {
            OggPage page = page(file, at, job);
            OggHead head = shifted.get(page.serial());
            if (head != null && at >= head.end()) {
                long number = page.number() + shifts.getOrDefault(page.serial(), 0);
                edits.replace(page.numberAt(), page.numberAt() + 8, page.renumbered(file, number));
            }
            at = page.end();
        }
    }

    /** The serial number of the last page, which belongs to the first streams unless the file is chained. */
    private static long lastSerial(Input file) throws IOException, Refusal {
        long from = Math.max(0, file.size() - LONGEST_PAGE - 128);
        byte[] tail = file.stretch(from, file.size() - from);
        for (int i = tail.length - 27; i >= 0; i--) {
            if (tail[i] == 'O' && tail[i + 1] == 'g' && tail[i + 2] == 'g' && tail[i + 3] == 'S' && tail[i + 4] == 0) {
                return file.little(from + i + 14, 4);
            }
        }
        return -1;
    }
}
