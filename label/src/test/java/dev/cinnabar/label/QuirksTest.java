package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import dev.cinnabar.testkit.PngBytes;
import dev.cinnabar.testkit.WavBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What real files do with labels, and what is said of it: every line of the table of errors and warnings. */
class QuirksTest {
    private static final String CODE = "001191110102MACQD9K64010000";
    private static final String GOOD = AigcLabel.first(CODE, "id-1").toJson();
    private static final String URI = "http://www.tc260.org.cn/ns/AIGC/1.0/";

    private final Labels labels = new Labels(Limits.standard());

    private Reading read(String name, byte[] file) {
        try {
            return labels.read(Source.of(name, file), Look.METADATA);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Reading png(String keyword, String text) {
        return read(
                "a.png",
                PngBytes.of(8, 8).chunk("tEXt", PngBytes.text(keyword, text)).bytes());
    }

    private Reading wav(String json) {
        return read(
                "a.wav",
                WavBytes.of(8000, 1, 16)
                        .chunk("AIGC", json.getBytes(StandardCharsets.UTF_8))
                        .bytes());
    }

    private Reading xmp(String packet) {
        return read(
                "a.png",
                PngBytes.of(8, 8)
                        .chunk("iTXt", PngBytes.internationalText("XML:com.adobe.xmp", packet, false))
                        .bytes());
    }

    private static String packet(String inside) {
        return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                + inside + "</rdf:RDF></x:xmpmeta>";
    }

    private static String escaped(String json) {
        return json.replace("\"", "&quot;");
    }

    private static void assertFaults(Reading reading, Fault... faults) {
        assertThat(reading.findings().stream().map(Finding::fault)).containsExactlyInAnyOrder(faults);
        boolean errors = reading.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
        assertThat(reading.verdict()).isInstanceOf(errors ? Verdict.NonCompliant.class : Verdict.Compliant.class);
    }

    private static String with(String key, String value) {
        return GOOD.replaceFirst("\"" + key + "\":\"[^\"]*\"", value);
    }

    @Test
    void theErrorsAreErrors() {
        assertFaults(wav(with("Label", "\"Label\":\"4\"")), Fault.LEVEL_UNKNOWN);
        assertFaults(wav(with("Label", "\"Label\":\"\"")), Fault.LEVEL_UNKNOWN);
        assertFaults(
                wav("{\"Label\":\"1\",\"ContentProducer\":\"" + CODE + "\"}"),
                Fault.KEY_MISSING,
                Fault.PROPAGATOR_EMPTY);
        assertFaults(wav(with("ProduceID", "\"ProduceID\":\"\"")), Fault.PRODUCER_EMPTY);
        assertFaults(wav(with("ProduceID", "\"ProduceID\":\"a b\"")), Fault.CHARACTERS);
        assertFaults(wav(with("ProduceID", "\"ProduceID\":\"编号\"")), Fault.CHARACTERS);
        assertFaults(wav(with("ProduceID", "\"ProduceID\":\"a\\\\b\"")), Fault.CHARACTERS);
        assertFaults(wav("Label=1"), Fault.NOT_JSON);
        assertFaults(wav("{\"Label\":\"1\""), Fault.NOT_JSON);
        assertFaults(wav(""), Fault.NOT_JSON);
        assertFaults(wav("{\"x\":1}"), Fault.NOT_JSON);
        assertFaults(wav("{\"AIGC\":\"" + GOOD.replace("\"", "\\\"") + "\"}"), Fault.NOT_JSON);
        assertFaults(wav(Base64.getEncoder().encodeToString(GOOD.getBytes(StandardCharsets.UTF_8))), Fault.BASE64);
        assertFaults(
                wav(Base64.getUrlEncoder().withoutPadding().encodeToString(GOOD.getBytes(StandardCharsets.UTF_8))),
                Fault.BASE64);
        assertFaults(wav(with("Label", "\"Label\":\"1\",\"Label\":\"2\"")), Fault.KEY_TWICE);
        assertFaults(wav("{\"AIGC\":" + GOOD + ",\"AIGC\":" + GOOD + "}"), Fault.KEY_TWICE, Fault.WRAPPED);
    }

    @Test
    void theWarningsAreWarnings() {
        assertFaults(wav(GOOD));
        assertFaults(wav("\uFEFF" + GOOD + "\0\0 \n"));
        assertFaults(wav(with("ContentPropagator", "\"ContentPropagator\":\"\"")), Fault.PROPAGATOR_EMPTY);
        assertFaults(
                wav("{\"aigc\":{\"Label\":\"1\",\"ContentProducer\":\"MiniMax\",\"ProduceID\":\"x\"}}"),
                Fault.CAMEL_CASE,
                Fault.WRAPPED,
                Fault.PROPAGATOR_EMPTY,
                Fault.NOT_A_CODE);
        assertFaults(wav(with("Label", "\"Label\":1")), Fault.VALUE_NOT_STRING);
        assertFaults(wav(with("ReservedCode1", "\"ReservedCode1\":{\"a\":{\"b\":[1,2]}}")), Fault.VALUE_NOT_STRING);
        assertFaults(wav("{\"AIGC\":" + GOOD + "}"), Fault.WRAPPED);
        assertFaults(wav(with("Label", "\"Label\":\"1\",\"DisclaimerText\":\"x\"")), Fault.EXTRA_KEY);
        assertFaults(
                wav(GOOD.replace("\"Label\"", "\"label\"").replace("ProduceID", "produceId")),
                Fault.CAMEL_CASE,
                Fault.CAMEL_CASE);
        assertFaults(wav(with("ContentProducer", "\"ContentProducer\":\"doubao\"")), Fault.NOT_A_CODE);
        assertFaults(wav(with("ReservedCode1", "\"ReservedCode1\":\"" + "x".repeat(5000) + "\"")), Fault.VALUE_LONG);
    }

    @Test
    void propagatedLevelsNeedNoProducer() {
        AigcLabel spread = new AigcLabel(Level.SUSPECTED, "", "", "", CODE, "p-1", "");
        assertFaults(wav(spread.toJson()));
    }

    @Test
    void placesOfAPng() {
        assertFaults(png("AIGC", "{\"AIGC\":" + GOOD + "}"), Fault.ANNEX_B_PLACE);
        assertFaults(png("AIGC", GOOD), Fault.ANNEX_B_PLACE);
        assertFaults(png("myAigcNote", GOOD), Fault.OTHER_PLACE);
        byte[] packed = PngBytes.of(8, 8)
                .late("zTXt", PngBytes.packedText("AIGC", GOOD.getBytes(StandardCharsets.UTF_8)))
                .bytes();
        assertFaults(read("a.png", packed), Fault.OTHER_PLACE);
        byte[] exif = PngBytes.of(8, 8)
                .chunk("eXIf", JpegBytes.exifBlock(1, "", "{\"AIGC\":" + GOOD + "}", false))
                .bytes();
        assertFaults(read("a.png", exif), Fault.ANNEX_B_PLACE);
        byte[] late = PngBytes.of(8, 8)
                .late("iTXt", PngBytes.internationalText("XML:com.adobe.xmp", packet(element(GOOD)), true))
                .bytes();
        assertFaults(read("a.png", late));
    }

    private static String element(String json) {
        return "<rdf:Description rdf:about='' xmlns:TC260='" + URI + "'><TC260:AIGC>" + escaped(json)
                + "</TC260:AIGC></rdf:Description>";
    }

    @Test
    void formsOfXmp() {
        assertFaults(xmp(packet(element(GOOD))));
        assertFaults(xmp(packet(
                "<rdf:Description rdf:about='' xmlns:TC260='" + URI + "' TC260:AIGC=\"" + escaped(GOOD) + "\"/>")));
        assertFaults(
                xmp(packet(element(GOOD).replace("TC260:", "tc260:").replace(":TC260=", ":tc260="))), Fault.PREFIX);
        assertFaults(xmp(packet(element(GOOD).replace(escaped(GOOD), "<![CDATA[" + GOOD + "]]>"))));
        assertFaults(xmp(packet(element(GOOD).replace("&quot;", "&#x22;"))));
        assertFaults(xmp(packet(element(GOOD).replace(URI, "http://example.org/"))), Fault.OTHER_PLACE);
        assertFaults(xmp(packet(element(GOOD) + element(GOOD))), Fault.TWO_LABELS);
        String encoded = Base64.getEncoder().encodeToString(GOOD.getBytes(StandardCharsets.UTF_8));
        assertFaults(
                xmp(packet("<rdf:Description xmlns:v='urn:v' v:XmpKvBase64='" + encoded + "'/>")),
                Fault.BASE64,
                Fault.OTHER_PLACE);
    }

    @Test
    void xmlThatMustNotBeReadIsInconclusive() {
        for (String hostile : List.of(
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                packet("<rdf:Description xmlns:TC260='" + URI + "'><TC260:AIGC>&b;</TC260:AIGC></rdf:Description>"),
                "<a><aigc></a>",
                "<aigc>".repeat(500))) {
            assertThat(xmp(hostile).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            assertThat(xmp(hostile).findings()).anyMatch(finding -> finding.fault() == Fault.XML_REFUSED);
        }
    }

    @Test
    void placesOfAJpeg() {
        JpegBytes comment = JpegBytes.of(16, 16).exif(1, "", "{\"AIGC\":" + GOOD + "}", true);
        assertFaults(read("a.jpg", comment.bytes()), Fault.ANNEX_B_PLACE);
        JpegBytes description = JpegBytes.of(16, 16).exif(1, GOOD, "", true);
        assertFaults(read("a.jpg", description.bytes()), Fault.OTHER_PLACE);
        byte[] bare = ("AIGC" + GOOD).getBytes(StandardCharsets.UTF_8);
        assertFaults(read("a.jpg", JpegBytes.of(16, 16).segment(0xE1, bare).bytes()), Fault.OTHER_PLACE);
        assertFaults(read("a.jpg", JpegBytes.of(16, 16).segment(0xFE, bare).bytes()), Fault.OTHER_PLACE);
        assertFaults(
                read(
                        "a.jpg",
                        JpegBytes.of(16, 16).extendedXmp(packet(element(GOOD))).bytes()),
                Fault.OTHER_PLACE);
        assertFaults(
                read("a.jpg", JpegBytes.of(16, 16).xmp(packet(element(GOOD))).bytes()));
        assertFaults(read("a.jpg", comment.xmp(packet(element(GOOD))).bytes()), Fault.TWO_LABELS);
    }

    @Test
    void theOlderSchemaIsNoLabel() {
        String older = "{\"ServiceProvider\":\"x\",\"ServiceUser\":\"y\",\"Time\":\"1\",\"ContentId\":\"z\"}";
        Reading reading =
                read("a.jpg", JpegBytes.of(16, 16).exif(1, older, "", false).bytes());
        assertThat(reading.findings().stream().map(Finding::fault)).containsExactly(Fault.OLDER_SCHEMA);
        assertThat(reading.verdict()).isInstanceOf(Verdict.NotFound.class);
    }

    @Test
    void wordsAboutLabelsAreNoLabels() {
        JpegBytes chat = JpegBytes.of(16, 16).exif(1, "AIGC is a word", "{\"note\":\"about AIGC\"}", true);
        assertThat(read("a.jpg", chat.bytes()).verdict()).isInstanceOf(Verdict.NotFound.class);
        assertThat(read(
                                "a.jpg",
                                chat.segment(0xFE, "AIGC {not a label}".getBytes(StandardCharsets.UTF_8))
                                        .bytes())
                        .verdict())
                .isInstanceOf(Verdict.NotFound.class);
        assertThat(xmp(packet("<rdf:Description xmlns:a='urn:a' a:AIGC='yes'/>"))
                        .verdict())
                .isInstanceOf(Verdict.NotFound.class);
    }

    @Test
    void placesOfAWav() {
        byte[] json = GOOD.getBytes(StandardCharsets.UTF_8);
        byte[] info = new byte[4 + 8 + json.length + (json.length & 1)];
        System.arraycopy("INFO".getBytes(StandardCharsets.UTF_8), 0, info, 0, 4);
        System.arraycopy(WavBytes.chunkBytes("AIGC", json), 0, info, 4, info.length - 4);
        assertFaults(read("a.wav", WavBytes.of(8000, 1, 8).late("LIST", info).bytes()), Fault.OTHER_PLACE);
        assertFaults(read("a.wav", WavBytes.of(8000, 1, 8).late("aigc", json).bytes()), Fault.OTHER_PLACE);
        assertFaults(read("a.wav", WavBytes.of(8000, 1, 8).late("AIGC", json).bytes()));
        assertFaults(
                read(
                        "a.wav",
                        WavBytes.of(8000, 1, 8)
                                .chunk("AIGC", json)
                                .late("AIGC", json)
                                .bytes()),
                Fault.TWO_LABELS);
        assertFaults(
                read(
                        "a.wav",
                        WavBytes.of(8000, 1, 8)
                                .late("_PMX", packet(element(GOOD)).getBytes(StandardCharsets.UTF_8))
                                .bytes()),
                Fault.OTHER_PLACE);
    }

    @Test
    void formsOfYaml() {
        String block = "AIGC:\n  Label: \"1\"\n  ContentProducer: " + CODE
                + "\n  'ProduceID': 'id''1'\n  # note\n\n  ContentPropagator: " + CODE
                + " # same\n  PropagateID: \"id\\\"1\"\n";
        Reading reading = markdown(block);
        assertFaults(reading);
        assertThat(reading.labels().getFirst().values())
                .containsEntry(Field.PRODUCE_ID, "id'1")
                .containsEntry(Field.PROPAGATE_ID, "id\"1")
                .containsEntry(Field.CONTENT_PROPAGATOR, CODE);
        assertFaults(markdown("AIGC: " + GOOD + "\n"));
        assertFaults(markdown("AIGC: '" + GOOD + "'\n"));
        assertFaults(markdown("\"AIGC\": |\n  " + GOOD + "\n"));
        assertFaults(markdown(block.replace("Label: \"1\"", "Label: 1")), Fault.VALUE_NOT_STRING);
        assertFaults(markdown(block + block), Fault.TWO_LABELS);
        assertFaults(markdown("AIGC: yes\n"), Fault.NOT_JSON);
        assertThat(read("a.md", ("text\n---\n" + block + "---\n").getBytes(StandardCharsets.UTF_8))
                        .verdict())
                .isInstanceOf(Verdict.NotFound.class);
    }

    private Reading markdown(String yaml) {
        return read("a.md", ("---\ntitle: x\n" + yaml + "other: y\n---\ntext\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void securityDataIsReportedAsPresentOnly() {
        String data = "{\\\"SecurityData\\\":{\\\"Type\\\":\\\"TC260PG\\\"}}";
        Reading reading = wav(with("ReservedCode1", "\"ReservedCode1\":\"" + data.replace("\\", "\\\\") + "\""));
        assertThat(reading.signatures()).singleElement().satisfies(seen -> {
            assertThat(seen.scheme()).isEqualTo(SignatureSeen.Scheme.TC260PG);
            assertThat(seen.valid()).isEmpty();
        });
    }

    @Test
    void everyQuirkIsMendedByWriting() throws IOException {
        byte[] json = GOOD.getBytes(StandardCharsets.UTF_8);
        String wrapped = "{\"AIGC\":" + GOOD + "}";
        byte[] bare = ("AIGC" + GOOD).getBytes(StandardCharsets.UTF_8);
        Map<String, List<byte[]>> files = Map.of(
                "a.png",
                List.of(
                        PngBytes.of(8, 8)
                                .chunk("tEXt", PngBytes.text("AIGC", wrapped))
                                .late("tEXt", PngBytes.text("AIGC", GOOD))
                                .bytes(),
                        PngBytes.of(8, 8)
                                .late("zTXt", PngBytes.packedText("aigc", json))
                                .bytes(),
                        PngBytes.of(8, 8)
                                .chunk(
                                        "zTXt",
                                        PngBytes.packedText(
                                                "XML:com.adobe.xmp",
                                                packet(element(GOOD)).getBytes(StandardCharsets.UTF_8)))
                                .bytes(),
                        PngBytes.of(8, 8)
                                .chunk(
                                        "iTXt",
                                        PngBytes.internationalText(
                                                "XML:com.adobe.xmp", packet(element(GOOD) + element(GOOD)), true))
                                .bytes(),
                        PngBytes.of(8, 8)
                                .chunk(
                                        "iTXt",
                                        PngBytes.internationalText(
                                                "XML:com.adobe.xmp",
                                                packet(element(GOOD).replace("TC260", "tc260")),
                                                false))
                                .bytes(),
                        PngBytes.of(8, 8)
                                .chunk("eXIf", JpegBytes.exifBlock(1, GOOD, wrapped, false))
                                .bytes()),
                "a.jpg",
                List.of(
                        JpegBytes.of(16, 16)
                                .exif(1, GOOD, wrapped, true)
                                .xmp(packet(element(GOOD)))
                                .xmp(packet(element(GOOD)))
                                .bytes(),
                        JpegBytes.of(16, 16)
                                .segment(0xE1, bare)
                                .segment(0xFE, bare)
                                .segment(0xE9, wrapped.getBytes(StandardCharsets.UTF_8))
                                .bytes()),
                "a.wav",
                List.of(
                        WavBytes.of(8000, 1, 8)
                                .chunk("AIGC", json)
                                .late("aigc", json)
                                .late("AIGC", json)
                                .bytes(),
                        WavBytes.of(8000, 1, 8)
                                .late("_PMX", packet(element(GOOD)).getBytes(StandardCharsets.UTF_8))
                                .bytes()),
                "a.md",
                List.of(("---\nAIGC: " + wrapped + "\nt: x\n'aigc':\n  Label: 1\n\n  x: y\n---\n")
                        .getBytes(StandardCharsets.UTF_8)));
        AigcLabel label = AigcLabel.first(CODE, "mended");
        for (Map.Entry<String, List<byte[]>> entry : files.entrySet()) {
            for (byte[] file : entry.getValue()) {
                Memory target = new Memory();
                Written written = labels.write(Source.of(entry.getKey(), file), Order.implicitOnly(label), target);
                assertThat(written).isInstanceOf(Written.Done.class);
                Reading reading = read(entry.getKey(), target.bytes());
                assertThat(reading.verdict()).as("%s", reading).isInstanceOf(Verdict.Compliant.class);
                assertThat(reading.labels().getFirst().label()).contains(label);
                assertThat(reading.findings()).isEmpty();
            }
        }
    }
}
