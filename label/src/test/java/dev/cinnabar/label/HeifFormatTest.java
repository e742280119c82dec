package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.BoxBytes;
import dev.cinnabar.testkit.HeifBytes;
import dev.cinnabar.testkit.MovieBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** HEIC keeps the contract, wherever its metadata stands and however its items are found. */
class HeifFormatTest extends FormatContract {
    private static final String EMPTY = packet("");
    private static final byte[] SEAL =
            BoxBytes.uuid("d8fec3d61b0e483c92975828877ec481", "manifest".getBytes(StandardCharsets.US_ASCII));

    private static String packet(String inside) {
        return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
                + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">" + inside + "</rdf:RDF></x:xmpmeta>";
    }

    private static String labelled(String json) {
        return packet("<rdf:Description xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\"><TC260:AIGC>"
                + json.replace("\"", "&quot;") + "</TC260:AIGC></rdf:Description>");
    }

    @Override
    protected String name() {
        return "a.heic";
    }

    @Override
    protected Format format() {
        return Format.HEIC;
    }

    private static HeifBytes heif() {
        return HeifBytes.of("heic");
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                heif().bytes(),
                heif().version(1).bytes(),
                heif().version(2).metaLast().bytes(),
                heif().based().bytes(),
                heif().open().bytes(),
                heif().xmp(3, EMPTY, false, 1).bytes(),
                heif().xmp(3, EMPTY, false, 0).metaLast().bytes(),
                heif().version(1).xmp(9, EMPTY, true, 1).xmp(4, EMPTY, true, 2).bytes(),
                heif().xmp(3, EMPTY, false, 2).bytes(),
                heif().xmp(3, EMPTY, false, 2)
                        .xmp(4, EMPTY, false, 1)
                        .based()
                        .exif(5, new byte[30])
                        .bytes());
    }

    @Override
    protected byte[] media(byte[] file) {
        return HeifBytes.media(file);
    }

    @Override
    protected byte[] withStrangers() {
        return heif().before(stranger("abcd"))
                .xmp(7, packet("<rdf:Description xmlns:a=\"b\" a:c=\"moonlit\"/>"), false, 2)
                .after(stranger("efgh"))
                .bytes();
    }

    private static byte[] stranger(String type) {
        return BoxBytes.box(type, "moonlit".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(stranger("abcd"), stranger("efgh"), "a:c=\"moonlit\"".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(heif().after(SEAL).bytes());
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    @Test
    void aLabelOfAnotherPictureIsNotTheFilesAndGoes() {
        byte[] file = heif().xmp(3, labelled(FIRST.toJson()), false, 2).bytes();
        Reading reading = read(file, Look.METADATA);
        assertThat(reading.labels()).singleElement().matches(found -> !found.normative());
        byte[] labelled = write(file, Order.implicitOnly(SECOND));
        assertThat(read(labelled, Look.METADATA).labels())
                .singleElement()
                .satisfies(found -> assertThat(found.label()).contains(SECOND));
        assertThat(media(labelled)).isEqualTo(media(file));
    }

    @Test
    void theUserCommentIsAnnexBAndGoes() {
        byte[] json = ("ASCII\0\0\0{\"AIGC\":" + FIRST.toJson() + "}").getBytes(StandardCharsets.US_ASCII);
        byte[] block = BoxBytes.join(
                "MM\0*".getBytes(StandardCharsets.US_ASCII),
                BoxBytes.u32(8),
                BoxBytes.join(
                        BoxBytes.u16(1), BoxBytes.u16(0x8769), BoxBytes.u16(4), BoxBytes.u32(1), BoxBytes.u32(26)),
                BoxBytes.u32(0),
                BoxBytes.join(BoxBytes.u16(1), BoxBytes.u16(0x9286), BoxBytes.u16(7), BoxBytes.u32(json.length)),
                BoxBytes.join(BoxBytes.u32(44), BoxBytes.u32(0), json));
        byte[] file = heif().exif(3, block).bytes();
        Reading reading = read(file, Look.METADATA);
        assertThat(reading.findings().stream().map(Finding::fault)).containsExactly(Fault.ANNEX_B_PLACE);
        assertThat(reading.verdict()).isEqualTo(new Verdict.Compliant());
        byte[] labelled = write(file, Order.implicitOnly(SECOND));
        assertThat(read(labelled, Look.METADATA).labels()).hasSize(1);
        assertThat(labelled.length).isGreaterThan(file.length);
    }

    @Test
    void aSequencesMovieMovesWithItsItems() throws IOException {
        byte[] movie = MovieBytes.of("msf1").last().bytes();
        byte[] meta = HeifBytes.of("heic").bytes();
        byte[] items = java.util.Arrays.copyOfRange(meta, 24, meta.length - 8 - 377);
        byte[] file = BoxBytes.join(java.util.Arrays.copyOf(movie, 24), items);
        byte[] rest = java.util.Arrays.copyOfRange(movie, 24, movie.length);
        byte[] whole = BoxBytes.join(file, rest);
        int table = indexOf(whole, "stco".getBytes(StandardCharsets.US_ASCII)) + 12;
        java.nio.ByteBuffer numbers = java.nio.ByteBuffer.wrap(whole);
        for (int i = 0; i < 5; i++) {
            numbers.putInt(table + 4 * i, numbers.getInt(table + 4 * i) + items.length);
        }
        byte[] labelled = write(whole, Order.implicitOnly(FIRST));
        assertThat(MovieBytes.media(labelled)).isEqualTo(MovieBytes.media(whole));
        assertThat(read(labelled, Look.METADATA).format()).isEqualTo(Format.HEIF);
    }

    @Test
    void theFamilyIsToldByItsBrands() {
        assertThat(read(HeifBytes.of("avif").bytes(), Look.METADATA).format()).isEqualTo(Format.AVIF);
        assertThat(read(HeifBytes.of("heix").bytes(), Look.METADATA).format()).isEqualTo(Format.HEIC);
        assertThat(read(HeifBytes.of("mif1").bytes(), Look.METADATA).format()).isEqualTo(Format.HEIF);
    }
}
