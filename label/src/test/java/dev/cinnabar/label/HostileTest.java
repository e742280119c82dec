package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import dev.cinnabar.testkit.PngBytes;
import dev.cinnabar.testkit.WavBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files made to hurt: sizes that lie, bombs, endless structures. Each gives a finding or a clear refusal, soon and in little memory. */
@Timeout(60)
class HostileTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "id");
    private static final Limits SMALL = new Limits(1L << 40, 1000, 64, 1 << 20, 1_000_000);

    private final Labels labels = new Labels(SMALL);

    private Reading read(String name, byte[] file, Look look) {
        try {
            return labels.read(Source.of(name, file), look);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Written write(String name, byte[] file, Order order) {
        try {
            Memory target = new Memory();
            Written written = labels.write(Source.of(name, file), order, target);
            assertThat(target.bytes().length > 0).isEqualTo(written instanceof Written.Done);
            return written;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String name, byte[] file, Order order, Fault fault) {
        assertThat(write(name, file, order)).isInstanceOfSatisfying(Written.Impossible.class, impossible -> {
            assertThat(impossible.why().fault()).as("%s", impossible).isEqualTo(fault);
            assertThat(impossible.reason(Lang.EN)).isNotBlank();
            assertThat(impossible.remedy(Lang.EN)).isNotBlank();
        });
    }

    private static byte[] pngClaiming(int width, int height) {
        byte[] file = PngBytes.of(8, 8).bytes();
        byte[] header = PngBytes.chunkBytes("IHDR", PngBytes.header(width, height, 8, 2, false));
        System.arraycopy(header, 0, file, 8, header.length);
        return file;
    }

    @Test
    void aPictureThatClaimsTwoToThe31PixelsIsNotDecoded() {
        for (int[] size :
                new int[][] {{65536, 32768}, {Integer.MAX_VALUE, 1}, {1, Integer.MAX_VALUE}, {-1, -1}, {0, 5}}) {
            byte[] file = pngClaiming(size[0], size[1]);
            assertThat(read("a.png", file, Look.CONTENT).findings())
                    .anyMatch(finding -> finding.fault() == Fault.CONTENT_UNREAD);
            assertRefused("a.png", file, Order.of(LABEL), size[0] == 0 ? Fault.UNREADABLE : Fault.TOO_LARGE);
            assertThat(write("a.png", file, Order.implicitOnly(LABEL)))
                    .as("its metadata can be written all the same")
                    .isInstanceOf(Written.Done.class);
        }
    }

    @Test
    void aJpegThatClaimsTooManyPixelsIsNotDecoded() {
        byte[] file = JpegBytes.of(64, 64).bytes();
        int frame = FormatContract.indexOf(file, new byte[] {(byte) 0xFF, (byte) 0xC0});
        Arrays.fill(file, frame + 5, frame + 9, (byte) 0xFF);
        assertThat(read("a.jpg", file, Look.CONTENT).findings())
                .anyMatch(finding -> finding.fault() == Fault.CONTENT_UNREAD);
        assertRefused("a.jpg", file, Order.of(LABEL), Fault.TOO_LARGE);
    }

    @Test
    void aChunkOfTwoGigabytesIsDamage() {
        byte[] png =
                PngBytes.of(8, 8).chunk("tEXt", PngBytes.text("AIGC", "{}")).bytes();
        int at = FormatContract.indexOf(png, "tEXt".getBytes(StandardCharsets.US_ASCII)) - 4;
        ByteBuffer.wrap(png).putInt(at, Integer.MAX_VALUE);
        byte[] wav = WavBytes.of(8000, 1, 16).late("AIGC", new byte[10]).bytes();
        ByteBuffer.wrap(wav).putInt(wav.length - 14, 0xF0FFFF7F);
        for (Object[] one : new Object[][] {{"a.png", png}, {"a.wav", wav}}) {
            Reading reading = read((String) one[0], (byte[]) one[1], Look.CONTENT);
            assertThat(reading.verdict()).isNotInstanceOf(Verdict.Compliant.class);
            assertThat(reading.findings()).anyMatch(finding -> finding.fault() == Fault.DAMAGED);
            assertRefused((String) one[0], (byte[]) one[1], Order.implicitOnly(LABEL), Fault.UNREADABLE);
        }
    }

    @Test
    void aBombOfTextStopsAtTheLimit() {
        byte[] bomb = PngBytes.deflated(new byte[200 << 20]);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes("AIGC\0\0".getBytes(StandardCharsets.US_ASCII));
        data.writeBytes(bomb);
        Reading reading = read(
                "a.png", PngBytes.of(8, 8).chunk("zTXt", data.toByteArray()).bytes(), Look.METADATA);
        assertThat(reading.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(reading.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fault()).isEqualTo(Fault.LIMIT));
        ByteArrayOutputStream xmp = new ByteArrayOutputStream();
        xmp.writeBytes("XML:com.adobe.xmp\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII));
        xmp.writeBytes(bomb);
        byte[] file = PngBytes.of(8, 8).chunk("iTXt", xmp.toByteArray()).bytes();
        assertThat(read("a.png", file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertRefused("a.png", file, Order.implicitOnly(LABEL), Fault.TOO_LARGE);
    }

    @Test
    void anEntityBombIsNotExpanded() {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"" + "AIGC".repeat(100) + "\"><!ENTITY b \"&a;&a;&a;&a;\">]><x>&b;</x>";
        byte[] file = JpegBytes.of(16, 16).xmp(bomb).bytes();
        assertThat(read("a.jpg", file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertRefused("a.jpg", file, Order.implicitOnly(LABEL), Fault.UNREADABLE);
    }

    @Test
    void deepNestingStops() {
        for (String deep : List.of("{\"AIGC\":" + "[".repeat(100_000), "{\"AIGC\":".repeat(50_000))) {
            byte[] file = WavBytes.of(8000, 1, 8)
                    .chunk("AIGC", deep.getBytes(StandardCharsets.US_ASCII))
                    .bytes();
            assertThat(read("a.wav", file, Look.METADATA).findings())
                    .anyMatch(finding -> finding.fault() == Fault.NOT_JSON);
        }
        byte[] xmp = JpegBytes.of(16, 16).xmp("<aigc>".repeat(9_000)).bytes();
        assertThat(read("a.jpg", xmp, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertRefused("a.jpg", xmp, Order.implicitOnly(LABEL), Fault.UNREADABLE);
    }

    @Test
    void endlessStructuresStopAtTheLimit() {
        PngBytes png = PngBytes.of(8, 8);
        WavBytes wav = WavBytes.of(8000, 1, 8);
        JpegBytes jpeg = JpegBytes.of(16, 16);
        for (int i = 0; i < 1100; i++) {
            png.chunk("prVt", new byte[0]);
            wav.chunk("zero", new byte[0]);
            jpeg.segment(0xE5, new byte[0]);
        }
        for (Object[] one : new Object[][] {{"a.png", png.bytes()}, {"a.wav", wav.bytes()}, {"a.jpg", jpeg.bytes()}}) {
            assertThat(read((String) one[0], (byte[]) one[1], Look.METADATA).findings())
                    .anyMatch(finding -> finding.fault() == Fault.LIMIT);
            assertRefused((String) one[0], (byte[]) one[1], Order.implicitOnly(LABEL), Fault.TOO_LARGE);
        }
    }

    @Test
    void aThousandFindingsAreNotShown() {
        StringBuilder json = new StringBuilder("{\"Label\":\"1\"");
        for (int i = 0; i < 10_000; i++) {
            json.append(",\"k").append(i).append("\":1");
        }
        byte[] file = WavBytes.of(8000, 1, 8)
                .chunk("AIGC", json.append('}').toString().getBytes(StandardCharsets.US_ASCII))
                .bytes();
        assertThat(read("a.wav", file, Look.METADATA).findings()).hasSizeLessThan(150);
    }

    /** The JDK's coder divides by quantisation values in native code; a zero there ended the process when it was first tried. */
    @Test
    void aZeroInAQuantisationTableDoesNotReachTheCoder() {
        byte[] file = JpegBytes.of(120, 80).bytes();
        int table = FormatContract.indexOf(file, new byte[] {(byte) 0xFF, (byte) 0xDB});
        file[table + 9] = 0;
        assertRefused("a.jpg", file, Order.of(LABEL), Fault.UNREADABLE);
    }

    @Test
    void thousandsOfScansAreNotDecoded() {
        byte[] file = JpegBytes.of(200, 200).progressive().bytes();
        int scan = FormatContract.indexOf(file, new byte[] {(byte) 0xFF, (byte) 0xDA});
        int next = scan + 2;
        while (!(file[next] == (byte) 0xFF && (file[next + 1] & 0xFF) > 0xD7)) {
            next++;
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(file, 0, scan);
        for (int i = 0; i < 3000; i++) {
            many.write(file, scan, next - scan);
        }
        many.write(file, next, file.length - next);
        assertThat(read("a.jpg", many.toByteArray(), Look.CONTENT).findings())
                .anyMatch(finding -> finding.fault() == Fault.CONTENT_UNREAD);
        assertRefused("a.jpg", many.toByteArray(), Order.of(LABEL), Fault.TOO_LARGE);
    }

    @Test
    void contentTooSmallForAMarkIsRefusedWhole() {
        for (int side : new int[] {1, 2, 20, 40}) {
            assertRefused("a.png", PngBytes.of(side, side).bytes(), Order.of(LABEL), Fault.TOO_SMALL);
            assertRefused("a.jpg", JpegBytes.of(side, side).bytes(), Order.of(LABEL), Fault.TOO_SMALL);
        }
        assertThat(write("a.png", PngBytes.of(1, 1).bytes(), Order.implicitOnly(LABEL)))
                .isInstanceOf(Written.Done.class);
        assertThat(write("a.png", PngBytes.of(1, 1).bytes(), Order.of(LABEL)))
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.clause()).contains("5.2 e)"));
    }

    @Test
    void wordsThatCannotBeDrawnAreRefused() {
        Order order = Order.of(LABEL).with(new Explicit.Text("鑫AI生成龘"));
        assertThat(write("a.png", PngBytes.of(500, 500).bytes(), order))
                .isInstanceOfSatisfying(Written.Impossible.class, impossible -> {
                    assertThat(impossible.why().fault()).isEqualTo(Fault.GLYPH);
                    assertThat(impossible.reason(Lang.EN)).contains("鑫龘");
                });
    }

    @Test
    void textInAnotherCodingIsRefused() {
        byte[] gb = {(byte) 0xC4, (byte) 0xE3, (byte) 0xBA, (byte) 0xC3};
        byte[] wide = "\uFEFFhello".getBytes(StandardCharsets.UTF_16LE);
        byte[] late = ("x".repeat(70_000) + "\u00FF").getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] file : List.of(gb, wide, late)) {
            assertRefused("a.txt", file, Order.of(LABEL), Fault.ENCODING);
            assertRefused("a.md", file, Order.of(LABEL), Fault.ENCODING);
        }
        assertRefused("a.md", "+++\nt = 1\n+++\n".getBytes(StandardCharsets.US_ASCII), Order.of(LABEL), Fault.NO_ROOM);
    }

    @Test
    void whatIsNoMediaIsRefused() {
        for (String name : List.of("a.exe", "a.json", "a.png", "a.txt")) {
            byte[] file = {0, 1, 2, 3, 4, 5};
            assertThat(read(name, file, Look.CONTENT).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            assertRefused(name, file, Order.of(LABEL), Fault.UNKNOWN_FORMAT);
        }
        assertRefused("a.json", "{}".getBytes(StandardCharsets.US_ASCII), Order.of(LABEL), Fault.UNKNOWN_FORMAT);
    }

    @Test
    void soundsThatCannotBeExtendedAreRefused() {
        assertRefused("a.wav", WavBytes.of(8000, 1, 8).tag(2).bytes(), Order.of(LABEL), Fault.CODING);
        assertRefused("a.wav", WavBytes.of(8000, 1, 16).tag(0x55).bytes(), Order.of(LABEL), Fault.CODING);
        byte[] noFormat = "RIFF\14\0\0\0WAVEdata\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        assertRefused("a.wav", noFormat, Order.of(LABEL), Fault.UNREADABLE);
        assertThat(write("a.wav", WavBytes.of(8000, 1, 16).tag(0x55).bytes(), Order.implicitOnly(LABEL)))
                .isInstanceOf(Written.Done.class);
    }

    @Test
    void aPictureOfManyPixelsInFewBytesIsQuick() {
        long start = System.nanoTime();
        byte[] file = PngBytes.of(1000, 1000).kind(0, 1).samples((x, y, c) -> 0).bytes();
        for (int i = 0; i < 3; i++) {
            assertThat(write("a.png", file, Order.of(LABEL))).isInstanceOf(Written.Done.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
}
