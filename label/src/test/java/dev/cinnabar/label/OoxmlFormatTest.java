package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.ZipBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Word documents keep the contract, and with them Excel's and PowerPoint's, which differ in nothing that matters here. */
class OoxmlFormatTest extends ZipFormatContract {
    static final String TYPES =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>%s</Types>";
    private static final String OVERRIDE =
            "<Override PartName=\"/docProps/custom.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.custom-properties+xml\"/>";
    static final String LINKS =
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"word/document.xml\"/>%s</Relationships>";
    private static final String BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String LINK =
            "<Relationship Id=\"rId2\" Type=\"" + BASE + "/custom-properties\" Target=\"docProps/custom.xml\"/>";
    private static final String CUSTOM =
            "<?xml version=\"1.0\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:v=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">%s</Properties>";
    private static final String OTHER =
            "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"7\" name=\"Teapot\"><v:lpwstr>moon &amp; sun</v:lpwstr></property>";

    static ZipBytes bare() {
        return ZipBytes.empty()
                .deflated("[Content_Types].xml", TYPES.formatted(""))
                .deflated("_rels/.rels", LINKS.formatted(BASE, ""))
                .deflated("word/document.xml", "<w:document xmlns:w=\"x\"><w:t>月</w:t></w:document>");
    }

    private static ZipBytes withProperties(String properties) {
        return ZipBytes.empty()
                .deflated("[Content_Types].xml", TYPES.formatted(OVERRIDE))
                .stored("_rels/.rels", LINKS.formatted(BASE, LINK))
                .deflated("docProps/custom.xml", CUSTOM.formatted(properties))
                .deflated("word/document.xml", "<w:document xmlns:w=\"x\"/>");
    }

    @Override
    Set<String> touched() {
        return Set.of("[Content_Types].xml", "_rels/.rels", "docProps/custom.xml");
    }

    @Override
    protected String name() {
        return "a.docx";
    }

    @Override
    protected Format format() {
        return Format.DOCX;
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                bare().bytes(),
                bare().descriptors().bytes(),
                bare().zip64().bytes(),
                withProperties(OTHER).bytes(),
                withProperties("").descriptors().bytes(),
                ZipBytes.empty()
                        .deflated("[Content_Types].xml", TYPES.formatted(""))
                        .deflated(
                                "_rels/.rels",
                                LINKS.formatted("http://purl.oclc.org/ooxml/officeDocument/relationships", ""))
                        .stored("word/document.xml", "<x/>")
                        .bytes());
    }

    @Override
    protected byte[] withStrangers() {
        return withProperties(OTHER)
                .stored("word/media/a.bin", "stranger-bytes")
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of("stranger-bytes".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(
                bare().stored("META-INF/content_credential.c2pa", "jumb").bytes());
    }

    @Test
    void excelAndPowerPointAreKnownByNameAndByContent() throws IOException {
        for (String[] one : new String[][] {
            {"a.xlsx", "xl/workbook.xml", "xlsx"},
            {"b.potx", "ppt/presentation.xml", "pptx"},
            {"upload", "ppt/presentation.xml", "pptx"},
            {"upload", "xl/workbook.xml", "xlsx"},
            {"upload", "word/document.xml", "docx"},
            {"x.zip", "readme.txt", "unknown"}
        }) {
            byte[] file = ZipBytes.empty()
                    .deflated(one[1].startsWith("readme") ? "a" : "[Content_Types].xml", TYPES.formatted(""))
                    .deflated("_rels/.rels", LINKS.formatted(BASE, ""))
                    .stored(one[1], "<x/>")
                    .bytes();
            assertThat(labels.read(Source.of(one[0], file)).format().word()).isEqualTo(one[2]);
            if (!one[2].equals("unknown")) {
                Memory target = new Memory();
                labels.write(Source.of(one[0], file), Order.implicitOnly(FIRST), target);
                assertThat(labels.read(Source.of(one[0], target.bytes())).verdict())
                        .isEqualTo(new Verdict.Compliant());
            }
        }
    }

    @Test
    void otherPropertiesAndTheirNumbersStay() {
        byte[] labelled = write(withProperties(OTHER).bytes(), Order.implicitOnly(FIRST));
        String custom = text(labelled, "docProps/custom.xml");
        assertThat(custom).contains(OTHER).contains("pid=\"8\" name=\"AIGC\"");
    }

    private static String text(byte[] file, String entry) {
        try (java.util.zip.ZipInputStream in =
                new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(file))) {
            for (java.util.zip.ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                if (each.getName().equals(entry)) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
            throw new AssertionError(entry);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void twoLabelsAreFoundAndOneIsLeft() {
        String label = "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"3\" name=\"%s\"><v:lpwstr>"
                + FIRST.toJson().replace("\"", "&quot;") + "</v:lpwstr></property>";
        byte[] file = withProperties(label.formatted("AIGC") + OTHER + label.formatted("aigc"))
                .bytes();
        assertThat(read(file, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.TWO_LABELS);
        byte[] labelled = write(file, Order.implicitOnly(SECOND));
        assertThat(read(labelled, Look.METADATA).labels()).hasSize(1);
        assertThat(text(labelled, "docProps/custom.xml")).contains(OTHER).contains("pid=\"3\"");
    }

    @Test
    void aBombAnEntityAndLiesAreRefused() throws IOException {
        byte[] bomb = new byte[64 << 20];
        byte[] entity = ("<!DOCTYPE a [<!ENTITY b \"AIGC\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>"
                        + CUSTOM.formatted("&b;&c;").replaceFirst("<\\?xml[^>]*>", ""))
                .getBytes(StandardCharsets.UTF_8);
        for (byte[] custom : List.of(
                bomb,
                entity,
                "<a><b>".getBytes(StandardCharsets.UTF_8),
                "<a>".repeat(5000).getBytes(StandardCharsets.UTF_8))) {
            byte[] file = ZipBytes.empty()
                    .deflated("[Content_Types].xml", TYPES.formatted(OVERRIDE))
                    .stored("_rels/.rels", LINKS.formatted(BASE, LINK))
                    .deflated("docProps/custom.xml", custom)
                    .bytes();
            assertThat(read(file, Look.CONTENT).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            assertThat(labels.write(Source.of("a.docx", file), Order.implicitOnly(FIRST), new Memory()))
                    .isInstanceOf(Written.Impossible.class);
        }
        byte[] twice = ZipBytes.empty()
                .deflated("[Content_Types].xml", TYPES.formatted(OVERRIDE))
                .stored("_rels/.rels", LINKS.formatted(BASE, LINK))
                .deflated("docProps/custom.xml", CUSTOM.formatted(""))
                .deflated("docProps/custom.xml", CUSTOM.formatted(OTHER))
                .bytes();
        assertThat(labels.write(Source.of("a.docx", twice), Order.implicitOnly(FIRST), new Memory()))
                .isInstanceOf(Written.Impossible.class);
    }
}
