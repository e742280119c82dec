package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * FLAC: the label as a comment AIGC (TC260-PG-202510A), in place of every label the file and the tags around it carry. Padding is used up where it suffices, so that the sound
 * stays where it is.
 */
final class FlacWriter implements FormatWriter {
    private static final int STREAM = 0;
    private static final int PADDING = 1;
    private static final int COMMENTS = 4;
    private static final int LONGEST = 0xFFFFFF;

    private record Block(int type, boolean last, long at, long length) {
        long dataAt() {
            return at + 4;
        }

        long end() {
            return at + 4 + length;
        }
    }

    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        long start = before(file, job);
        List<Block> blocks = blocks(file, start, job);
        comments(file, blocks, job);
        if (new TailTags(file, job, edits).clean(blocks.getLast().end())) {
            notes.add(job.seal("flac:ID3v2/GEOB"));
        }
        job.withoutMark(Format.FLAC).ifPresent(notes::add);
        return new Draft(edits.plan(file.size()), "flac:VORBIS_COMMENT/AIGC", List.of(), notes);
    }

    /** Cleans the tags before the file; gives where it begins. */
    private long before(Input file, Job job) throws IOException, Refusal {
        long at = 0;
        for (int tags = 0; file.latin(at, 3).equals("ID3"); tags++) {
            if (tags >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " tags");
            }
            Id3Tag tag = Id3Tag.at(file, at, job);
            if (tag.isSealed()) {
                notes.add(job.seal("flac:ID3v2/GEOB"));
            }
            tag.clean(edits);
            at = tag.end();
        }
        return at;
    }

    private static List<Block> blocks(Input file, long start, Job job) throws IOException, Refusal {
        if (!file.latin(start, 4).equals("fLaC")) {
            throw Refusal.broken(start, "the letters fLaC are missing");
        }
        List<Block> blocks = new ArrayList<>();
        for (long at = start + 4;
                blocks.isEmpty() || !blocks.getLast().last();
                at = blocks.getLast().end()) {
            if (blocks.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " blocks");
            }
            int head = file.byteAt(at);
            long length = file.big(at + 1, 3);
            if (length > file.size() - at - 4) {
                throw Refusal.broken(at, "a block claims " + length + " bytes, more than the file has");
            }
            blocks.add(new Block(head & 0x7F, head > 0x7F, at, length));
        }
        if (blocks.getFirst().type() != STREAM) {
            throw Refusal.broken(start + 4, "the first block is not STREAMINFO");
        }
        return blocks;
    }

    private void comments(Input file, List<Block> blocks, Job job) throws IOException, Refusal {
        List<Block> all =
                blocks.stream().filter(block -> block.type() == COMMENTS).toList();
        long growth = 0;
        for (Block block : all) {
            CommentHeader header = CommentHeader.of(file, block.dataAt(), block.end(), job);
            boolean first = block.at() == all.getFirst().at();
            long more = first ? header.relabel(edits, job.order().label()) : header.clean(edits);
            resize(block, block.length() + more);
            growth += more;
        }
        if (all.isEmpty()) {
            byte[] fresh = CommentHeader.fresh(job.order().label());
            Block stream = blocks.getFirst();
            edits.replace(stream.at(), stream.at() + 1, new byte[] {STREAM});
            byte[] head = {(byte) (COMMENTS | (stream.last() ? 0x80 : 0))};
            edits.insert(stream.end(), Bytes.joined(head, Bytes.big(fresh.length, 3), fresh));
            growth = 4L + fresh.length;
        }
        Optional<Block> padding =
                blocks.stream().filter(block -> block.type() == PADDING).findFirst();
        if (padding.isPresent()) {
            pad(padding.get(), padding.get().length() - growth);
        }
    }

    private void resize(Block block, long length) throws Refusal {
        if (length > LONGEST) {
            throw new Refusal(Fault.NO_ROOM, "a block of a FLAC file ends at 16 MiB");
        }
        edits.replace(block.at() + 1, block.at() + 4, Bytes.big(length, 3));
    }

    /** Gives the padding another length, where it can have that one. */
    private void pad(Block padding, long length) throws Refusal {
        if (length < 0 || length > LONGEST || length == padding.length()) {
            return;
        }
        resize(padding, length);
        if (length < padding.length()) {
            edits.drop(padding.end() - (padding.length() - length), padding.end());
        } else {
            edits.insert(padding.end(), new byte[(int) (length - padding.length())]);
        }
    }
}
