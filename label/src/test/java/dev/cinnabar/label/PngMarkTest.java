package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.PngBytes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The visible mark on a PNG, seen by the JDK's decoder: GB 45438-2025 5.2. */
class PngMarkTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "id");

    private final Labels labels = new Labels(Limits.standard());

    private byte[] marked(byte[] file) {
        return marked(file, Order.of(LABEL), List.of());
    }

    private byte[] marked(byte[] file, Order order, List<Fault> notes) {
        try {
            Memory target = new Memory();
            Written written = labels.write(Source.of("a.png", file), order, target);
            assertThat(written)
                    .isInstanceOfSatisfying(
                            Written.Done.class,
                            done -> assertThat(done.notes().stream().map(Finding::fault))
                                    .containsExactlyElementsOf(notes));
            return target.bytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BufferedImage decoded(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Left, top, right, bottom of what differs between two pictures. */
    private static int[] changed(BufferedImage before, BufferedImage after) {
        int[] box = {Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1};
        for (int y = 0; y < before.getHeight(); y++) {
            for (int x = 0; x < before.getWidth(); x++) {
                if (before.getRGB(x, y) != after.getRGB(x, y)) {
                    box[0] = Math.min(box[0], x);
                    box[1] = Math.min(box[1], y);
                    box[2] = Math.max(box[2], x + 1);
                    box[3] = Math.max(box[3], y + 1);
                }
            }
        }
        return box;
    }

    private static double light(int rgb) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < 3; i++) {
            double v = (rgb >> (16 - 8 * i) & 0xFF) / 255.0;
            sum += weights[i] * (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void lettersAreFivePercentHighInACorner() {
        for (int[] size : new int[][] {{400, 400}, {1200, 300}, {300, 1200}, {640, 480}, {90, 400}}) {
            byte[] file =
                    PngBytes.of(size[0], size[1]).samples((x, y, c) -> 230).bytes();
            BufferedImage after = decoded(marked(file));
            int[] box = changed(decoded(file), after);
            double shortest = Math.min(size[0], size[1]);
            int capital = capitalHeight(after, box);
            assertThat(capital).as("%s", Arrays.toString(size)).isGreaterThanOrEqualTo((int)
                    Math.ceil(0.05 * shortest));
            assertThat((double) capital).as("not needlessly large").isLessThan(Math.max(14, 0.07 * shortest));
            double margin = 0.12 * shortest + 10;
            assertThat(box[0] < margin || box[2] > size[0] - margin).isTrue();
            assertThat(box[1] < margin || box[3] > size[1] - margin).isTrue();
        }
    }

    /** The height of the first letter, a capital A, in dark rows of its columns. */
    private static int capitalHeight(BufferedImage image, int[] box) {
        int top = Integer.MAX_VALUE;
        int bottom = -1;
        for (int y = box[1]; y < box[3]; y++) {
            for (int x = box[0]; x < box[0] + (box[2] - box[0]) / 6; x++) {
                if (light(image.getRGB(x, y)) < 0.4) {
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        return bottom - top + 1;
    }

    @Test
    void lettersAndGroundDifferAtLeastFourAndAHalfTimes() {
        PngBytes.Samples[] grounds = {
            (x, y, c) -> 255,
            (x, y, c) -> 0,
            (x, y, c) -> 128,
            (x, y, c) -> (x * 7919 + y * 104_729 + c * 31) % 256,
            (x, y, c) -> x * 255 / 400,
            (x, y, c) -> c == 0 ? 255 : 0,
            (x, y, c) -> c == 2 ? 255 : 0
        };
        for (PngBytes.Samples ground : grounds) {
            byte[] file = PngBytes.of(400, 300).samples(ground).bytes();
            BufferedImage after = decoded(marked(file));
            int[] box = changed(decoded(file), after);
            double darkest = 1;
            double brightest = 0;
            for (int y = box[1]; y < box[3]; y++) {
                for (int x = box[0]; x < box[2]; x++) {
                    darkest = Math.min(darkest, light(after.getRGB(x, y)));
                    brightest = Math.max(brightest, light(after.getRGB(x, y)));
                }
            }
            assertThat((brightest + 0.05) / (darkest + 0.05)).isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void theCalmestCornerIsTaken() {
        for (int corner = 0; corner < 4; corner++) {
            int calm = corner;
            byte[] file = PngBytes.of(400, 400)
                    .samples((x, y, c) ->
                            (x < 200 ? 0 : 1) + (y < 200 ? 0 : 2) == calm ? 250 : (x * 7919 + y * 104_729) % 256)
                    .bytes();
            int[] box = changed(decoded(file), decoded(marked(file)));
            assertThat((box[0] < 200 ? 0 : 1) + (box[1] < 200 ? 0 : 2)).isEqualTo(corner);
        }
    }

    @Test
    void pixelsOutsideTheBoxAreUntouchedInEveryKind() {
        int[][] kinds = {{0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};
        for (int[] kind : kinds) {
            for (boolean interlaced : new boolean[] {false, true}) {
                PngBytes png =
                        PngBytes.of(200, 150).kind(kind[0], kind[1]).samples((x, y, c) -> x * 331 + y * 17 + c * 4001);
                byte[] file = (interlaced ? png.interlaced() : png).bytes();
                byte[] after = marked(file);
                assertThat(header(after)).as("the kind of pixels stays").isEqualTo(header(file));
                int[] box = changed(decoded(file), decoded(after));
                assertThat((box[2] - box[0]) * (box[3] - box[1])).isBetween(300, 200 * 150 / 6);
                assertThat(rasterOutside(file, box)).isEqualTo(rasterOutside(after, box));
            }
        }
    }

    private static byte[] header(byte[] file) {
        return Arrays.copyOfRange(file, 16, 29);
    }

    private static int[] rasterOutside(byte[] file, int[] box) {
        BufferedImage image = decoded(file);
        int bands = image.getRaster().getNumBands();
        int[] all = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        for (int y = box[1]; y < box[3]; y++) {
            Arrays.fill(all, (y * image.getWidth() + box[0]) * bands, (y * image.getWidth() + box[2]) * bands, 0);
        }
        return all;
    }

    @Test
    void transparentPicturesGetAPlateThatIsNot() {
        byte[] file = PngBytes.of(200, 150)
                .kind(6, 8)
                .samples((x, y, c) -> c == 3 ? 0 : 255)
                .bytes();
        BufferedImage after = decoded(marked(file));
        int[] box = changed(decoded(file), after);
        for (int y = box[1]; y < box[3]; y++) {
            for (int x = box[0]; x < box[2]; x++) {
                assertThat(after.getRGB(x, y) >>> 24).isEqualTo(255);
            }
        }
    }

    @Test
    void aTransparentColourIsKeptClearOf() {
        for (int depth : new int[] {1, 2, 4, 8, 16}) {
            for (int key : new int[] {0, (1 << depth) - 1}) {
                byte[] file = PngBytes.of(200, 150)
                        .kind(0, depth)
                        .samples((x, y, c) -> x % 40 == 0 ? key : ~key)
                        .chunk("tRNS", new byte[] {(byte) (key >> 8), (byte) key})
                        .chunk("bKGD", new byte[] {0, 1})
                        .bytes();
                BufferedImage after = decoded(marked(file));
                int opaque = 0;
                int rows = 0;
                for (int y = 0; y < 150; y++) {
                    int inRow = 0;
                    for (int x = 0; x < 200; x++) {
                        int alpha = after.getRGB(x, y) >>> 24;
                        assertThat(alpha == 255 || x % 40 == 0).isTrue();
                        inRow += x % 40 == 0 && alpha == 255 ? 1 : 0;
                    }
                    opaque += inRow;
                    rows += inRow > 0 ? 1 : 0;
                }
                // the box is 20 rows high and covers one or two of the transparent columns
                assertThat(rows).as("depth %d, key %d", depth, key).isEqualTo(20);
                assertThat(opaque).isIn(20, 40);
            }
        }
    }

    @Test
    void palettesGrowAndOtherwiseStay() {
        for (int depth : new int[] {1, 2, 4, 8}) {
            for (int entries : new int[] {2, 1 << depth, Math.min(1 << depth, 200)}) {
                byte[] file = PngBytes.of(200, 150)
                        .kind(3, depth)
                        .palette(Math.min(entries, 250))
                        .chunk("hIST", new byte[2 * Math.min(entries, 250)])
                        .samples((x, y, c) -> (x / 9 + y / 5) % Math.min(entries, 250))
                        .bytes();
                byte[] after = marked(file);
                assertThat(after[25]).as("still a palette").isEqualTo((byte) 3);
                int[] box = changed(decoded(file), decoded(after));
                assertOutsideSame(decoded(file), decoded(after), box);
                List<PngChunks.Chunk> chunks = PngChunks.of(after);
                assertThat(data(chunks, "hIST").length / 2).isEqualTo(data(chunks, "PLTE").length / 3);
            }
        }
    }

    private static byte[] data(List<PngChunks.Chunk> chunks, String type) {
        return chunks.stream()
                .filter(chunk -> chunk.type().equals(type))
                .findFirst()
                .orElseThrow()
                .data();
    }

    private static void assertOutsideSame(BufferedImage before, BufferedImage after, int[] box) {
        for (int y = 0; y < before.getHeight(); y++) {
            for (int x = 0; x < before.getWidth(); x++) {
                if (x < box[0] || x >= box[2] || y < box[1] || y >= box[3]) {
                    assertThat(after.getRGB(x, y)).isEqualTo(before.getRGB(x, y));
                }
            }
        }
    }

    @Test
    void aFullPaletteUsesWhatItHas() {
        byte[] file = PngBytes.of(200, 150).kind(3, 8).palette(256).bytes();
        assertThat(marked(file)[25]).isEqualTo((byte) 3);
    }

    @Test
    void aFullPaletteOfMiddlingColoursBecomesFullColourAndSaysSo() {
        byte[] plte = new byte[768];
        Arrays.fill(plte, (byte) 120);
        for (int i = 0; i < 256; i++) {
            plte[3 * i] = (byte) (100 + i % 30);
            plte[3 * i + 1] = (byte) (100 + i / 9);
        }
        byte[] trns = new byte[10];
        for (boolean alpha : new boolean[] {false, true}) {
            PngBytes png = PngBytes.of(200, 150).kind(3, 8).chunk("PLTE", plte);
            png = alpha ? png.chunk("tRNS", trns) : png;
            byte[] file = png.chunk("bKGD", new byte[] {7})
                    .chunk("hIST", new byte[512])
                    .chunk("sBIT", new byte[] {8, 8, 8})
                    .samples((x, y, c) -> x + y)
                    .bytes();
            byte[] after = marked(file, Order.of(LABEL), List.of(Fault.PALETTE_GONE));
            assertThat(after[25]).isEqualTo((byte) (alpha ? 6 : 2));
            List<String> types =
                    PngChunks.of(after).stream().map(PngChunks.Chunk::type).toList();
            assertThat(types).doesNotContain("PLTE", "tRNS", "hIST").contains("bKGD", "sBIT");
            assertThat(data(PngChunks.of(after), "bKGD")).hasSize(6);
            assertThat(data(PngChunks.of(after), "sBIT")).hasSize(alpha ? 4 : 3);
            assertOutsideSame(decoded(file), decoded(after), changed(decoded(file), decoded(after)));
        }
    }

    @Test
    void everyFrameOfAnAnimationCarriesTheMark() {
        byte[] file = animation(0);
        List<PngChunks.Chunk> chunks = PngChunks.of(marked(file));
        int number = 0;
        for (PngChunks.Chunk chunk : chunks) {
            if (chunk.type().equals("fcTL") || chunk.type().equals("fdAT")) {
                assertThat(ByteBuffer.wrap(chunk.data()).getInt())
                        .as("numbers run on")
                        .isEqualTo(number++);
            }
        }
        assertThat(number).isEqualTo(3);
        byte[] second = frame(chunks);
        BufferedImage first = decoded(marked(file));
        int[] box = changed(decoded(file), first);
        assertThat(box[2]).isPositive();
        BufferedImage frame = decoded(second);
        for (int y = box[1]; y < box[3]; y++) {
            for (int x = box[0]; x < box[2]; x++) {
                assertThat(frame.getRGB(x, y)).isEqualTo(first.getRGB(x, y));
            }
        }
    }

    @Test
    void anAnimationThatWipesTheCornerIsRefused() throws IOException {
        Written written = labels.write(Source.of("a.png", animation(1)), Order.of(LABEL), new Memory());
        assertThat(written)
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.CODING));
    }

    /** Two frames: the first covers the canvas and is disposed of as told, the second covers the canvas only where the first is kept. */
    private static byte[] animation(int disposal) {
        int width = 160;
        int height = disposal == 0 ? 120 : 60;
        byte[] second = PngBytes.of(width, height).samples((x, y, c) -> 200).bytes();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(new byte[] {0, 0, 0, 2});
        data.writeBytes(data(PngChunks.of(second), "IDAT"));
        return PngBytes.of(160, 120)
                .samples((x, y, c) -> 100)
                .chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0})
                .chunk("fcTL", control(0, 160, 120, disposal))
                .late("fcTL", control(1, width, height, 0))
                .late("fdAT", data.toByteArray())
                .bytes();
    }

    private static byte[] control(int number, int width, int height, int disposal) {
        byte[] data = new byte[26];
        ByteBuffer.wrap(data)
                .putInt(number)
                .putInt(width)
                .putInt(height)
                .putInt(0)
                .putInt(0)
                .putShort((short) 1)
                .putShort((short) 10);
        data[24] = (byte) disposal;
        return data;
    }

    /** The second frame as a picture of its own. */
    private static byte[] frame(List<PngChunks.Chunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001A\n".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(PngBytes.chunkBytes("IHDR", data(chunks, "IHDR")));
        for (PngChunks.Chunk chunk : chunks) {
            if (chunk.type().equals("fdAT")) {
                out.writeBytes(PngBytes.chunkBytes("IDAT", Arrays.copyOfRange(chunk.data(), 4, chunk.data().length)));
            }
        }
        out.writeBytes(PngBytes.chunkBytes("IEND", new byte[0]));
        return out.toByteArray();
    }
}
