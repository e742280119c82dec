package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.BoxBytes;
import dev.cinnabar.testkit.MovieBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where real movies carry their labels, what is said of each place, and that a new label replaces every one of them. */
class MovieQuirksTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "id-1");
    private static final String GOOD = LABEL.toJson();
    private static final String XMP_BOX = "be7acfcb97a942e89c71999491e3afac";
    private static final String PACKET = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf="
            + "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description xmlns:TC260="
            + "\"http://www.tc260.org.cn/ns/AIGC/1.0/\"><TC260:AIGC>" + GOOD.replace("\"", "&quot;")
            + "</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>";

    private final Labels labels = new Labels(Limits.standard());

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] udta(byte[]... boxes) {
        return BoxBytes.box("udta", boxes);
    }

    private static MovieBytes movie() {
        return MovieBytes.of("isom");
    }

    private Reading read(byte[] file) {
        try {
            return labels.read(Source.of("a.mp4", file), Look.METADATA);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] write(byte[] file) {
        try {
            Memory target = new Memory();
            Written written = labels.write(Source.of("a.mp4", file), Order.implicitOnly(LABEL), target);
            assertThat(written).isInstanceOf(Written.Done.class);
            return target.bytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theGuidesPlaceIsCompliant() {
        for (byte[] meta : List.of(
                BoxBytes.keyed("AIGC", GOOD), BoxBytes.keyed("encoder", "x", "AIGC", GOOD, "com.example", "y"))) {
            Reading reading = read(movie().inMovie(udta(meta)).bytes());
            assertThat(reading.verdict()).isEqualTo(new Verdict.Compliant());
            assertThat(reading.findings()).isEmpty();
            assertThat(reading.labels().getFirst().place()).isEqualTo("mp4:moov/udta/meta/AIGC");
        }
    }

    private static Map<String, byte[]> elsewhere() {
        byte[] plainMeta = BoxBytes.keyed("AIGC", GOOD);
        byte[] quicktime = BoxBytes.box("meta", java.util.Arrays.copyOfRange(plainMeta, 12, plainMeta.length));
        byte[] freeform = BoxBytes.box(
                "----",
                BoxBytes.full("mean", 0, 0, text("com.apple.iTunes")),
                BoxBytes.full("name", 0, 0, text("AIGC")),
                BoxBytes.box("data", BoxBytes.u32(1), BoxBytes.u32(0), text(GOOD)));
        byte[] comment = BoxBytes.join(BoxBytes.u16(GOOD.length()), BoxBytes.u16(0x55C4), text(GOOD));
        return Map.ofEntries(
                Map.entry("mp4:moov/meta/AIGC", movie().inMovie(plainMeta).bytes()),
                Map.entry("mp4:moov/meta/AIGC ", movie().inMovie(quicktime).bytes()),
                Map.entry("mp4:meta/AIGC", movie().after(plainMeta).bytes()),
                Map.entry("mp4:moov/trak/meta/AIGC", movie().inTrack(plainMeta).bytes()),
                Map.entry(
                        "mp4:moov/udta/meta/com.vendor.aigc",
                        movie().inMovie(udta(BoxBytes.keyed("com.vendor.aigc", GOOD)))
                                .bytes()),
                Map.entry(
                        "mp4:moov/udta/meta/comment",
                        movie().inMovie(udta(BoxBytes.keyed("comment", GOOD, "encoder", "x")))
                                .bytes()),
                Map.entry(
                        "mp4:moov/meta/ilst/????",
                        movie().inMovie(BoxBytes.listed(BoxBytes.item("\0\0\0\1", GOOD)))
                                .bytes()),
                Map.entry(
                        "mp4:moov/udta/meta/ilst/?cmt",
                        movie().inMovie(udta(BoxBytes.listed(BoxBytes.item("\u00A9cmt", GOOD))))
                                .bytes()),
                Map.entry(
                        "mp4:moov/udta/meta/ilst/AIGC",
                        movie().inMovie(udta(BoxBytes.listed(freeform))).bytes()),
                Map.entry(
                        "mp4:moov/udta/aigc",
                        movie().inMovie(udta(BoxBytes.box("aigc", text(GOOD)))).bytes()),
                Map.entry(
                        "mp4:moov/udta/AIGC",
                        movie().inMovie(udta(BoxBytes.full("AIGC", 0, 0, text(GOOD)), new byte[4]))
                                .bytes()),
                Map.entry(
                        "mp4:moov/udta/(c)cmt",
                        movie().inMovie(udta(BoxBytes.box("\u00A9cmt", comment)))
                                .bytes()),
                Map.entry(
                        "mp4:uuid/xmp",
                        movie().after(BoxBytes.uuid(XMP_BOX, text(PACKET))).bytes()),
                Map.entry(
                        "mp4:moov/uuid/xmp",
                        movie().inMovie(BoxBytes.uuid(XMP_BOX, text(PACKET))).bytes()),
                Map.entry(
                        "mp4:moov/udta/XMP_/xmp",
                        movie().inMovie(udta(BoxBytes.box("XMP_", text(PACKET))))
                                .bytes()));
    }

    @Test
    void everyOtherPlaceIsReadAndIsNotTheGuides() {
        elsewhere().forEach((place, file) -> {
            Reading reading = read(file);
            assertThat(reading.labels()).as(place).hasSize(1);
            assertThat(reading.labels().getFirst().place()).isEqualTo(place.strip());
            assertThat(reading.labels().getFirst().normative()).isFalse();
            assertThat(reading.findings().stream().map(Finding::fault)).containsExactly(Fault.OTHER_PLACE);
            assertThat(reading.findings().getFirst().clause()).isEqualTo("TC260-PG-20257A");
            assertThat(reading.verdict()).isInstanceOf(Verdict.NonCompliant.class);
        });
    }

    @Test
    void aNewLabelReplacesTheLabelInEveryPlace() {
        elsewhere().forEach((place, file) -> {
            byte[] labelled = write(file);
            Reading reading = read(labelled);
            assertThat(reading.labels()).as(place).hasSize(1);
            assertThat(reading.verdict()).as(place).isEqualTo(new Verdict.Compliant());
            assertThat(MovieBytes.media(labelled)).as(place).isEqualTo(MovieBytes.media(file));
            assertThat(write(labelled)).as(place).isEqualTo(labelled);
        });
    }

    @Test
    void severalLabelsAreAnErrorAndBecomeOne() {
        byte[] file = movie().inMovie(
                        udta(BoxBytes.keyed("aigc", GOOD, "AIGC", GOOD, "encoder", "x", "AIGC", GOOD)),
                        BoxBytes.keyed("AIGC", GOOD, "com.example.make", "teapot"))
                .bytes();
        Reading reading = read(file);
        assertThat(reading.labels()).hasSize(4);
        assertThat(reading.findings()).anyMatch(finding -> finding.fault() == Fault.TWO_LABELS);
        byte[] labelled = write(file);
        assertThat(read(labelled).verdict()).isEqualTo(new Verdict.Compliant());
        assertThat(FormatContract.indexOf(labelled, BoxBytes.item("\0\0\0\2", "x")))
                .isNotNegative();
        assertThat(FormatContract.indexOf(labelled, BoxBytes.item("\0\0\0\1", "teapot")))
                .isNotNegative();
    }

    @Test
    void roomInAFreeBoxKeepsTheMediaWhereTheyAre() {
        byte[] file = movie().free(2000).bytes();
        byte[] labelled = write(file);
        assertThat(labelled).hasSameSizeAs(file);
        assertThat(MovieBytes.media(labelled)).isEqualTo(MovieBytes.media(file));
        int exact = write(movie().bytes()).length - movie().bytes().length;
        assertThat(write(movie().free(exact).bytes()))
                .as("the free box is used up")
                .hasSize(movie().bytes().length + exact);
    }

    @Test
    void tracksWhoseSamplesLieElsewhereAreNotMoved() {
        byte[] file = movie().bytes();
        int reference = FormatContract.indexOf(file, text("url ")) + 7;
        file[reference] = 0;
        byte[] labelled = write(file);
        int table = FormatContract.indexOf(file, text("stco"));
        byte[] offsets = java.util.Arrays.copyOfRange(file, table, table + 32);
        assertThat(FormatContract.indexOf(labelled, offsets)).isNotNegative();
    }

    @Test
    void aSegmentOnItsOwnSaysWhereTheLabelBelongs() throws IOException {
        byte[] segment = BoxBytes.join(BoxBytes.box("styp", text("msdh")), BoxBytes.box("mdat", new byte[10]));
        assertThat(read(segment).verdict()).isEqualTo(new Verdict.NotFound());
        Written written = labels.write(Source.of("a.m4s", segment), Order.implicitOnly(LABEL), new Memory());
        assertThat(written)
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.NO_ROOM));
    }

    @Test
    void theFamilyIsToldByItsBrands() {
        for (Map.Entry<String, Format> brand : Map.of(
                        "isom",
                        Format.MP4,
                        "mp42",
                        Format.MP4,
                        "qt  ",
                        Format.MOV,
                        "M4A ",
                        Format.M4A,
                        "M4B ",
                        Format.M4A)
                .entrySet()) {
            assertThat(read(MovieBytes.of(brand.getKey()).bytes()).format()).isEqualTo(brand.getValue());
        }
        byte[] old = movie().bytes();
        assertThat(read(java.util.Arrays.copyOfRange(old, 24, old.length)).format())
                .isEqualTo(Format.MOV);
        assertThat(read(text("get free tea")).format()).isNotEqualTo(Format.MOV);
    }

    @Test
    void chunkOffsetsBecomeWideWhereFourGigabytesNoLongerSuffice() {
        byte[] file = movie().bytes();
        int table = FormatContract.indexOf(file, text("stco")) + 12;
        java.nio.ByteBuffer.wrap(file).putInt(table + 16, 0xFFFFFFF0);
        byte[] labelled = write(file);
        int wide = FormatContract.indexOf(labelled, text("co64")) + 12;
        assertThat(wide).isGreaterThan(12);
        java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(labelled);
        assertThat(in.getInt(wide - 16)).isEqualTo(16 + 5 * 8);
        int grown = labelled.length - file.length;
        assertThat(in.getLong(wide)).isEqualTo(java.nio.ByteBuffer.wrap(file).getInt(table) + grown);
        assertThat(in.getLong(wide + 32)).isEqualTo(0xFFFFFFF0L + grown);
        assertThat(labelled[(int) in.getLong(wide)]).isEqualTo((byte) 0x51);
        assertThat(read(labelled).verdict()).isEqualTo(new Verdict.Compliant());
    }
}
