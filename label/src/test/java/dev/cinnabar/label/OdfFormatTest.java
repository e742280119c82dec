package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.ZipBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** OpenDocument keeps the contract. */
class OdfFormatTest extends ZipFormatContract {
    private static final String TYPE = "application/vnd.oasis.opendocument.text";
    private static final String MANIFEST =
            "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\""
                    + TYPE + "\"/>%s</manifest:manifest>";
    private static final String META =
            "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\">%s</office:document-meta>";
    private static final String OTHER = "<meta:user-defined meta:name=\"Teapot\">moon</meta:user-defined>";

    private static ZipBytes with(String meta) {
        return ZipBytes.empty()
                .stored("mimetype", TYPE)
                .deflated("content.xml", "<c/>")
                .deflated("meta.xml", META.replace("%s", meta))
                .deflated(
                        "META-INF/manifest.xml",
                        MANIFEST.formatted(
                                "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"));
    }

    private static ZipBytes bare() {
        return ZipBytes.empty()
                .stored("mimetype", TYPE)
                .deflated("content.xml", "<c/>")
                .deflated("META-INF/manifest.xml", MANIFEST.formatted(""));
    }

    @Override
    Set<String> touched() {
        return Set.of("meta.xml", "META-INF/manifest.xml");
    }

    @Override
    protected String name() {
        return "a.odt";
    }

    @Override
    protected Format format() {
        return Format.ODT;
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                with("<office:meta>" + OTHER + "</office:meta>").bytes(),
                with("<office:meta/>").descriptors().bytes(),
                with("").bytes(),
                bare().bytes());
    }

    @Override
    protected byte[] withStrangers() {
        return with("<office:meta>" + OTHER + "</office:meta>")
                .stored("Pictures/a", "stranger-bytes")
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
    void theMimeTypeStaysFirstAndStored() {
        for (byte[] sample : samples()) {
            byte[] labelled = write(sample, Order.implicitOnly(FIRST));
            assertThat(new String(labelled, 30, 8 + TYPE.length(), StandardCharsets.US_ASCII))
                    .isEqualTo("mimetype" + TYPE);
            assertThat(labelled[8]).as("method stored").isZero();
        }
    }

    @Test
    void aSignedOrEncryptedDocumentIsRefused() throws IOException {
        byte[] signed = bare().stored("META-INF/documentsignatures.xml", "<s/>").bytes();
        byte[] encrypted = ZipBytes.empty()
                .stored("mimetype", TYPE)
                .deflated("meta.xml", "garbage")
                .deflated(
                        "META-INF/manifest.xml",
                        MANIFEST.formatted(
                                "<manifest:file-entry manifest:full-path=\"meta.xml\"><manifest:encryption-data/></manifest:file-entry>"))
                .bytes();
        assertFault(signed, Fault.SIGNED);
        assertFault(encrypted, Fault.ENCRYPTED);
        assertThat(read(encrypted, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
    }

    private void assertFault(byte[] file, Fault fault) throws IOException {
        assertThat(labels.write(Source.of("a.odt", file), Order.implicitOnly(FIRST), new Memory()))
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.why().fault()).isEqualTo(fault));
    }

    @Test
    void sheetsSlidesAndTemplatesAreKnown() throws IOException {
        for (String[] one :
                new String[][] {{"spreadsheet", "ods"}, {"presentation", "odp"}, {"text-template", "odt"}}) {
            byte[] file = ZipBytes.empty()
                    .stored("mimetype", "application/vnd.oasis.opendocument." + one[0])
                    .deflated("META-INF/manifest.xml", MANIFEST.formatted(""))
                    .bytes();
            Memory target = new Memory();
            labels.write(Source.of("upload", file), Order.implicitOnly(FIRST), target);
            Reading reading = labels.read(Source.of("upload", target.bytes()));
            assertThat(reading.format().word()).isEqualTo(one[1]);
            assertThat(reading.verdict()).isEqualTo(new Verdict.Compliant());
        }
    }
}
