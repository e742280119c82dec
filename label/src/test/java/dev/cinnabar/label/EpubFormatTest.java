package dev.cinnabar.label;

import dev.cinnabar.testkit.ZipBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Books keep the contract. */
class EpubFormatTest extends ZipFormatContract {
    private static final String CONTAINER =
            "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"OEBPS/a.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";

    private static ZipBytes with(String packageDocument) {
        return ZipBytes.empty()
                .stored("mimetype", "application/epub+zip")
                .deflated("META-INF/container.xml", CONTAINER)
                .deflated("OEBPS/a.opf", packageDocument)
                .deflated("OEBPS/a.xhtml", "<html/>");
    }

    private static final String PLAIN =
            "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Teapot</dc:title></metadata><manifest/></package>";

    @Override
    Set<String> touched() {
        return Set.of("OEBPS/a.opf");
    }

    @Override
    protected String name() {
        return "a.epub";
    }

    @Override
    protected Format format() {
        return Format.EPUB;
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                with(PLAIN).bytes(),
                with("<opf:package xmlns:opf=\"http://www.idpf.org/2007/opf\"><opf:metadata/></opf:package>")
                        .descriptors()
                        .bytes());
    }

    @Override
    protected byte[] withStrangers() {
        return with(PLAIN).stored("OEBPS/x", "stranger-bytes").bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of("stranger-bytes".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(
                with(PLAIN).stored("META-INF/content_credential.c2pa", "jumb").bytes());
    }
}
