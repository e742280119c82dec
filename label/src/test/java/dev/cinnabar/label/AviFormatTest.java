package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.AviBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** AVI keeps the contract: both ways of idx1, OpenDML's indexes, lists before and behind the media, padding and room. */
class AviFormatTest extends FormatContract {
    @Override
    protected String name() {
        return "a.avi";
    }

    @Override
    protected Format format() {
        return Format.AVI;
    }

    private static byte[] junk(int length) {
        return AviBytes.chunk("JUNK", new byte[length]);
    }

    private static byte[] program() {
        return AviBytes.entry("ISFT", "teapot");
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                AviBytes.of().bytes(),
                AviBytes.of().absolute().bytes(),
                AviBytes.of().openDml().bytes(),
                AviBytes.of()
                        .openDml()
                        .absolute()
                        .before(AviBytes.info(program()))
                        .bytes(),
                AviBytes.of().before(junk(9000)).openDml().bytes(),
                AviBytes.of()
                        .before(AviBytes.info(program()), junk(301))
                        .absolute()
                        .bytes(),
                AviBytes.of().before(junk(10), AviBytes.info(program())).bytes(),
                AviBytes.of().after(AviBytes.info(program())).openDml().bytes());
    }

    @Override
    protected byte[] media(byte[] file) {
        return AviBytes.media(file);
    }

    private static byte[] stranger(String id) {
        return AviBytes.chunk(id, "moonlit".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected byte[] withStrangers() {
        return AviBytes.of()
                .absolute()
                .before(stranger("tea1"), AviBytes.info(program(), stranger("tea2")))
                .after(stranger("tea3"))
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(stranger("tea1"), stranger("tea2"), stranger("tea3"), program());
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(AviBytes.of().after(stranger("C2PA")).bytes());
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    @Test
    void paddingKeepsTheMediaWhereTheyAre() {
        for (byte[] before :
                List.of(junk(1000), dev.cinnabar.testkit.BoxBytes.join(AviBytes.info(program()), junk(1000)))) {
            byte[] file = AviBytes.of().before(before).bytes();
            byte[] labelled = write(file, Order.implicitOnly(FIRST));
            assertThat(labelled).hasSameSizeAs(file);
            assertThat(write(labelled, Order.implicitOnly(SECOND))).hasSameSizeAs(file);
        }
    }

    @Test
    void everyPlaceIsReadAndReplaced() {
        String good = FIRST.toJson();
        Map<String, byte[]> places = new LinkedHashMap<>();
        places.put("avi:LIST/INFO/AIGC", AviBytes.info(AviBytes.entry("AIGC", good), program()));
        places.put("avi:LIST/INFO/aigc", AviBytes.info(program(), AviBytes.entry("aigc", good)));
        places.put("avi:LIST/INFO/ICMT", AviBytes.info(AviBytes.entry("ICMT", good)));
        places.put("avi:AIGC", AviBytes.entry("AIGC", good));
        places.forEach((place, chunk) -> {
            for (byte[] file : List.of(
                    AviBytes.of().absolute().before(chunk).bytes(),
                    AviBytes.of().openDml().after(chunk).bytes())) {
                Reading reading = read(file, Look.METADATA);
                assertThat(reading.labels())
                        .singleElement()
                        .matches(found -> found.place().equals(place));
                byte[] labelled = write(file, Order.implicitOnly(SECOND));
                assertThat(read(labelled, Look.METADATA).labels()).as(place).hasSize(1);
                assertThat(read(labelled, Look.METADATA).verdict()).isEqualTo(new Verdict.Compliant());
                assertThat(indexOf(labelled, "first-0001".getBytes(StandardCharsets.US_ASCII)))
                        .isNegative();
                assertThat(media(labelled)).isEqualTo(media(file));
            }
        });
    }

    @Test
    void indexesThatLieAreRefused() throws IOException {
        byte[] file = AviBytes.of().openDml().bytes();
        int indx = indexOf(file, "indx".getBytes(StandardCharsets.US_ASCII)) + 8;
        int idx1 = indexOf(file, "idx1".getBytes(StandardCharsets.US_ASCII)) + 8;
        int[][] lies = {
            {indx + 4, -1}, {indx + 4, 5}, {indx, 0x07000000}, {indx + 24, 12}, {indx + 28, -1}, {idx1 + 8, 1}
        };
        for (int[] lie : lies) {
            byte[] bad = file.clone();
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(lie[0], lie[1]);
            assertThat(labels.write(Source.of("a.avi", bad), Order.implicitOnly(FIRST), new Memory()))
                    .as("%d", lie[0] - indx)
                    .isInstanceOf(Written.Impossible.class);
            assertThat(read(bad, Look.METADATA).verdict()).isEqualTo(new Verdict.NotFound());
        }
        byte[] twice = file.clone();
        System.arraycopy(file, indx + 24, twice, indx + 40, 8);
        assertThat(labels.write(Source.of("a.avi", twice), Order.implicitOnly(FIRST), new Memory()))
                .isInstanceOf(Written.Impossible.class);
    }
}
