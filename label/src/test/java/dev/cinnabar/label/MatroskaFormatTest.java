package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.MatroskaBytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Matroska keeps the contract: with and without sizes, checksums, positions, padding and room. */
class MatroskaFormatTest extends FormatContract {
    @Override
    protected String name() {
        return "a.mkv";
    }

    @Override
    protected Format format() {
        return Format.MKV;
    }

    private static MatroskaBytes mkv() {
        return MatroskaBytes.of("matroska");
    }

    private static byte[] encoder() {
        return MatroskaBytes.tag(0, "ENCODER", "teapot 1.0");
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                mkv().bytes(),
                mkv().live().bytes(),
                mkv().cuesFirst().bytes(),
                mkv().checked().positions().bytes(),
                mkv().positions().cuesFirst().checked().blocks(300).bytes(),
                mkv().sizeWidth(2).bytes(),
                mkv().before(MatroskaBytes.padding(1000)).bytes(),
                mkv().before(MatroskaBytes.padding(100)).positions().bytes(),
                mkv().before(MatroskaBytes.tags(true, encoder())).checked().bytes(),
                mkv().before(MatroskaBytes.tags(false, encoder()), MatroskaBytes.padding(9000))
                        .bytes(),
                mkv().after(MatroskaBytes.tags(false, encoder(), MatroskaBytes.tag(1, "DURATION", "1")))
                        .bytes(),
                mkv().live().after(MatroskaBytes.tags(true, encoder())).bytes());
    }

    @Override
    protected byte[] media(byte[] file) {
        return MatroskaBytes.media(file);
    }

    @Override
    protected byte[] withStrangers() {
        return mkv().before(stranger(0x4FFE), MatroskaBytes.attachment("font/ttf"))
                .after(MatroskaBytes.tags(false, encoder(), stranger(0x5FFE)), stranger(0x6FFE))
                .bytes();
    }

    private static byte[] stranger(int id) {
        return MatroskaBytes.element(id, "moonlit".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(
                stranger(0x4FFE), stranger(0x5FFE), stranger(0x6FFE), encoder(), MatroskaBytes.attachment("font/ttf"));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(
                mkv().after(MatroskaBytes.attachment("application/c2pa")).bytes());
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    @Test
    void paddingKeepsTheMediaWhereTheyAre() {
        byte[] file = mkv().before(MatroskaBytes.padding(1000)).bytes();
        assertThat(write(file, Order.implicitOnly(FIRST))).hasSameSizeAs(file);
    }

    @Test
    void everyPlaceIsReadAndReplaced() {
        String good = FIRST.toJson();
        Map<String, byte[]> places = new LinkedHashMap<>();
        places.put("mkv:Tags/AIGC", MatroskaBytes.tags(false, MatroskaBytes.tag(0, "AIGC", good)));
        places.put("mkv:Tags/aigc", MatroskaBytes.tags(true, MatroskaBytes.tag(0, "aigc", good), encoder()));
        places.put("mkv:Tags/target/AIGC", MatroskaBytes.tags(false, encoder(), MatroskaBytes.tag(1, "AIGC", good)));
        places.put("mkv:Tags/COMMENT", MatroskaBytes.tags(true, MatroskaBytes.tag(0, "COMMENT", good)));
        byte[] nested = MatroskaBytes.element(
                0x67C8,
                MatroskaBytes.element(0x45A3, "ARTIST".getBytes(StandardCharsets.US_ASCII)),
                MatroskaBytes.simple("AIGC", good));
        places.put("mkv:Tags/ARTIST/AIGC", MatroskaBytes.tags(false, MatroskaBytes.element(0x7373, nested)));
        places.forEach((place, tags) -> {
            for (byte[] file :
                    List.of(mkv().before(tags).bytes(), mkv().live().after(tags).bytes())) {
                Reading reading = read(file, Look.METADATA);
                assertThat(reading.labels())
                        .singleElement()
                        .matches(found -> found.place().equals(place));
                boolean main = place.equals("mkv:Tags/AIGC");
                assertThat(reading.findings().stream().map(Finding::fault))
                        .isEqualTo(main ? List.of() : List.of(Fault.OTHER_PLACE));
                byte[] labelled = write(file, Order.implicitOnly(SECOND));
                assertThat(read(labelled, Look.METADATA).labels()).as(place).hasSize(1);
                assertThat(read(labelled, Look.METADATA).verdict()).isEqualTo(new Verdict.Compliant());
                assertThat(media(labelled)).isEqualTo(media(file));
            }
        });
    }

    @Test
    void positionsThatNeedMoreBytesGetThem() {
        for (int length = 20; length < 130; length++) {
            byte[] file = mkv().cuesFirst().positions().checked().blocks(length).bytes();
            byte[] labelled = write(file, Order.implicitOnly(FIRST));
            byte[] media = media(labelled);
            // a position that no longer fits becomes padding; all that is still said must be true
            assertThat(media).as("blocks of %d", length).doesNotContain((byte) 3);
            assertThat(media).isEqualTo(media(file));
            assertThat(read(labelled, Look.METADATA).verdict()).isEqualTo(new Verdict.Compliant());
        }
    }

    @Test
    void webmIsToldByItsDocumentType() {
        assertThat(read(MatroskaBytes.of("webm").bytes(), Look.METADATA).format())
                .isEqualTo(Format.WEBM);
    }
}
