package dev.cinnabar.label.write;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Plans the chunks that speak of colours when the pixels of a picture change their kind: IHDR, PLTE, tRNS, bKGD, hIST, sBIT. */
final class PngColours {
    private final Input file;
    private final Job job;
    private final PngTarget target;
    private final Optional<PngPalette> before;

    PngColours(Input file, Job job, PngTarget target, Optional<PngPalette> before) {
        this.file = file;
        this.job = job;
        this.target = target;
        this.before = before;
    }

    void plan(List<PngChunk> chunks, EditPlan.Edits edits) throws IOException, Refusal {
        for (PngChunk chunk : chunks) {
            switch (chunk.type()) {
                case "IHDR" -> {
                    if (target.converts()) {
                        edits.replace(chunk.at(), chunk.end(), target.to().bytes());
                    }
                }
                case "PLTE" -> palette(chunk, edits);
                case "tRNS" -> transparency(chunk, edits);
                case "bKGD" -> background(chunk, edits);
                case "hIST" -> histogram(chunk, edits);
                case "sBIT" -> significant(chunk, edits);
                default -> {}
            }
        }
    }

    private void palette(PngChunk chunk, EditPlan.Edits edits) {
        if (target.leavesPalette()) {
            edits.drop(chunk.at(), chunk.end());
        } else if (target.palette().isPresent() && grown() > 0) {
            byte[] plte = target.palette().get().plte();
            edits.replace(chunk.at(), chunk.end(), PngChunk.bytes("PLTE", plte));
        }
    }

    private int grown() {
        return target.palette().map(PngPalette::size).orElse(0)
                - before.map(PngPalette::size).orElse(0);
    }

    private void transparency(PngChunk chunk, EditPlan.Edits edits) {
        if (target.leavesPalette()) {
            edits.drop(chunk.at(), chunk.end());
        } else if (target.scaledKey() >= 0) {
            edits.replace(chunk.at(), chunk.end(), PngChunk.bytes("tRNS", new byte[] {0, (byte) target.scaledKey()}));
        }
    }

    private void background(PngChunk chunk, EditPlan.Edits edits) throws IOException, Refusal {
        byte[] data = chunk.data(file, job);
        if (target.leavesPalette() && data.length == 1 && before.isPresent()) {
            PngPalette colours = before.get();
            int i = data[0] & 0xFF;
            byte[] rgb = {0, (byte) colours.red(i), 0, (byte) colours.green(i), 0, (byte) colours.blue(i)};
            edits.replace(chunk.at(), chunk.end(), PngChunk.bytes("bKGD", rgb));
        } else if (target.scaledKey() >= 0 && data.length == 2) {
            int scaled = (data[1] & target.from().most()) * 255 / target.from().most();
            edits.replace(chunk.at(), chunk.end(), PngChunk.bytes("bKGD", new byte[] {0, (byte) scaled}));
        }
    }

    private void histogram(PngChunk chunk, EditPlan.Edits edits) throws IOException, Refusal {
        if (target.leavesPalette()) {
            edits.drop(chunk.at(), chunk.end());
        } else if (grown() > 0) {
            byte[] data = chunk.data(file, job);
            byte[] more = java.util.Arrays.copyOf(data, data.length + 2 * grown());
            edits.replace(chunk.at(), chunk.end(), PngChunk.bytes("hIST", more));
        }
    }

    private void significant(PngChunk chunk, EditPlan.Edits edits) throws IOException, Refusal {
        byte[] data = chunk.data(file, job);
        if (target.leavesPalette() && target.to().colour() == 6 && data.length == 3) {
            byte[] more = java.util.Arrays.copyOf(data, 4);
            more[3] = 8;
            edits.replace(chunk.at(), chunk.end(), PngChunk.bytes("sBIT", more));
        }
    }
}
