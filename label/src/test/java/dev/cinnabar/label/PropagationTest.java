package dev.cinnabar.label;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.label.propagation.Branch;
import dev.cinnabar.label.propagation.Decision;
import dev.cinnabar.label.propagation.DecisionJson;
import dev.cinnabar.label.propagation.Declared;
import dev.cinnabar.label.propagation.Elements;
import dev.cinnabar.label.propagation.Ground;
import dev.cinnabar.label.propagation.Propagator;
import dev.cinnabar.label.propagation.Reason;
import dev.cinnabar.testkit.Corpus;
import dev.cinnabar.testkit.PngBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Labeling Measures Art. 6: the decision of who spreads content, and what is written. */
class PropagationTest {
    private static final String CODE = "001191110102MACQD9K64020000";
    private static final AigcLabel MADE = AigcLabel.first("001191330106MA2CFLDG4R10001", "made-1");

    private final Labels labels = new Labels(Limits.standard());
    private final Propagator propagator = new Propagator(CODE);

    private Reading read(byte[] file) throws IOException {
        return labels.read(Source.of("a.png", file));
    }

    private byte[] labelled(AigcLabel label) throws IOException {
        Memory target = new Memory();
        assertThat(labels.write(Source.of("a.png", plain()), Order.implicitOnly(label), target))
                .isInstanceOf(Written.Done.class);
        return target.bytes();
    }

    private static byte[] plain() {
        return PngBytes.of(40, 30).bytes();
    }

    private static byte[] with(String type, String keyword, String text) {
        byte[] data =
                type.equals("iTXt") ? PngBytes.internationalText(keyword, text, false) : PngBytes.text(keyword, text);
        return PngBytes.of(40, 30).chunk(type, data).bytes();
    }

    private static byte[] xmp(String properties) {
        return with(
                "iTXt",
                "XML:com.adobe.xmp",
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                        + "<rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\""
                        + " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\">"
                        + properties + "</rdf:Description></rdf:RDF></x:xmpmeta>");
    }

