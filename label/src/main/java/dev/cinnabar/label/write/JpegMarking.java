package dev.cinnabar.label.write;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Node;

/**
 * Draws a mark into a JPEG through its pixels: raw components are decoded, painted and coded again with the file's own quantisation tables and sampling, without any change of
 * colour space. All application segments stay where they are.
 */
final class JpegMarking {
    private static final String TREE = "javax_imageio_jpeg_image_1.0";

    private final Input file;
    private final Job job;
    private final List<JpegSegment> segments;
    private final JpegFrame frame;
    private final Turn turn;

    JpegMarking(Input file, Job job, List<JpegSegment> segments, int orientation) throws IOException, Refusal {
        this.file = file;
        this.job = job;
        this.segments = segments;
        this.frame = JpegFrame.of(file, segments, job.limits());
        this.turn = new Turn(orientation, frame.width(), frame.height());
    }

    /** Plans the mark; says what it will be. */
    ExplicitMark mark(String wording, EditPlan.Edits edits) throws IOException, Refusal {
        Stamp stamp = Stamp.lay(job, wording, turn.width(), turn.height());
        long scan = segments.getLast().at();
        long end = JpegScans.end(file, scan);
        byte[] bare = bare(scan, end);
        ImageReader decoder = ImageIO.getImageReadersByFormatName("jpeg").next();
        try {
            decoder.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bare)), true, false);
            Raster raster = decoder.readRaster(0, null);
            if (!(raster instanceof WritableRaster picture)
                    || raster.getNumBands() != frame.ink().components(true).length) {
                throw new Refusal(Fault.CODING, raster.getNumBands() + " components");
            }
            Mark mark = site(stamp, picture);
            paint(mark, picture);
            splice(coded(decoder, picture), scan, end, edits);
            return mark.told();
        } catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw new Refusal(Fault.CODING, "it cannot be decoded (" + e.getMessage() + ")");
        } finally {
            decoder.dispose();
        }
    }

    /** The file without what a decoder does not need: nothing of a stranger's metadata reaches it. */
    private byte[] bare(long scan, long end) throws IOException, Refusal {
        ByteArrayOutputStream bare = new ByteArrayOutputStream((int) (end - scan) + 4096);
        bare.writeBytes(file.stretch(0, 2));
        for (JpegSegment segment : segments) {
            boolean four = frame.ink().components(true).length == 4;
            boolean jfif = segment.marker() == JpegSegment.APP0 && !four && segment.startsWith(file, "JFIF\0");
            boolean needed = segment.marker() < JpegSegment.APP0 || segment.marker() == JpegSegment.APP14;
            if (needed && segment.marker() != JpegSegment.SOS) {
                bare.writeBytes(file.stretch(segment.at(), segment.end() - segment.at()));
            } else if (jfif && segment.length() >= 14) {
                byte[] header = file.stretch(segment.dataAt(), 14);
                header[12] = 0;
                header[13] = 0;
                bare.writeBytes(JpegSegment.bytes(JpegSegment.APP0, header));
            }
        }
        bare.writeBytes(file.stretch(scan, end - scan));
        return bare.toByteArray();
    }

    private Mark site(Stamp stamp, Raster picture) {
        Siting siting = new Siting(stamp, turn.width(), turn.height());
        int[] pixel = new int[picture.getNumBands()];
        for (int y = 0; y < turn.height(); y++) {
            for (int x = 0; siting.wants(y) && x < turn.width(); x++) {
                if (siting.wants(x, y)) {
                    picture.getPixel(turn.storedX(x, y), turn.storedY(x, y), pixel);
                    int[] rgb = frame.ink().rgb(pixel);
                    siting.see(x, y, rgb[0], rgb[1], rgb[2], true);
                }
            }
        }
        return siting.decide();
    }

    private void paint(Mark mark, WritableRaster picture) {
        int[] white = frame.ink().components(true);
        int[] black = frame.ink().components(false);
        int[] letter = mark.paint() == Ground.Paint.BLACK ? black : white;
        int[] pixel = new int[white.length];
        for (int y = mark.top(); y < mark.bottom(); y++) {
            for (int x = mark.left(); x < mark.right(); x++) {
                int coverage = mark.coverage(x, y);
                int sx = turn.storedX(x, y);
                int sy = turn.storedY(x, y);
                picture.getPixel(sx, sy, pixel);
                for (int b = 0; b < pixel.length; b++) {
                    int under = mark.paint().hasPlate() ? black[b] : pixel[b];
                    pixel[b] = (under * (255 - coverage) + letter[b] * coverage + 127) / 255;
                }
                picture.setPixel(sx, sy, pixel);
            }
        }
    }

    private byte[] coded(ImageReader decoder, Raster picture) throws IOException {
        IIOMetadata metadata = decoder.getImageMetadata(0);
        Node tree = metadata.getAsTree(TREE);
        // new Huffman tables are made for the new data: the old ones may lack a symbol
        Node sequence = tree.getLastChild();
        for (Node node = sequence.getFirstChild(); node != null; ) {
            Node next = node.getNextSibling();
            if (!List.of("dqt", "sof", "sos", "app14Adobe").contains(node.getNodeName())) {
                sequence.removeChild(node);
            }
            node = next;
        }
        metadata.setFromTree(TREE, tree);
        ImageWriter coder = ImageIO.getImageWriter(decoder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            coder.setOutput(out);
            JPEGImageWriteParam param = (JPEGImageWriteParam) coder.getDefaultWriteParam();
            param.setOptimizeHuffmanTables(true);
            param.setProgressiveMode(
                    frame.progressive() ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            coder.write(null, new IIOImage(picture, null, metadata), param);
        } finally {
            coder.dispose();
        }
        return bytes.toByteArray();
    }

    /** Puts the new tables and scans in the place of the old ones. */
    private void splice(byte[] coded, long scan, long end, EditPlan.Edits edits) throws Refusal {
        for (JpegSegment segment : segments) {
            if (!segment.isApplication() && segment.marker() != JpegSegment.SOS) {
                edits.drop(segment.at(), segment.end());
            }
        }
        ByteArrayOutputStream picture = new ByteArrayOutputStream(coded.length);
        int at = 2;
        while (true) {
            if (at + 4 > coded.length) {
                throw new Refusal(Fault.CODING, "it cannot be coded again");
            }
            int marker = coded[at + 1] & 0xFF;
            int length = 2 + ((coded[at + 2] & 0xFF) << 8 | (coded[at + 3] & 0xFF));
            if (marker == JpegSegment.SOS) {
                picture.write(coded, at, coded.length - at);
                break;
            }
            if (marker < JpegSegment.APP0) {
                picture.write(coded, at, length);
            }
            at += length;
        }
        edits.replace(scan, end, picture.toByteArray());
    }
}
