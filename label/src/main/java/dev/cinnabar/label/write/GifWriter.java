package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * GIF: the label in the XMP of its application extension (TC260-PG-20259A), in place of every label the file carries. What calls itself XMP and is none stays as it was. Extensions
 * came with version 89a, so a file of version 87a is called that; no byte of a picture changes.
 */
final class GifWriter implements FormatWriter {
    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();
    private boolean labelled;

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        GifBlocks blocks = GifBlocks.of(file, job);
        for (GifBlocks.Extension extension : blocks.extensions()) {
            switch (extension.kind()) {
                case XMP -> packet(file, extension, job);
                case SEAL -> {
                    if (notes.isEmpty()) {
                        notes.add(job.seal("gif:C2PA_GIF"));
                    }
                }
                case AIGC -> edits.drop(extension.at(), extension.end());
                case COMMENT -> comment(file, extension, job);
            }
        }
        if (!labelled) {
            edits.insert(blocks.pictureAt(), extension(XmpPacket.fresh(job.order())));
        }
        if (file.latin(0, 6).equals("GIF87a")) {
            edits.replace(4, 5, Bytes.latin("9"));
        }
        job.withoutMark(Format.GIF).ifPresent(notes::add);
        return new Draft(edits.plan(file.size()), "gif:application/xmp", List.of(), notes);
    }

    private void packet(Input file, GifBlocks.Extension extension, Job job) throws IOException, Refusal {
        byte[] packet = content(file, extension, job);
        if (!isPacket(packet) && !OldLabels.mentions(packet)) {
            return;
        }
        if (!labelled) {
            edits.replace(extension.at(), extension.end(), extension(XmpPacket.labelled(packet, job.order())));
            labelled = true;
            return;
        }
        byte[] clean = XmpPacket.without(packet);
        if (clean.length != packet.length) {
            edits.replace(extension.at(), extension.end(), extension(clean));
        }
    }

    /** Some programs write pieces of a packet again and again; only one with its root can take a label. */
    private static boolean isPacket(byte[] packet) {
        String letters = new String(packet, StandardCharsets.ISO_8859_1).replace("\0", "");
        return letters.contains("RDF") && letters.contains("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    }

    private void comment(Input file, GifBlocks.Extension extension, Job job) throws IOException, Refusal {
        String text = new String(content(file, extension, job), StandardCharsets.UTF_8).strip();
        int brace = text.indexOf('{');
        if (OldLabels.isLabel(brace > 0 && brace < 8 ? text.substring(brace) : text)) {
            edits.drop(extension.at(), extension.end());
        }
    }

    private static byte[] content(Input file, GifBlocks.Extension extension, Job job) throws IOException, Refusal {
        long length = extension.end() - extension.dataAt();
        if (length > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "an extension has " + length + " bytes");
        }
        if (extension.raw()) {
            return file.stretch(extension.dataAt(), length - GifBlocks.TRAILER);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) length);
        for (long at = extension.dataAt(); at < extension.end() - 1; at += 1 + file.byteAt(at)) {
            out.writeBytes(file.stretch(at + 1, file.byteAt(at)));
        }
        return out.toByteArray();
    }

    /** An XMP extension with its magic trailer. */
    private static byte[] extension(byte[] packet) {
        byte[] trailer = new byte[GifBlocks.TRAILER];
        trailer[0] = 1;
        for (int i = 0; i < 256; i++) {
            trailer[1 + i] = (byte) (255 - i);
        }
        return Bytes.joined(new byte[] {0x21, (byte) 0xFF, 11}, Bytes.latin("XMP DataXMP"), packet, trailer);
    }
}
