package dev.cinnabar.label.write;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws a mark into a PNG: looks at the corners, chooses the pixels that can hold it, and plans the changed chunks. Everything else in the file stays. */
final class PngMarking {
    private final Input file;
    private final Job job;
    private final List<PngChunk> chunks;
    private final PngHeader header;
    private final Optional<PngPalette> palette;
    private final byte[] trns;

    PngMarking(Input file, Job job, List<PngChunk> chunks) throws IOException, Refusal {
        this.file = file;
        this.job = job;
        this.chunks = chunks;
        if (!chunks.getFirst().type().equals("IHDR")) {
            throw new Refusal(
                    Fault.CODING,
                    "the picture begins with the chunk " + chunks.getFirst().type() + ", not IHDR");
        }
        this.header = PngHeader.read(chunks.getFirst().data(file, job), job.limits());
        this.trns = data("tRNS");
        this.palette = header.colour() == 3 ? Optional.of(PngPalette.of(data("PLTE"), trns)) : Optional.empty();
    }

    /** Plans the mark; says what it will be. */
    ExplicitMark mark(String wording, EditPlan.Edits edits, List<Finding> notes) throws IOException, Refusal {
        Stamp stamp = Stamp.lay(job, wording, header.width(), header.height());
        PngTarget target = PngTarget.of(header, palette, trns);
        Siting siting = new Siting(stamp, header.width(), header.height());
        look(siting);
        Optional<PngAnimation> animation = PngAnimation.of(file, chunks, header);
        Mark mark = siting.decide();
        if (target.wantsPlate() || animation.isPresent()) {
            mark = new Mark(stamp, mark.corner(), mark.left(), mark.top(), Ground.Paint.WHITE_ON_PLATE);
        }
        new PngColours(file, job, target, palette).plan(chunks, edits);
        if (target.leavesPalette()) {
            notes.add(Finding.of(Fault.PALETTE_GONE, target.to().colour() == 6 ? "RGBA" : "RGB"));
        }
        if (animation.isPresent()) {
            animation.get().plan(target, mark, edits);
        } else {
            still(target, mark, edits);
        }
        return mark.told();
    }

    private void still(PngTarget target, Mark mark, EditPlan.Edits edits) throws Refusal {
        List<PngRows.Stretch> stretches = stretches(chunks);
        int first = 0;
        while (!chunks.get(first).type().equals("IDAT")) {
            first++;
        }
        int last = first;
        while (chunks.get(last + 1).type().equals("IDAT")) {
            last++;
        }
        if (last - first + 1 != stretches.size()) {
            throw new Refusal(Fault.UNREADABLE, "other chunks stand between its picture data");
        }
        PngRecode recode = new PngRecode(file, target, stretches, mark, 0, 0);
        edits.replace(chunks.get(first).at(), chunks.get(last).end(), out -> {
            try (PngChunkOut idat = PngChunkOut.idat(out)) {
                recode.write(idat);
            }
        });
    }

    /** Where the packed rows of the picture lie. */
    static List<PngRows.Stretch> stretches(List<PngChunk> chunks) throws Refusal {
        List<PngRows.Stretch> stretches = new ArrayList<>();
        for (PngChunk chunk : chunks) {
            if (chunk.type().equals("IDAT")) {
                stretches.add(new PngRows.Stretch(chunk.dataAt(), chunk.length()));
            }
        }
        if (stretches.isEmpty()) {
            throw new Refusal(Fault.UNREADABLE, "it has no picture data");
        }
        return stretches;
    }

    /** Shows the corners to the siting; reads the whole picture, so that a broken one is refused before anything is written. */
    private void look(Siting siting) throws IOException, Refusal {
        new PngRows(file, header, stretches(chunks)).each((pass, number, packed, row) -> {
            int y = pass.y(number);
            if (siting.wants(y)) {
                for (int i = 0; i < pass.width(); i++) {
                    if (siting.wants(pass.x(i), y)) {
                        see(siting, pass.x(i), y, row, i);
                    }
                }
            }
        });
    }

    private void see(Siting siting, int x, int y, byte[] row, int pixel) {
        int first = header.sample(row, pixel, 0);
        if (palette.isPresent()) {
            PngPalette colours = palette.get();
            siting.see(
                    x, y, colours.red(first), colours.green(first), colours.blue(first), colours.alpha(first) == 255);
            return;
        }
        boolean grey = header.colour() == 0 || header.colour() == 4;
        int red = first * 255 / header.most();
        int green = grey ? red : header.sample(row, pixel, 1) * 255 / header.most();
        int blue = grey ? red : header.sample(row, pixel, 2) * 255 / header.most();
        boolean alpha = header.colour() >= 4;
        boolean opaque = alpha ? header.sample(row, pixel, grey ? 1 : 3) == header.most() : trns.length == 0;
        siting.see(x, y, red, green, blue, opaque);
    }

    private byte[] data(String type) throws IOException, Refusal {
        for (PngChunk chunk : chunks) {
            if (chunk.type().equals(type)) {
                return chunk.data(file, job);
            }
        }
        return new byte[0];
    }
}
