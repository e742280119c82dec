package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import dev.cinnabar.testkit.WebpBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** WebP keeps the contract: lossy, lossless, with alpha, animated, and what stands around them. */
class WebpFormatTest extends FormatContract {
    private static final String JSON = FIRST.toJson();

    @Override
    protected String name() {
        return "a.webp";
    }

    @Override
    protected Format format() {
        return Format.WEBP;
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    protected List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        samples.add(WebpBytes.lossy().bytes());
        samples.add(WebpBytes.lossless().bytes());
        samples.add(WebpBytes.extended().bytes());
        samples.add(WebpBytes.animated(3).bytes());
        samples.add(WebpBytes.lossy().chunk("IART", latin("tea")).bytes());
        samples.add(WebpBytes.extended()
                .chunk("EXIF", JpegBytes.exifBlock(1, "a teapot", "", false))
                .chunk("XMP ", Labelled.packet("<rdf:Description rdf:about='' xmlns:a='urn:a' a:b='c'/>"))
                .chunk("odd ", new byte[3])
                .bytes());
        byte[] trailing = WebpBytes.lossless().bytes();
        samples.add(Arrays.copyOf(trailing, trailing.length + 7));
        return samples;
    }

    private static Map<String, List<byte[]>> chunks(byte[] file) {
        Map<String, List<byte[]>> chunks = new java.util.LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int end = 8 + in.getInt(4);
        for (int at = 12; at + 8 <= end; ) {
            int length = in.getInt(at + 4);
            chunks.computeIfAbsent(new String(file, at, 4, StandardCharsets.ISO_8859_1), id -> new ArrayList<>())
                    .add(Arrays.copyOfRange(file, at + 8, at + 8 + length));
            at += 8 + length + (length & 1);
        }
        return chunks;
    }

    @Override
    protected byte[] media(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunks(file).forEach((id, all) -> {
            if (!id.equals("VP8X") && !id.equals("XMP ")) {
                out.writeBytes(latin(id));
                all.forEach(out::writeBytes);
            }
        });
        return out.toByteArray();
    }

    @Override
    protected byte[] withStrangers() {
        return WebpBytes.extendedHead(0x20)
                .chunk("ICCP", latin("not a real profile"))
                .chunk("VP8L", first(WebpBytes.lossless().bytes(), "VP8L"))
                .chunk("abcd", latin("odd"))
                .chunk("PSAI", latin("moonlit-teapot"))
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(
                WebpBytes.chunkBytes("ICCP", latin("not a real profile")),
                WebpBytes.chunkBytes("abcd", latin("odd")),
                WebpBytes.chunkBytes("PSAI", latin("moonlit-teapot")));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(WebpBytes.lossy().chunk("C2PA", new byte[20]).bytes());
    }

    private static byte[] first(byte[] file, String id) {
        return chunks(file).getOrDefault(id, List.of()).getFirst();
    }

    @Test
    void aSimpleFileGetsTheHeadThatXmpNeeds() {
        byte[] lossy = write(WebpBytes.lossy().bytes(), Order.implicitOnly(FIRST));
        assertThat(chunks(lossy).keySet()).containsExactly("VP8X", "VP8 ", "XMP ");
        assertThat(first(lossy, "VP8X")).isEqualTo(new byte[] {4, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        byte[] wide = WebpBytes.lossless().bytes();
        ByteBuffer.wrap(wide).order(ByteOrder.LITTLE_ENDIAN).putInt(21, 0x10000000 | 299 << 14 | 1023);
        assertThat(first(write(wide, Order.implicitOnly(FIRST)), "VP8X"))
                .isEqualTo(new byte[] {0x14, 0, 0, 0, (byte) 0xFF, 3, 0, 0x2B, 1, 0});
        byte[] animated = write(WebpBytes.animated(2).bytes(), Order.implicitOnly(FIRST));
        assertThat(first(animated, "VP8X")[0]).isEqualTo((byte) 0x16);
    }

    @Test
    void placesAndTheirFindings() {
        byte[] xmp = Labelled.packet(Labelled.element(JSON));
        assertFaults(WebpBytes.extended().chunk("XMP ", xmp).bytes());
        assertFaults(WebpBytes.lossy().chunk("XMP ", xmp).bytes());
        assertFaults(WebpBytes.extended().chunk("XMP ", xmp).chunk("XMP ", xmp).bytes(), Fault.TWO_LABELS);
        byte[] exif = JpegBytes.exifBlock(1, "", "{\"AIGC\":" + JSON + "}", true);
        assertFaults(WebpBytes.extended().chunk("EXIF", exif).bytes(), Fault.ANNEX_B_PLACE);
        byte[] prefixed = Arrays.copyOf(latin("Exif\0\0"), 6 + exif.length);
        System.arraycopy(exif, 0, prefixed, 6, exif.length);
        assertFaults(WebpBytes.extended().chunk("EXIF", prefixed).bytes(), Fault.ANNEX_B_PLACE);
        assertFaults(WebpBytes.lossy().chunk("AIGC", latin(JSON)).bytes(), Fault.OTHER_PLACE);
        byte[] all = WebpBytes.lossy()
                .chunk("EXIF", prefixed)
                .chunk("XMP ", xmp)
                .chunk("aigc", latin(JSON))
                .chunk("XMP ", xmp)
                .bytes();
        byte[] mended = write(all, Order.implicitOnly(SECOND));
        assertThat(read(mended, Look.METADATA).verdict()).isEqualTo(new Verdict.Compliant());
        assertThat(read(mended, Look.METADATA).labels())
                .singleElement()
                .satisfies(found -> assertThat(found.label()).contains(SECOND));
    }

    private void assertFaults(byte[] file, Fault... faults) {
        Labelled.assertFaults(read(file, Look.METADATA), faults);
    }

    @Test
    void sizesThatLieAreDamage() {
        for (int at : new int[] {4, 16}) {
            byte[] file = WebpBytes.lossy().bytes();
            ByteBuffer.wrap(file).putInt(at, 0xF0FFFF7F);
            assertThat(read(file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            Labelled.assertRefused(name(), file, Fault.UNREADABLE);
        }
        WebpBytes many = WebpBytes.lossy();
        for (int i = 0; i < 100_001; i++) {
            many.chunk("zero", new byte[0]);
        }
        assertThat(read(many.bytes(), Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.LIMIT);
        Labelled.assertRefused(name(), many.bytes(), Fault.TOO_LARGE);
        Labelled.assertRefused(name(), WebpBytes.empty().bytes(), Fault.UNREADABLE);
        Labelled.assertRefused(
                name(), WebpBytes.empty().chunk("VP8 ", new byte[9]).bytes(), Fault.UNREADABLE);
        Labelled.assertRefused(
                name(), WebpBytes.empty().chunk("VP8 ", new byte[10]).bytes(), Fault.UNREADABLE);
    }
}
