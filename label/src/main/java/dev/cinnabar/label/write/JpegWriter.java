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
 * JPEG: the label in the XMP of an APP1 segment (TC260-PG-20259A), in place of every label the file carries. Without a mark not a byte of the picture is touched; an
 * offset table of further pictures (MPF) is kept right.
 */
final class JpegWriter implements FormatWriter {
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String EXTENDED = "http://ns.adobe.com/xmp/extension/\0";

    private final EditPlan.Edits edits = new EditPlan.Edits();
    private final List<Finding> notes = new ArrayList<>();
    private final List<ExplicitMark> explicit = new ArrayList<>();
    private boolean labelled;
    private int orientation = 1;

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        List<JpegSegment> segments = JpegSegment.of(file, job);
        for (JpegSegment segment : segments) {
            if (segment.marker() == JpegSegment.APP11) {
                seal(file, segment, job);
            } else if (segment.marker() == JpegSegment.APP1) {
                application1(file, segment, job);
            } else if (segment.isApplication()) {
                bare(file, segment);
            }
        }
        if (!labelled) {
            byte[] packet = XmpPacket.fresh(job.order());
            edits.insert(place(file, segments), segment(packet));
        }
        Optional<String> wording = job.wording(Wordings.Medium.IMAGE);
        if (wording.isPresent()) {
            explicit.add(new JpegMarking(file, job, segments, orientation).mark(wording.get(), edits));
        }
        JpegPictures.keepOffsets(file, segments, edits);
        return new Draft(edits.plan(file.size()), "jpeg:APP1/xmp", explicit, notes);
    }

    private void seal(Input file, JpegSegment segment, Job job) throws IOException, Refusal {
        boolean jumbf = segment.length() > 28
                && segment.startsWith(file, "JP")
                && file.latin(segment.dataAt() + 12, 4).equals("jumb")
                && file.latin(segment.dataAt() + 24, 4).equals("c2pa");
        if (!jumbf) {
            return;
        }
        if (!job.order().breakC2pa()) {
            throw new Refusal(Fault.C2PA_SEALED, "jpeg:APP11/jumbf");
        }
        if (notes.isEmpty()) {
            notes.add(Finding.of(Fault.SEAL_BROKEN));
        }
    }

    private void application1(Input file, JpegSegment segment, Job job) throws IOException, Refusal {
        if (segment.startsWith(file, XMP)) {
            packet(file, segment, job);
        } else if (segment.startsWith(file, EXTENDED)) {
            if (OldLabels.mentions(file.stretch(segment.dataAt(), segment.length()))) {
                throw new Refusal(Fault.NO_ROOM, "a label already stands in its extended XMP, which is not rewritten");
            }
        } else if (segment.startsWith(file, "Exif\0") && segment.length() > 6) {
            byte[] block = file.stretch(segment.dataAt() + 6, segment.length() - 6);
            ExifBlock exif = ExifBlock.clean(block);
            orientation = exif.orientation();
            if (exif.isBlanked()) {
                edits.replace(segment.dataAt() + 6, segment.end(), block);
            }
        } else {
            bare(file, segment);
        }
    }

    private void packet(Input file, JpegSegment segment, Job job) throws IOException, Refusal {
        byte[] packet = file.stretch(segment.dataAt() + XMP.length(), segment.length() - XMP.length());
        if (!labelled) {
            edits.replace(segment.at(), segment.end(), segment(XmpPacket.labelled(packet, job.order())));
            labelled = true;
        } else {
            byte[] clean = XmpPacket.without(packet);
            if (clean.length != packet.length) {
                edits.replace(segment.at(), segment.end(), segment(clean));
            }
        }
    }

    private static byte[] segment(byte[] packet) throws Refusal {
        if (packet.length + XMP.length() > JpegSegment.LONGEST) {
            throw new Refusal(Fault.NO_ROOM, "its XMP packet has " + packet.length + " bytes; a segment holds 65,504");
        }
        return JpegSegment.bytes(JpegSegment.APP1, XMP.getBytes(StandardCharsets.ISO_8859_1), packet);
    }

    /** A vendor's bare label: the segment goes, or, where it is glued to the JFIF header, what is glued. */
    private void bare(Input file, JpegSegment segment) throws IOException, Refusal {
        boolean known = (segment.marker() == JpegSegment.APP2 && segment.startsWith(file, "ICC_PROFILE"))
                || (segment.marker() == 0xED && segment.startsWith(file, "Photoshop 3.0"));
        if (known) {
            return;
        }
        byte[] payload = file.stretch(segment.dataAt(), segment.length());
        String text = new String(payload, StandardCharsets.ISO_8859_1);
        int key = text.indexOf("AIGC");
        if (key < 0) {
            return;
        }
        int brace = text.lastIndexOf('{', key);
        boolean wrapped = brace >= 0 && key - brace <= 4;
        String object = text.substring(wrapped ? brace : Math.max(key, text.indexOf('{', key)));
        if (!OldLabels.isLabel(object)) {
            return;
        }
        if (segment.marker() == JpegSegment.APP0 && segment.length() > 14 && segment.startsWith(file, "JFIF\0")) {
            byte[] header = file.stretch(segment.dataAt(), 14);
            edits.replace(segment.at(), segment.end(), JpegSegment.bytes(JpegSegment.APP0, header));
        } else {
            edits.drop(segment.at(), segment.end());
        }
    }

    /** Behind the JFIF header and EXIF, which readers expect first, and before everything else. */
    private static long place(Input file, List<JpegSegment> segments) throws IOException, Refusal {
        long place = 2;
        for (JpegSegment segment : segments) {
            boolean exif = segment.marker() == JpegSegment.APP1 && segment.startsWith(file, "Exif\0");
            if (segment.marker() != JpegSegment.APP0 && !exif) {
                break;
            }
            place = segment.end();
        }
        return place;
    }
}
