package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Corpus;
import dev.cinnabar.testkit.JpegBytes;
import dev.cinnabar.testkit.PngBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a file says of its origin beside the label: the IPTC source type, written and read; a C2PA manifest, read and named where it would be lost. */
class OriginTest {
    private static final AigcLabel MADE = AigcLabel.first("001191330106MA2CFLDG4R10001", "made-1");

    private final Labels labels = new Labels(Limits.standard());

    private Written write(byte[] file, Order order, Memory target) throws IOException {
        return labels.write(Source.of("file", file), order, target);
    }

    private byte[] written(byte[] file, Order order) throws IOException {
        Memory target = new Memory();
        assertThat(write(file, order, target)).isInstanceOf(Written.Done.class);
        return target.bytes();
    }

    private List<String> sources(byte[] file) throws IOException {
        return labels.read(Source.of("file", file)).traces().stream()
                .filter(trace -> trace.kind() == Trace.Kind.SOURCE_TYPE)
                .map(Trace::says)
                .toList();
    }

    private static List<byte[]> pictures() {
        return List.of(PngBytes.of(40, 30).bytes(), JpegBytes.of(64, 48).bytes());
    }

    private static byte[] png(String source) {
        String xmp =
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                        + "<rdf:Description rdf:about=\"\" xmlns:e=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" e:DigitalSourceType=\""
                        + source + "\"/></rdf:RDF></x:xmpmeta>";
        return PngBytes.of(40, 30)
                .chunk("iTXt", PngBytes.internationalText("XML:com.adobe.xmp", xmp, false))
                .bytes();
    }

    @Test
    void aMadeFileSaysSoInIptcsWordsToo() throws IOException {
        for (byte[] picture : pictures()) {
            byte[] once = written(picture, Order.implicitOnly(MADE));
            assertThat(sources(once)).containsExactly(SourceType.TRAINED_ALGORITHMIC_MEDIA.uri());
            assertThat(written(once, Order.implicitOnly(MADE))).isEqualTo(once);
            assertThat(labels.read(Source.of("file", once)).verdict()).isEqualTo(new Verdict.Compliant());
        }
    }

    @Test
    void theCallerChoosesAnotherOrNone() throws IOException {
        for (byte[] picture : pictures()) {
            Order composite =
                    Order.implicitOnly(MADE).with(new Origin.Of(SourceType.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA));
            assertThat(sources(written(picture, composite)))
                    .containsExactly(SourceType.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA.uri());
            assertThat(sources(written(picture, Order.implicitOnly(MADE).with(Origin.none()))))
                    .isEmpty();
        }
    }

    @Test
    void aSuspicionNamesNoSource() throws IOException {
        AigcLabel suspected = AigcLabel.first(Level.SUSPECTED, "moonlit-teapot", "1");
        for (byte[] picture : pictures()) {
            assertThat(sources(written(picture, Order.implicitOnly(suspected)))).isEmpty();
        }
    }

    @Test
    void anotherWordThatStandsThereIsKeptAndSaid() throws IOException {
        byte[] camera = png(SourceType.DIGITAL_CAPTURE.uri());
        Memory target = new Memory();
        Written written = write(camera, Order.implicitOnly(MADE), target);
        assertThat(sources(target.bytes())).containsExactly(SourceType.DIGITAL_CAPTURE.uri());
        assertThat(written)
                .isInstanceOfSatisfying(
                        Written.Done.class,
                        done -> assertThat(done.notes())
                                .singleElement()
                                .satisfies(note -> assertThat(note.fault()).isEqualTo(Fault.SOURCE_TYPE_KEPT)));
        Memory same = new Memory();
        Written agreed = write(png(SourceType.TRAINED_ALGORITHMIC_MEDIA.uri()), Order.implicitOnly(MADE), same);
        assertThat(agreed)
                .isInstanceOfSatisfying(
                        Written.Done.class, done -> assertThat(done.notes()).isEmpty());
        assertThat(sources(same.bytes())).hasSize(1);
    }

    private Path c2pa(String name) {
        Optional<Path> corpus = Corpus.folder();
        Assumptions.assumeTrue(corpus.isPresent(), Corpus.ABSENT + ": c2pa");
        return corpus.get().resolve(name);
    }

    @Test
    void aManifestSaysWhoMadeAndSignedTheFile() throws IOException {
        Reading firefly = labels.read(Source.of(c2pa("real-ai/firefly-1.png")), Look.METADATA);
        assertThat(firefly.traces()).singleElement().satisfies(trace -> {
            assertThat(trace.kind()).isEqualTo(Trace.Kind.C2PA);
            assertThat(trace.machine()).isTrue();
            assertThat(trace.says()).contains("generator Adobe_Firefly", "source trainedAlgorithmicMedia", "signer ");
        });
        assertThat(firefly.signatures().getFirst().by()).isPresent();
        assertThat(firefly.signatures().getFirst().valid()).isEmpty();
        Reading flux = labels.read(Source.of(c2pa("real-ai/flux-1.jpg")), Look.METADATA);
        assertThat(flux.traces())
                .singleElement()
                .satisfies(trace ->
                        assertThat(trace.says()).contains("generator Black Forest Labs API", "title sample.jpeg"));
        Reading drawn = labels.read(Source.of(c2pa("c2pa/C.jpg")), Look.METADATA);
        assertThat(drawn.traces())
                .singleElement()
                .satisfies(trace -> assertThat(trace.says()).contains("title C.jpg", "source algorithmicMedia"));
    }

    @Test
    void whatBreakingASealLosesIsSaidBeforeAndAfter() throws IOException {
        Path file = c2pa("real-ai/flux-1.jpg");
        Written refused = labels.write(Source.of(file), Order.implicitOnly(MADE), new Memory());
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        no -> assertThat(no.reason(Lang.EN))
                                .contains("would be lost: generator Black Forest Labs API; title sample.jpeg"));
        Written broken = labels.write(Source.of(file), Order.implicitOnly(MADE).breakingC2pa(), new Memory());
        assertThat(broken)
                .isInstanceOfSatisfying(
                        Written.Done.class,
                        done -> assertThat(done.notes())
                                .anySatisfy(note ->
                                        assertThat(note.message(Lang.ZH)).contains("Black Forest Labs API")));
    }

    @Test
    void aBrokenManifestIsStillASeal() throws IOException {
        byte[] real = java.nio.file.Files.readAllBytes(c2pa("real-ai/flux-1.jpg"));
        int jumb = new String(real, StandardCharsets.ISO_8859_1).indexOf("jumb");
        for (int i = 0; i < 400; i++) {
            byte[] file = real.clone();
            file[jumb + 60 + i * 29] ^= (byte) 0x5A;
            Reading reading = labels.read(Source.of("file", file), Look.METADATA);
            assertThat(reading.signatures()).as("changed at %s", i).hasSize(1);
        }
        byte[] tiny = PngBytes.of(8, 8)
                .chunk("caBX", Arrays.copyOfRange(real, jumb - 4, jumb + 40))
                .bytes();
        assertThat(labels.read(Source.of("file", tiny)).signatures()).hasSize(1);
    }
}
