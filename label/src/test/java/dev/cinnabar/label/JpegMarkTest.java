package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The visible mark on a JPEG, and what must not suffer from it. */
class JpegMarkTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "id");

    private final Labels labels = new Labels(Limits.standard());

    private byte[] write(byte[] file, Order order) {
        try {
            Memory target = new Memory();
            Written written = labels.write(Source.of("a.jpg", file), order, target);
            assertThat(written).isInstanceOf(Written.Done.class);
            return target.bytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thePictureOutsideTheMarkHardlyChanges() {
        for (boolean progressive : new boolean[] {false, true}) {
            BufferedImage noise = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 400 * 300; i++) {
                int x = i % 400;
                int y = i / 400;
                int v = (int) (128 + 60 * Math.sin(x / 9.0) + 50 * Math.cos(y / 5.0));
                noise.setRGB(x, y, v << 16 | (255 - v) << 8 | (v / 2));
            }
            JpegBytes jpeg = JpegBytes.of(noise).quality(0.9f);
            byte[] file = (progressive ? jpeg.progressive() : jpeg).bytes();
            byte[] after = write(file, Order.of(LABEL));
            assertThat(hasFrame(after, 0xC2)).isEqualTo(progressive);
            BufferedImage a = JpegBytes.decoded(file);
            BufferedImage b = JpegBytes.decoded(after);
            double squares = 0;
            int count = 0;
            for (int y = 60; y < 240; y++) {
                for (int x = 0; x < 400; x++) {
                    int d = (a.getRGB(x, y) >> 8 & 0xFF) - (b.getRGB(x, y) >> 8 & 0xFF);
                    squares += d * d;
                    count++;
                }
            }
            assertThat(10 * Math.log10(255 * 255 / (squares / count + 1e-9))).isGreaterThan(50);
        }
    }

    private static boolean hasFrame(byte[] file, int marker) {
        return FormatContract.indexOf(file, new byte[] {(byte) 0xFF, (byte) marker, 0, 17, 8}) > 0;
    }

    @Test
    void theMarkIsUprightWherePeopleSeeIt() throws IOException {
        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] file = JpegBytes.of(400, 260).exif(orientation, "", "", true).bytes();
            Reading reading = labels.read(Source.of("a.jpg", write(file, Order.of(LABEL))));
            assertThat(reading.explicit()).as("orientation %d", orientation).hasSize(1);
            // the same pixels under another orientation are read as nothing
            byte[] turned = write(file, Order.of(LABEL));
            int exif = FormatContract.indexOf(turned, "II*\0".getBytes(StandardCharsets.ISO_8859_1));
            turned[exif + 18] = (byte) (orientation % 8 + 1);
            assertThat(labels.read(Source.of("a.jpg", turned)).explicit()).isEmpty();
        }
    }

    @Test
    void offsetsToFurtherPicturesFollow() {
        byte[] second = JpegBytes.of(32, 32).bytes();
        for (Order order : new Order[] {Order.implicitOnly(LABEL), Order.of(LABEL)}) {
            for (boolean xmpBehind : new boolean[] {false, true}) {
                byte[] table = table();
                JpegBytes jpeg = JpegBytes.of(200, 100).segment(0xE2, table);
                jpeg = xmpBehind ? jpeg.xmp("") : jpeg;
                byte[] first = jpeg.bytes();
                byte[] file = jpeg.trailer(second).bytes();
                fill(file, first.length);
                byte[] after = write(file, order);
                int mpf = FormatContract.indexOf(after, "MPF\0".getBytes(StandardCharsets.ISO_8859_1)) + 4;
                ByteBuffer entries = ByteBuffer.wrap(after).order(ByteOrder.LITTLE_ENDIAN);
                int size = entries.getInt(mpf + 26 + 4);
                int offset = entries.getInt(mpf + 42 + 8);
                assertThat(mpf + offset).as("the second picture").isEqualTo(after.length - second.length);
                assertThat(size).as("the first picture").isEqualTo(after.length - second.length);
            }
        }
    }

    /** A table of two pictures, still empty: header, a directory of one entry, two entries of 16 bytes. */
    private static byte[] table() {
        ByteBuffer out = ByteBuffer.wrap(new byte[4 + 26 + 32]).order(ByteOrder.LITTLE_ENDIAN);
        out.put("MPF\0II".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1);
        out.putShort((short) 0xB002).putShort((short) 7).putInt(32).putInt(26).putInt(0);
        return out.array().clone();
    }

    private static void fill(byte[] file, int first) {
        int mpf = FormatContract.indexOf(file, "MPF\0".getBytes(StandardCharsets.ISO_8859_1)) + 4;
        ByteBuffer entries = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        entries.putInt(mpf + 26 + 4, first).putInt(mpf + 26 + 8, 0);
        entries.putInt(mpf + 42 + 4, file.length - first).putInt(mpf + 42 + 8, first - mpf);
    }
}