    private static List<Ground> grounds(Decision decision) {
        return decision.reasons().stream().map(Reason::ground).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "is, UNSAID, is, LABELLED",
        "is, YES, is, LABELLED",
        "is, NO, is, LABELLED",
        "may, UNSAID, may, DECLARED",
        "may, YES, may, DECLARED",
        "may, NO, may, DECLARED",
        "suspected, UNSAID, suspected, DETECTED",
        "suspected, YES, may, DECLARED",
        "suspected, NO, suspected, DETECTED"
    })
    void aLabelIsNeverLoweredAndASuspicionIsRaisedByADeclaration(
            String found, Declared declared, String expected, Branch branch) throws IOException {
        AigcLabel there = AigcLabel.first(Level.ofWord(found).orElseThrow(), "moonlit-teapot", "1");
        Decision decision = propagator.decide(read(labelled(there)), declared);
        assertThat(decision.level()).isEqualTo(Level.ofWord(expected));
        assertThat(decision.branch()).isEqualTo(branch);
        assertThat(grounds(decision).contains(Ground.DENIED)).isEqualTo(declared == Declared.NO);
    }

    @Test
    void aSignedSuspicionIsNotRaised() throws IOException {
        AigcLabel signed =
                AigcLabel.first(Level.SUSPECTED, "moonlit-teapot", "1").withReservedCode1("x");
        Decision decision = propagator.decide(read(labelled(signed)), Declared.YES);
        assertThat(decision.level()).contains(Level.SUSPECTED);
        assertThat(grounds(decision)).contains(Ground.SIGNED_LEVEL);
    }

    @Test
    void aDeclarationAloneIsMayBe() throws IOException {
        Decision decision = propagator.decide(read(plain()), Declared.YES);
        assertThat(decision.level()).contains(Level.MAY);
        assertThat(decision.branch()).isEqualTo(Branch.DECLARED);
    }

    @Test
    void whereNothingIsFoundNothingIsWritten() throws IOException {
        Decision decision = propagator.decide(read(plain()), Declared.UNSAID);
        assertThat(decision.level()).isEmpty();
        assertThat(grounds(decision)).containsExactly(Ground.NOTHING, Ground.REMIND);
        assertThat(propagator.elements(decision, "p-1")).isEqualTo(new Elements.Nothing());
        assertThat(grounds(propagator.decide(read(plain()), Declared.NO))).containsExactly(Ground.NOTHING);
    }

    @Test
    void anExplicitLabelAloneIsSuspected() throws IOException {
        Memory target = new Memory();
        labels.write(Source.of("a.txt", "words\n".getBytes(UTF_8)), Order.of(MADE), target);
        Decision decision = propagator.decide(labels.read(Source.of("a.txt", target.bytes())), Declared.NO);
        assertThat(decision.level()).contains(Level.SUSPECTED);
        assertThat(grounds(decision)).containsExactly(Ground.EXPLICIT_MARK, Ground.DENIED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tEXt|parameters|a cat\\nSteps: 20, Sampler: Euler a, Seed: 1|Stable Diffusion web UI and its kin",
                "iTXt|prompt|{\"3\":{\"class_type\":\"KSampler\"}}|ComfyUI",
                "tEXt|invokeai_metadata|{}|InvokeAI",
                "tEXt|Software|NovelAI|NovelAI"
            })
    void generatorsAreKnownByWhatTheyLeave(String type, String keyword, String text, String tool) throws IOException {
        Reading reading = read(with(type, keyword, text));
        assertThat(reading.traces())
                .containsExactly(new Trace(Trace.Kind.GENERATOR, "png:" + type + "/" + keyword, tool, true));
        Decision decision = propagator.decide(reading, Declared.UNSAID);
        assertThat(decision.level()).contains(Level.SUSPECTED);
        assertThat(decision.branch()).isEqualTo(Branch.DETECTED);
        assertThat(decision.reasons().getFirst().message(Lang.ZH)).contains(tool);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"tEXt|parameters|a recipe for tea", "tEXt|Software|Paint 3", "tEXt|Comment|made by hand"})
    void whatAnyoneMayWriteIsNoTrace(String type, String keyword, String text) throws IOException {
        assertThat(read(with(type, keyword, text)).traces()).isEmpty();
    }

    @Test
    void aSourceTypeThatNamesAMachineIsATraceAndACameraIsNot() throws IOException {
        String machine = SourceType.TRAINED_ALGORITHMIC_MEDIA.uri();
        Reading reading = read(xmp("<Iptc4xmpExt:DigitalSourceType>" + machine + "</Iptc4xmpExt:DigitalSourceType>"));
        assertThat(reading.findings()).isEmpty();
        assertThat(reading.verdict()).isEqualTo(new Verdict.NotFound());
        assertThat(grounds(propagator.decide(reading, Declared.UNSAID))).containsExactly(Ground.SOURCE_TYPE);
        Reading camera = read(xmp("<Iptc4xmpExt:DigitalSourceType>" + SourceType.DIGITAL_CAPTURE.uri()
                + "</Iptc4xmpExt:DigitalSourceType>"));
        assertThat(camera.traces()).hasSize(1);
        assertThat(propagator.decide(camera, Declared.UNSAID).level()).isEmpty();
    }

    @Test
    void aBareSourceTypeIsUnderstoodAndSaid() throws IOException {
        Reading reading =
                read(xmp("<Iptc4xmpExt:DigitalSourceType>trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>"));
        assertThat(reading.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.fault()).isEqualTo(Fault.SOURCE_TYPE_BARE);
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
        });
        assertThat(propagator.decide(reading, Declared.UNSAID).level()).contains(Level.SUSPECTED);
    }

    @Test
    void remainsOfALabelAreASuspicionAndNoMore() throws IOException {
        Reading reading = read(xmp("<TC260:AIGC>{\"Label\":\"1\",\"ContentPro</TC260:AIGC>"));
        Decision decision = propagator.decide(reading, Declared.UNSAID);
        assertThat(decision.level()).contains(Level.SUSPECTED);
        assertThat(grounds(decision)).containsExactly(Ground.LABEL_UNCLEAR);
        assertThat(propagator.decide(reading, Declared.YES).level()).contains(Level.MAY);
    }

    @Test
    void aFaultyLabelThatSaysGeneratedStillSaysIt() throws IOException {
        Reading reading =
                read(xmp("<TC260:AIGC>{&quot;Label&quot;:1,&quot;ContentProducer&quot;:&quot;moonlit-teapot&quot;,"
                        + "&quot;ProduceID&quot;:&quot;7&quot;}</TC260:AIGC>"));
        Decision decision = propagator.decide(reading, Declared.UNSAID);
        assertThat(decision.level()).contains(Level.IS);
        assertThat(propagator.elements(decision, "p-1"))
                .isEqualTo(new Elements.Write(new AigcLabel(Level.IS, "moonlit-teapot", "7", "", CODE, "p-1", "")));
    }

    @Test
    void aProducerSideThatBreaksTheCharactersIsLeftAlone() throws IOException {
        Reading reading =
                read(xmp("<TC260:AIGC>{&quot;Label&quot;:&quot;1&quot;,&quot;ContentProducer&quot;:&quot;月下茶壶&quot;,"
                        + "&quot;ProduceID&quot;:&quot;7&quot;}</TC260:AIGC>"));
        Decision decision = propagator.decide(reading, Declared.UNSAID);
        assertThat(decision.level()).contains(Level.IS);
        assertThat(propagator.elements(decision, "p-1"))
                .isInstanceOfSatisfying(
                        Elements.Hindered.class,
                        hindered -> assertThat(hindered.why().fault()).isEqualTo(Fault.PRODUCER_SIDE));
    }

    @Test
    void ofTwoLabelsTheClearestIsKept() throws IOException {
        byte[] suspected =
                PngBytes.text("AIGC", AigcLabel.first(Level.SUSPECTED, "x", "2").toWrappedJson());
        String xmp =
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                        + "<rdf:Description xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\"><TC260:AIGC>"
                        + MADE.toJson()
                        + "</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>";
        byte[] both = PngBytes.of(40, 30)
                .chunk("tEXt", suspected)
                .chunk("iTXt", PngBytes.internationalText("XML:com.adobe.xmp", xmp, false))
                .bytes();
        Decision decision = propagator.decide(read(both), Declared.UNSAID);
        assertThat(decision.level()).contains(Level.IS);
        assertThat(decision.kept().flatMap(Found::label)).contains(MADE);
        assertThat(grounds(decision)).containsExactly(Ground.LABEL_IS, Ground.LABELS_MORE);
    }

    @Test
    void whatIsWrittenKeepsTheProducerAndReplacesThePropagator() throws IOException {
        AigcLabel there = MADE.withReservedCode1("c")
                .propagatedBy(Level.IS, "moonlit-teapot", "old")
                .withReservedCode2("r");
        byte[] file = labelled(there);
        Decision decision = propagator.decide(read(file), Declared.UNSAID);
        Elements.Write write = (Elements.Write) propagator.elements(decision, "p-9");
        Memory target = new Memory();
        labels.write(Source.of("a.png", file), Order.implicitOnly(write.label()), target);
        Reading after = read(target.bytes());
        assertThat(after.verdict()).isEqualTo(new Verdict.Compliant());
        assertThat(after.labels())
                .singleElement()
                .satisfies(found -> assertThat(found.label())
                        .contains(new AigcLabel(
                                Level.IS, MADE.contentProducer(), MADE.produceId(), "c", CODE, "p-9", "")));
        assertThat(DecisionJson.of(Map.of(), decision, Optional.of(write.label()), Optional.empty(), Lang.EN))
                .contains("\"before\":{\"ContentPropagator\":\"moonlit-teapot\",\"PropagateID\":\"old\"}");
    }

    @Test
    void aDeclarationWrittenIsCompliantWithoutAProducer() throws IOException {
        Decision decision = propagator.decide(read(plain()), Declared.YES);
        Elements.Write write = (Elements.Write) propagator.elements(decision, "p-1");
        assertThat(read(labelled(write.label())).verdict()).isEqualTo(new Verdict.Compliant());
    }

    @Test
    void aBrokenFileIsNotSaidToHaveNothing() throws IOException {
        byte[] cut = java.util.Arrays.copyOf(plain(), 60);
        Decision decision = propagator.decide(read(cut), Declared.NO);
        assertThat(decision.branch()).isEqualTo(Branch.UNREAD);
        assertThat(decision.level()).isEmpty();
        assertThat(propagator.decide(read(cut), Declared.YES).level()).contains(Level.MAY);
    }

    @ParameterizedTest
    @EnumSource(Ground.class)
    void everyReasonHasItsWords(Ground ground) {
        Reason reason = new Reason(ground, List.of("one", "two"));
        assertThat(reason.message(Lang.EN)).isNotBlank().doesNotContain("{");
        assertThat(reason.message(Lang.ZH)).isNotBlank().doesNotContain("{");
    }

    @Test
    void everyNoticeCarriesBothElements() {
        for (Level level : Level.values()) {
            Decision decision = new Decision(Optional.of(level), Branch.LABELLED, List.of(), Optional.empty());
            for (Lang lang : Lang.values()) {
                assertThat(Wordings.missing(decision.notice(lang).orElseThrow(), Lang.EN))
                        .isEmpty();
            }
        }
    }

    @Test
    void aPropagatorMustBeNamed() {
        assertThatThrownBy(() -> new Propagator("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Propagator("月")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void realFilesOfGenerators() throws IOException {
        Optional<Path> corpus = Corpus.folder();
        Assumptions.assumeTrue(corpus.isPresent(), Corpus.ABSENT + ": real-ai");
        Path doubao = corpus.get().resolve("real-ai/doubao_black_1x1_1.png");
        Decision decision = propagator.decide(labels.read(Source.of(doubao)), Declared.UNSAID);
        assertThat(decision.level()).contains(Level.IS);
        assertThat(decision.branch()).isEqualTo(Branch.LABELLED);
    }
}
