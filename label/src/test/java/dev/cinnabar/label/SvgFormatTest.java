package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Drawings keep the contract: with and without metadata, a document type, a prefix, in UTF-8 and UTF-16. */
class SvgFormatTest extends FormatContract {
    private static final String OPEN = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">";
    private static final String SHAPE = "<path d=\"M0 0h9\"/><text>月 &amp; tea</text>";
    private static final String RDF =
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><t:x xmlns:t=\"urn:t\">pot</t:x></rdf:RDF>";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected String name() {
        return "a.svg";
    }

    @Override
    protected Format format() {
        return Format.SVG;
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                utf8(OPEN + SHAPE + "</svg>"),
                utf8("\uFEFF<?xml version=\"1.0\"?>\n<!-- > -->\n" + OPEN + "<metadata/>" + SHAPE + "</svg>\n"),
                utf8("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://example.invalid/x.dtd\">\n" + OPEN
                        + SHAPE + "<metadata>" + RDF + "</metadata></svg>"),
                utf8("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:g/><s:metadata>x</s:metadata></s:svg>"),
                ("\uFEFF" + OPEN + SHAPE + "</svg>").getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + OPEN + SHAPE + "</svg>").getBytes(StandardCharsets.UTF_16BE));
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    /** All but the metadata. */
    @Override
    protected byte[] media(byte[] file) {
        Charset charset = switch (file[0]) {
            case (byte) 0xFF -> StandardCharsets.UTF_16LE;
            case (byte) 0xFE -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
        String text = new String(file, charset);
        return utf8(text.replaceAll("(?s)<(s:)?metadata(/>|.*?</(s:)?metadata>)", ""));
    }

    @Override
    protected byte[] withStrangers() {
        return utf8(OPEN + "<metadata><x:tea xmlns:x='urn:x'>pot</x:tea>" + RDF + "</metadata><!-- c -->" + SHAPE
                + "<x:y xmlns:x=\"urn:x\"/></svg>");
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(
                utf8("<x:tea xmlns:x='urn:x'>pot</x:tea>"),
                utf8("<t:x xmlns:t=\"urn:t\">pot</t:x>"),
                utf8("<!-- c -->" + SHAPE + "<x:y xmlns:x=\"urn:x\"/>"));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(
                utf8(OPEN + "<metadata><c2pa:manifest xmlns:c2pa=\"http://c2pa.org/manifest\">AAAA</c2pa:manifest>"
                        + "</metadata></svg>"));
    }

    @Test
    void theJdksParserReadsTheLabelInTheMetadata() throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        for (byte[] sample : samples()) {
            byte[] labelled = write(sample, Order.implicitOnly(SECOND));
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(labelled));
            var found = document.getElementsByTagNameNS("http://www.tc260.org.cn/ns/AIGC/1.0/", "AIGC");
            assertThat(found.getLength()).isEqualTo(1);
            assertThat(found.item(0).getTextContent()).isEqualTo(SECOND.toJson());
            assertThat(document.getElementsByTagNameNS("http://www.w3.org/2000/svg", "metadata")
                            .item(0)
                            .getTextContent())
                    .contains(SECOND.toJson());
        }
    }

    private void assertRefused(byte[] file, Fault fault) throws IOException {
        assertThat(labels.write(Source.of("a.svg", file), Order.implicitOnly(FIRST), new Memory()))
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.why().fault()).isEqualTo(fault));
        assertThat(labels.read(Source.of("a.svg", file)).labels()).isEmpty();
    }

    @Test
    void whatCannotBeLabelledSafelyIsRefused() throws IOException {
        String bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" + OPEN + "&b;</svg>";
        assertRefused(utf8(bomb), Fault.UNREADABLE);
        assertThat(labels.read(Source.of("a.svg", utf8(bomb))).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertRefused(utf8(OPEN + "<g>".repeat(1000) + "</g>".repeat(1000) + "</svg>"), Fault.UNREADABLE);
        assertRefused(utf8(OPEN + "<g>".repeat(50) + "</g>".repeat(50) + "</svg>"), Fault.TOO_LARGE);
        assertRefused(utf8(OPEN + "<aigc>&x;</aigc></svg>"), Fault.UNREADABLE);
        assertRefused(utf8(OPEN + "<aigc>" + RDF + "</aigc></svg>"), Fault.UNREADABLE);
        assertRefused(utf8("<html></html>"), Fault.UNREADABLE);
        assertRefused(utf8("no drawing"), Fault.UNREADABLE);
        assertRefused((OPEN + "<text>\u00E9</text></svg>").getBytes(StandardCharsets.ISO_8859_1), Fault.ENCODING);
        assertRefused(utf8(OPEN + "<!--" + "x".repeat(1 << 20) + "--></svg>"), Fault.TOO_LARGE);
    }

    @Test
    void aLabelOutsideAnyPacketIsReplaced() throws IOException {
        String tc260 = "<TC260:AIGC xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\">{\"AIGC\":{\"Label\":\"1\"}}";
        for (String old :
                List.of(tc260 + "</TC260:AIGC>", tc260 + "<!-- --></TC260:AIGC>", "<aigc>{\"AIGC\":{}}</aigc>")) {
            byte[] labelled = write(utf8(OPEN + old + SHAPE + "</svg>"), Order.implicitOnly(FIRST));
            assertThat(read(labelled, Look.METADATA).verdict()).isEqualTo(new Verdict.Compliant());
        }
    }

    @Test
    void anEmptyDrawingTakesTheLabelAndItsNameIsNotNeeded() throws IOException {
        byte[] file = utf8("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        Memory target = new Memory();
        assertThat(labels.write(Source.of("drawing", file), Order.implicitOnly(FIRST), target))
                .isInstanceOf(Written.Done.class);
        assertThat(labels.read(Source.of("drawing", target.bytes())).verdict()).isEqualTo(new Verdict.Compliant());
    }
}
