package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The frames of an animated PNG: the mark goes on every frame where the frame lies, so that it stays for as long as the animation runs. */
final class PngAnimation {
    private static final int CLEAR_AFTER = 1;

    /** One frame: its control chunk, its place, what happens to it afterwards, and the chunks of its data. */
    private record Frame(PngChunk control, int x, int y, int width, int height, int disposal, List<PngChunk> data) {
        boolean contains(int left, int top, int right, int bottom) {
            return left >= x && top >= y && right <= x + width && bottom <= y + height;
        }
    }

    private final Input file;
    private final List<PngChunk> chunks;
    private final List<Frame> frames;

    private PngAnimation(Input file, List<PngChunk> chunks, List<Frame> frames) {
        this.file = file;
        this.chunks = chunks;
        this.frames = frames;
    }

    /** The animation of a picture that has one; refuses one whose frames leave the canvas. */
    static Optional<PngAnimation> of(Input file, List<PngChunk> chunks, PngHeader header) throws IOException, Refusal {
        if (chunks.stream().noneMatch(chunk -> chunk.type().equals("acTL"))) {
            return Optional.empty();
        }
        List<Frame> frames = new ArrayList<>();
        for (PngChunk chunk : chunks) {
            switch (chunk.type()) {
                case "fcTL" -> frames.add(frame(file, chunk, header));
                case "IDAT", "fdAT" -> {
                    if (!frames.isEmpty()) {
                        frames.getLast().data().add(chunk);
                    } else if (chunk.type().equals("fdAT")) {
                        throw Refusal.broken(chunk.at(), "frame data stands before any frame");
                    }
                }
                default -> {}
            }
        }
        for (Frame frame : frames) {
            if (frame.data().isEmpty()) {
                throw Refusal.broken(frame.control().at(), "a frame has no data");
            }
        }
        return frames.isEmpty() ? Optional.empty() : Optional.of(new PngAnimation(file, chunks, frames));
    }

    private static Frame frame(Input file, PngChunk chunk, PngHeader header) throws IOException, Refusal {
        if (chunk.length() != 26) {
            throw Refusal.broken(chunk.at(), "a frame's control chunk has " + chunk.length() + " bytes");
        }
        long width = file.big(chunk.dataAt() + 4, 4);
        long height = file.big(chunk.dataAt() + 8, 4);
        long x = file.big(chunk.dataAt() + 12, 4);
        long y = file.big(chunk.dataAt() + 16, 4);
        if (width == 0 || height == 0 || x + width > header.width() || y + height > header.height()) {
            throw Refusal.broken(chunk.at(), "a frame leaves the canvas");
        }
        int disposal = file.byteAt(chunk.dataAt() + 24);
        return new Frame(chunk, (int) x, (int) y, (int) width, (int) height, disposal, new ArrayList<>());
    }

    /** Plans all frames anew, from the first chunk that belongs to them to the last. */
    void plan(PngTarget target, Mark mark, EditPlan.Edits edits) throws IOException, Refusal {
        for (int i = 0; i < frames.size(); i++) {
            check(i, mark);
            new PngRows(file, sized(target, frames.get(i)).from(), stretches(frames.get(i)))
                    .each((pass, number, packed, row) -> {});
        }
        int first = 0;
        while (!isFrameChunk(chunks.get(first).type())) {
            first++;
        }
        int last = chunks.size() - 1;
        while (!isFrameChunk(chunks.get(last).type())) {
            last--;
        }
        List<PngChunk> span = chunks.subList(first, last + 1);
        if (!span.stream().allMatch(chunk -> isFrameChunk(chunk.type()))) {
            throw new Refusal(Fault.CODING, "other chunks stand between the frames of the animation");
        }
        edits.replace(chunks.get(first).at(), chunks.get(last).end(), out -> write(span, target, mark, out));
    }

    /** A frame that is cleared away must be followed by one that covers what was cleared of the mark. */
    private void check(int i, Mark mark) throws Refusal {
        Frame frame = frames.get(i);
        int left = Math.max(mark.left(), frame.x());
        int top = Math.max(mark.top(), frame.y());
        int right = Math.min(mark.right(), frame.x() + frame.width());
        int bottom = Math.min(mark.bottom(), frame.y() + frame.height());
        boolean touched = left < right && top < bottom;
        boolean first = i == 0 && !frame.contains(mark.left(), mark.top(), mark.right(), mark.bottom());
        boolean cleared = touched
                && frame.disposal() == CLEAR_AFTER
                && i + 1 < frames.size()
                && !frames.get(i + 1).contains(left, top, right, bottom);
        if (first || cleared) {
            throw new Refusal(Fault.CODING, "the animation clears the corner where the mark would stand");
        }
    }

    private static boolean isFrameChunk(String type) {
        return type.equals("fcTL") || type.equals("IDAT") || type.equals("fdAT");
    }

    private static PngTarget sized(PngTarget target, Frame frame) {
        return target.sized(frame.width(), frame.height());
    }

    private static List<PngRows.Stretch> stretches(Frame frame) throws Refusal {
        List<PngRows.Stretch> stretches = new ArrayList<>();
        for (PngChunk chunk : frame.data()) {
            int head = chunk.type().equals("fdAT") ? 4 : 0;
            if (chunk.length() < head) {
                throw Refusal.broken(chunk.at(), "a chunk of frame data is too short");
            }
            stretches.add(new PngRows.Stretch(chunk.dataAt() + head, chunk.length() - head));
        }
        return stretches;
    }

    private void write(List<PngChunk> span, PngTarget target, Mark mark, OutputStream out) throws IOException {
        int[] number = {0};
        try {
            List<PngChunk> still =
                    frames.getFirst().data().stream().anyMatch(c -> c.type().equals("IDAT"))
                            ? List.of()
                            : span.stream().filter(c -> c.type().equals("IDAT")).toList();
            if (!still.isEmpty()) {
                try (PngChunkOut idat = PngChunkOut.idat(out)) {
                    new PngRecode(file, target, PngMarking.stretches(still), mark, 0, 0).write(idat);
                }
            }
            for (Frame frame : frames) {
                frame(frame, target, mark, number, out);
            }
        } catch (Refusal e) {
            throw new IOException("the file changed while it was labelled", e);
        }
    }

    private void frame(Frame frame, PngTarget target, Mark mark, int[] number, OutputStream out)
            throws IOException, Refusal {
        byte[] control = file.stretch(frame.control().dataAt(), 26);
        PngChunk.put(control, 0, number[0]++);
        out.write(PngChunk.bytes("fcTL", control));
        boolean still = frame.data().getFirst().type().equals("IDAT");
        try (PngChunkOut data = still ? PngChunkOut.idat(out) : PngChunkOut.fdat(out, () -> number[0]++)) {
            new PngRecode(file, sized(target, frame), stretches(frame), mark, frame.x(), frame.y()).write(data);
        }
    }
}
