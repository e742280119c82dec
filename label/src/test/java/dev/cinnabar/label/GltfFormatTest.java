package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Corpus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Scenes keep the contract: glTF as text and as GLB. */
class GltfFormatTest extends FormatContract {
    static byte[] glb(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + 3) / 4 * 4);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return ByteBuffer.allocate(12 + 8 + padded.length + 8 + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("glTF".getBytes(StandardCharsets.US_ASCII))
                .putInt(2)
                .putInt(36 + padded.length)
                .putInt(padded.length)
                .putInt(0x4E4F534A)
                .put(padded)
                .putInt(8)
                .putInt(0x004E4942)
                .putLong(0x0102030405060708L)
                .array();
    }

    @Override
    protected String name() {
        return "a.glb";
    }

    @Override
    protected Format format() {
        return Format.GLB;
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                glb("{\"asset\":{\"version\":\"2.0\",\"extras\":{}},\"meshes\":[]}"),
                glb("{ \"asset\" : { \"version\" : \"2.0\" , \"extras\" : { \"tea\" : [1,{}] } } }"));
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    /** Everything behind the JSON. */
    @Override
    protected byte[] media(byte[] file) {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        return Arrays.copyOfRange(file, 20 + length, file.length);
    }

    @Override
    protected byte[] withStrangers() {
        return glb("{\"asset\":{\"version\":\"2.0\",\"extras\":{\"tea\":\"pot\"}},\"extensions\":{\"x\":1e5}}");
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(
                "\"tea\":\"pot\"".getBytes(StandardCharsets.UTF_8),
                "\"extensions\":{\"x\":1e5}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.empty();
    }

    @Test
    void aSceneWithoutExtrasAndOneInTextTakeTheLabel() throws IOException {
        for (String json : List.of(
                "{\"asset\":{\"version\":\"2.0\"}}",
                "{\"asset\":{}}",
                "{\"asset\":{\"extras\":{\"aigc\":\"x\",\"AIGC\":{}}}}")) {
            for (Object[] one :
                    new Object[][] {{"a.gltf", json.getBytes(StandardCharsets.UTF_8)}, {"a.glb", glb(json)}}) {
                Memory target = new Memory();
                Written written =
                        labels.write(Source.of((String) one[0], (byte[]) one[1]), Order.implicitOnly(SECOND), target);
                assertThat(written).as(json).isInstanceOf(Written.Done.class);
                Reading reading = labels.read(Source.of((String) one[0], target.bytes()));
                assertThat(reading.labels())
                        .singleElement()
                        .satisfies(found -> assertThat(found.label()).contains(SECOND));
            }
        }
    }

    @Test
    void aRealSceneTakesTheLabel() throws IOException {
        Optional<Path> corpus = Corpus.folder();
        Assumptions.assumeTrue(corpus.isPresent(), Corpus.ABSENT + ": set CINNABAR_CORPUS");
        byte[] file = Files.readAllBytes(corpus.orElseThrow().resolve("3d/triangle.glb"));
        byte[] labelled = write(file, Order.implicitOnly(FIRST));
        assertThat(read(labelled, Look.METADATA).verdict()).isEqualTo(new Verdict.Compliant());
        assertThat(media(labelled)).isEqualTo(media(file));
    }
}
