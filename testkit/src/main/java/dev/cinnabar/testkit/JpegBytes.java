package dev.cinnabar.testkit;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Builds JPEG files: a picture coded by the JDK, with any segments put behind the JFIF header. */
public final class JpegBytes {
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String EXTENDED = "http://ns.adobe.com/xmp/extension/\0";

    private final BufferedImage image;
    private final List<byte[]> segments = new ArrayList<>();
    private boolean progressive;
    private float quality = 0.85f;
    private byte[] trailer = {};

    private JpegBytes(BufferedImage image) {
        this.image = image;
    }

    /** A picture with a gradient, in YCC. */
    public static JpegBytes of(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 255 / width) << 16 | (y * 255 / height) << 8 | 0x60);
            }
        }
        return new JpegBytes(image);
    }

    /** A picture of the caller's own. */
    public static JpegBytes of(BufferedImage image) {
        return new JpegBytes(image);
    }

    public JpegBytes progressive() {
        this.progressive = true;
        return this;
    }

    /** From 0 to 1. */
    public JpegBytes quality(float newQuality) {
        this.quality = newQuality;
        return this;
    }

    /** A segment with this marker (its second byte) and payload. */
    public JpegBytes segment(int marker, byte[] payload) {
        byte[] head = {(byte) 0xFF, (byte) marker, (byte) ((payload.length + 2) >> 8), (byte) (payload.length + 2)};
        segments.add(PngBytes.joined(head, payload));
        return this;
    }

    /** An XMP packet. */
    public JpegBytes xmp(String packet) {
        return segment(0xE1, PngBytes.joined(latin(XMP), packet.getBytes(StandardCharsets.UTF_8)));
    }

    /** A piece of an extended XMP packet. */
    public JpegBytes extendedXmp(String packet) {
        byte[] utf8 = packet.getBytes(StandardCharsets.UTF_8);
        byte[] sizes = {0, 0, (byte) (utf8.length >> 8), (byte) utf8.length, 0, 0, 0, 0};
        return segment(0xE1, PngBytes.joined(latin(EXTENDED), latin("0123456789ABCDEF0123456789ABCDEF"), sizes, utf8));
    }

    /** An EXIF block with an orientation, a description and a user comment; an empty text leaves its entry out. */
    public JpegBytes exif(int orientation, String description, String comment, boolean little) {
        return segment(0xE1, PngBytes.joined(latin("Exif\0\0"), exifBlock(orientation, description, comment, little)));
    }

    /** Bytes behind the end marker. */
    public JpegBytes trailer(byte[] bytes) {
        this.trailer = bytes.clone();
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        byte[] coded = coded();
        int behindHeader = 4 + ((coded[4] & 0xFF) << 8 | (coded[5] & 0xFF));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(coded, 0, behindHeader);
        segments.forEach(out::writeBytes);
        out.write(coded, behindHeader, coded.length - behindHeader);
        out.writeBytes(trailer);
        return out.toByteArray();
    }

    /** A TIFF structure with IFD0 and, where there is a comment, an EXIF IFD. */
    public static byte[] exifBlock(int orientation, String description, String comment, boolean little) {
        byte[] about = PngBytes.joined(description.getBytes(StandardCharsets.UTF_8), new byte[1]);
        byte[] said = PngBytes.joined(latin("ASCII\0\0\0"), comment.getBytes(StandardCharsets.UTF_8));
        int entries = 1 + (description.isEmpty() ? 0 : 1) + (comment.isEmpty() ? 0 : 1);
        int values = 8 + 2 + 12 * entries + 4;
        int exif = values + about.length;
        ByteBuffer out = ByteBuffer.allocate(exif + 2 + 12 + 4 + said.length)
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        out.put(latin(little ? "II" : "MM")).putShort((short) 42).putInt(8).putShort((short) entries);
        if (!description.isEmpty()) {
            out.putShort((short) 0x010E)
                    .putShort((short) 2)
                    .putInt(about.length)
                    .putInt(values);
        }
        out.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        if (!comment.isEmpty()) {
            out.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(exif);
        }
        out.putInt(0).put(about);
        out.putShort((short) 1);
        out.putShort((short) 0x9286).putShort((short) 7).putInt(said.length).putInt(exif + 18);
        out.putInt(0).put(said);
        byte[] block = new byte[out.capacity()];
        out.rewind().get(block);
        return block;
    }

    /** The pixels of a JPEG. */
    public static BufferedImage decoded(byte[] jpeg) {
        try {
            return java.util.Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] coded() {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
