package dev.cinnabar.label.write;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Wordings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** PNG: the label in the XMP of an uncompressed iTXt chunk (TC260-PG-20259A), in place of every label the file carries; the mark drawn into the pixels where asked. */
final class PngWriter implements FormatWriter {
    private static final String XMP = "XML:com.adobe.xmp";

    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();
    private final List<ExplicitMark> explicit = new ArrayList<>();
    private boolean labelled;

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        List<PngChunk> chunks = PngChunk.of(file, job);
        seal(chunks, job);
        for (PngChunk chunk : chunks) {
            metadata(file, chunk, job);
        }
        if (!labelled) {
            PngChunk header = chunks.stream()
                    .filter(chunk -> chunk.type().equals("IHDR"))
                    .findFirst()
                    .orElseThrow(() -> Refusal.broken(8, "the chunk IHDR is missing"));
            edits.insert(header.end(), xmp(XmpPacket.fresh(job.order())));
        }
        Optional<String> wording = job.wording(Wordings.Medium.IMAGE);
        if (wording.isPresent()) {
            explicit.add(new PngMarking(file, job, chunks).mark(wording.get(), edits, notes));
        }
        return new Draft(edits.plan(file.size()), "png:iTXt/xmp", explicit, notes);
    }

    private void seal(List<PngChunk> chunks, Job job) throws Refusal {
        if (chunks.stream().anyMatch(chunk -> chunk.type().equals("caBX"))) {
            if (!job.order().breakC2pa()) {
                throw new Refusal(Fault.C2PA_SEALED, "png:caBX");
            }
            notes.add(Finding.of(Fault.SEAL_BROKEN));
        }
    }

    private void metadata(Input file, PngChunk chunk, Job job) throws IOException, Refusal {
        switch (chunk.type()) {
            case "tEXt", "zTXt", "iTXt" -> {
                String keyword = keyword(file, chunk);
                if (keyword.equals(XMP)) {
                    packet(file, chunk, job);
                } else if (OldLabels.mentions(keyword.getBytes(StandardCharsets.ISO_8859_1))) {
                    edits.drop(chunk.at(), chunk.end());
                }
            }
            case "eXIf" -> {
                byte[] block = chunk.data(file, job);
                if (ExifBlock.clean(block).isBlanked()) {
                    edits.replace(chunk.at(), chunk.end(), PngChunk.bytes("eXIf", block));
                }
            }
            default -> {}
        }
    }

    private void packet(Input file, PngChunk chunk, Job job) throws IOException, Refusal {
        byte[] packet = unpacked(chunk.data(file, job), chunk.type(), job);
        if (!labelled && chunk.type().equals("iTXt")) {
            edits.replace(chunk.at(), chunk.end(), xmp(XmpPacket.labelled(packet, job.order())));
            labelled = true;
        } else if (OldLabels.mentions(packet) || new String(packet, StandardCharsets.ISO_8859_1).contains("XmpKv")) {
            edits.replace(chunk.at(), chunk.end(), xmp(XmpPacket.without(packet)));
        }
    }

    /** An iTXt chunk with an uncompressed packet. */
    private static byte[] xmp(byte[] packet) {
        byte[] head = (XMP + "\0\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
        byte[] data = new byte[head.length + packet.length];
        System.arraycopy(head, 0, data, 0, head.length);
        System.arraycopy(packet, 0, data, head.length, packet.length);
        return PngChunk.bytes("iTXt", data);
    }

    private static String keyword(Input file, PngChunk chunk) throws IOException, Refusal {
        String start = file.latin(chunk.dataAt(), Math.min(80, chunk.length()));
        int end = start.indexOf('\0');
        return end < 0 ? "" : start.substring(0, end);
    }

    /** The packet of a text chunk: plain, or unpacked where it is compressed. */
    private static byte[] unpacked(byte[] data, String type, Job job) throws Refusal {
        int at = XMP.length() + 1;
        boolean compressed = type.equals("zTXt");
        if (type.equals("zTXt")) {
            at += 1;
        } else if (type.equals("iTXt")) {
            if (at + 2 > data.length) {
                throw new Refusal(Fault.UNREADABLE, "its XMP chunk is too short");
            }
            compressed = data[at] == 1;
            at = after(data, after(data, at + 2));
        }
        byte[] rest = java.util.Arrays.copyOfRange(data, Math.min(at, data.length), data.length);
        return compressed ? inflated(rest, job) : rest;
    }

    private static int after(byte[] data, int from) {
        int i = from;
        while (i < data.length && data[i] != 0) {
            i++;
        }
        return i + 1;
    }

    private static byte[] inflated(byte[] data, Job job) throws Refusal {
        Inflater inflater = new Inflater();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            inflater.setInput(data);
            byte[] buffer = new byte[8192];
            for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
                out.write(buffer, 0, n);
                if (out.size() > job.limits().textBytes()) {
                    throw new Refusal(
                            Fault.TOO_LARGE,
                            "its XMP unpacks to more than " + job.limits().textBytes() + " bytes");
                }
            }
        } catch (DataFormatException e) {
            throw new Refusal(Fault.UNREADABLE, "its compressed XMP cannot be unpacked");
        } finally {
            inflater.end();
        }
        return out.toByteArray();
    }
}
