package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** WebP: the label in the XMP chunk (TC260-PG-20259A), in place of every label the file carries. A simple file becomes an extended one; no byte of a picture changes. */
final class WebpWriter implements FormatWriter {
    private static final int HAS_XMP = 0x04;
    private static final int HAS_EXIF = 0x08;
    private static final int HAS_ALPHA = 0x10;
    private static final int HAS_PROFILE = 0x20;

    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();
    private boolean labelled;

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        WebpLayout layout = WebpLayout.of(file, job);
        for (WebpLayout.Chunk chunk : layout.chunks()) {
            old(file, layout, chunk, job);
        }
        if (!labelled) {
            WebpLayout.Chunk before = layout.beforeXmp();
            boolean unpadded = before.end() > layout.end();
            byte[] fresh = chunk("XMP ", XmpPacket.fresh(job.order()));
            edits.insert(layout.end(before), unpadded ? Bytes.joined(new byte[1], fresh) : fresh);
        }
        extend(file, layout);
        long size = file.little(4, 4) + edits.growth();
        if (size > 0xFFFFFFFEL) {
            throw new Refusal(Fault.NO_ROOM, "a RIFF file ends at 4 GiB");
        }
        edits.replace(4, 8, Bytes.little(size, 4));
        job.withoutMark(Format.WEBP).ifPresent(notes::add);
        return new Draft(edits.plan(file.size()), "webp:XMP/xmp", List.of(), notes);
    }

    private void old(Input file, WebpLayout layout, WebpLayout.Chunk chunk, Job job) throws IOException, Refusal {
        switch (chunk.id()) {
            case "XMP " -> packet(file, layout, chunk, job);
            case "EXIF" -> exif(file, chunk, job);
            case "C2PA" -> notes.add(job.seal("webp:C2PA"));
            default -> {
                if (chunk.id().equalsIgnoreCase("AIGC")) {
                    edits.drop(chunk.at(), layout.end(chunk));
                }
            }
        }
    }

    private void packet(Input file, WebpLayout layout, WebpLayout.Chunk chunk, Job job) throws IOException, Refusal {
        byte[] packet = content(file, chunk, job);
        if (!labelled) {
            byte[] changed = XmpPacket.labelled(packet, job.order());
            edits.replace(chunk.at(), layout.end(chunk), chunk("XMP ", changed));
            labelled = true;
        } else {
            byte[] clean = XmpPacket.without(packet);
            if (clean.length != packet.length) {
                edits.replace(chunk.at(), layout.end(chunk), chunk("XMP ", clean));
            }
        }
    }

    private void exif(Input file, WebpLayout.Chunk chunk, Job job) throws IOException, Refusal {
        byte[] content = content(file, chunk, job);
        int prefix =
                content.length > 6 && new String(content, 0, 6, StandardCharsets.ISO_8859_1).equals("Exif\0\0") ? 6 : 0;
        byte[] block = java.util.Arrays.copyOfRange(content, prefix, content.length);
        if (ExifBlock.clean(block).isBlanked()) {
            edits.replace(chunk.dataAt() + prefix, chunk.dataEnd(), block);
        }
    }

    private static byte[] content(Input file, WebpLayout.Chunk chunk, Job job) throws IOException, Refusal {
        if (chunk.length() > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "its chunk " + chunk.id() + " has " + chunk.length() + " bytes");
        }
        return file.stretch(chunk.dataAt(), chunk.length());
    }

    /** Sets the flag of XMP in the head of an extended file, or gives a simple file such a head. */
    private void extend(Input file, WebpLayout layout) throws IOException, Refusal {
        Optional<WebpLayout.Chunk> head = layout.chunk("VP8X");
        if (head.isEmpty()) {
            edits.insert(12, head(file, layout));
        } else if (head.get().length() < 10) {
            throw Refusal.broken(head.get().at(), "the chunk VP8X is too short");
        } else {
            long at = head.get().dataAt();
            edits.replace(at, at + 1, new byte[] {(byte) (file.byteAt(at) | HAS_XMP)});
        }
    }

    private static byte[] head(Input file, WebpLayout layout) throws IOException, Refusal {
        int flags = HAS_XMP;
        flags |= layout.chunk("EXIF").isPresent() ? HAS_EXIF : 0;
        flags |= layout.chunk("ICCP").isPresent() ? HAS_PROFILE : 0;
        long width;
        long height;
        Optional<WebpLayout.Chunk> lossless = layout.chunk("VP8L");
        if (lossless.isPresent()) {
            // a signature byte, then 14 bits of width - 1, 14 bits of height - 1, one bit that says whether alpha is
            // used
            long bits = file.little(lossless.get().dataAt() + 1, 4);
            width = (bits & 0x3FFF) + 1;
            height = (bits >> 14 & 0x3FFF) + 1;
            flags |= (bits >> 28 & 1) == 1 ? HAS_ALPHA : 0;
        } else {
            WebpLayout.Chunk lossy =
                    layout.chunk("VP8 ").orElseThrow(() -> Refusal.broken(12, "no chunk holds a picture"));
            // a frame tag of three bytes and a start code of three, then the sizes with two bits of scaling above them
            if (lossy.length() < 10) {
                throw Refusal.broken(lossy.at(), "the picture has no header");
            }
            width = file.little(lossy.dataAt() + 6, 2) & 0x3FFF;
            height = file.little(lossy.dataAt() + 8, 2) & 0x3FFF;
        }
        if (width == 0 || height == 0) {
            throw Refusal.broken(12, "the picture has no size");
        }
        return chunk(
                "VP8X", Bytes.joined(Bytes.little(flags, 4), Bytes.little(width - 1, 3), Bytes.little(height - 1, 3)));
    }

    /** A chunk with its padding. */
    private static byte[] chunk(String id, byte[] content) {
        return Bytes.joined(Bytes.latin(id), Bytes.little(content.length, 4), content, new byte[content.length & 1]);
    }
}
