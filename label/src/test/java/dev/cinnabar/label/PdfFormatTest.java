package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.PdfBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** PDF files keep the contract: with tables, with streams, with and without an Info dictionary. */
class PdfFormatTest extends FormatContract {
    private static final String XMP =
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\" xmlns:t=\"urn:t\"><t:tea>moon</t:tea>%s</rdf:Description></rdf:RDF></x:xmpmeta>";

    private static PdfBytes withInfo() {
        return PdfBytes.page()
                .info("/Title(a \\(nested (b)\\) \\\\)/Author<FEFF6708>/Trapped/False/X[1 2 R 0 R(x)<<>>]");
    }

    private static PdfBytes withXmp(String inside) {
        String packet = XMP.replace("%s", inside);
        return withInfo()
                .object(1, "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>")
                .object(
                        6,
                        "<</Type/Metadata/Subtype/XML/Length " + packet.length() + ">>\nstream\n" + packet
                                + "\nendstream");
    }

    @Override
    protected String name() {
        return "a.pdf";
    }

    @Override
    protected Format format() {
        return Format.PDF;
    }

    @Override
    protected List<byte[]> samples() {
        byte[] noLineEnd = withInfo().table();
        return List.of(
                PdfBytes.page().table(),
                withInfo().table(),
                PdfBytes.page().stream(false),
                withInfo().stream(true),
                withXmp("").stream(true),
                withXmp("").table(),
                PdfBytes.page().info("/Title(tea)").hybrid(),
                Arrays.copyOf(noLineEnd, noLineEnd.length - 1));
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    /** Everything before an update of ours. */
    @Override
    protected byte[] media(byte[] file) {
        int at = indexOf(file, "%AIGC label update\n".getBytes(StandardCharsets.US_ASCII));
        byte[] before = at < 0 ? file : Arrays.copyOf(file, at);
        String text = latin(before);
        return text.substring(0, text.lastIndexOf("%%EOF") + 5).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }

    @Override
    protected byte[] withStrangers() {
        return withInfo().object(9, "<</Strange(er)>>").trailer("/Stranger(x)").table();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(
                "<</Strange(er)>>".getBytes(StandardCharsets.US_ASCII),
                "/Author <FEFF6708>".getBytes(StandardCharsets.US_ASCII),
                "/Stranger (x)".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(PdfBytes.page()
                .object(1, "<</Type/Catalog/Pages 2 0 R/AF[6 0 R]>>")
                .object(6, "<</Type/Filespec/AFRelationship/C2PA_Manifest>>")
                .table());
    }

    @Test
    void everyByteOfTheFileStays() {
        for (byte[] sample : samples()) {
            byte[] labelled = write(sample, Order.implicitOnly(FIRST));
            assertThat(Arrays.copyOf(labelled, sample.length)).isEqualTo(sample);
        }
    }

    private void assertRefused(byte[] file, Fault fault) {
        try {
            assertThat(labels.write(Source.of("a.pdf", file), Order.implicitOnly(FIRST), new Memory()))
                    .isInstanceOfSatisfying(
                            Written.Impossible.class,
                            impossible -> assertThat(impossible.why().fault())
                                    .as("%s", impossible)
                                    .isEqualTo(fault));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEncryptedFileIsRefusedAndNotCalledUnlabelled() {
        byte[] file = withInfo()
                .object(6, "<</Filter/Standard/V 1/R 2>>")
                .trailer("/Encrypt 6 0 R")
                .table();
        assertRefused(file, Fault.ENCRYPTED);
        assertThat(read(file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(read(file, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.ENCRYPTED);
    }

    @Test
    void aSignedFileKeepsItsSignedBytesUnlessItForbidsAllChange() throws IOException {
        for (int allowed : new int[] {1, 2, 3}) {
            byte[] file = PdfBytes.page()
                    .object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[]>>/Perms<</DocMDP 6 0 R>>>>")
                    .object(
                            6,
                            "<</Type/Sig/Reference[<</TransformMethod/DocMDP/TransformParams<</P " + allowed
                                    + ">>>>]>>")
                    .table();
            if (allowed == 1) {
                assertRefused(file, Fault.SIGNED);
                continue;
            }
            Memory target = new Memory();
            Written written = labels.write(Source.of("a.pdf", file), Order.implicitOnly(FIRST), target);
            assertThat(written)
                    .isInstanceOfSatisfying(
                            Written.Done.class,
                            done -> assertThat(done.notes()).anyMatch(note -> note.fault() == Fault.SIGNED_BEFORE));
            assertThat(Arrays.copyOf(target.bytes(), file.length)).isEqualTo(file);
        }
    }

    @Test
    void aLabelInXmpAloneIsInTheWrongPlaceAndMoved() {
        byte[] file = withXmp("<TC260:AIGC>" + FIRST.toJson().replace("\"", "&quot;") + "</TC260:AIGC>")
                .table();
        Reading before = read(file, Look.METADATA);
        assertThat(before.labels())
                .singleElement()
                .satisfies(found -> assertThat(found.place()).isEqualTo("pdf:Metadata/xmp"));
        assertThat(before.findings()).anyMatch(finding -> finding.fault() == Fault.OTHER_PLACE);
        byte[] labelled = write(file, Order.implicitOnly(SECOND));
        assertThat(read(labelled, Look.METADATA).labels()).singleElement().satisfies(found -> {
            assertThat(found.place()).isEqualTo("pdf:Info/AIGC");
            assertThat(found.label()).contains(SECOND);
        });
        assertThat(latin(labelled).substring(file.length)).contains("<t:tea>moon</t:tea>");
    }

    @Test
    void everySpellingOfTheStringIsRead() {
        String json = FIRST.toJson();
        StringBuilder utf16 = new StringBuilder("FEFF");
        StringBuilder octal = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            utf16.append(String.format(java.util.Locale.ROOT, "%04x", (int) c));
            octal.append(String.format(java.util.Locale.ROOT, "\\%03o", (int) c));
        }
        for (String spelled : List.of(
                "(" + json + ")",
                "<" + utf16 + ">",
                "(" + octal + ")",
                "6 0 R",
                "(" + json.substring(0, 5) + "\\\n" + json.substring(5) + ")")) {
            for (String key : List.of("/AIGC", "/#41IGC")) {
                byte[] file = PdfBytes.page()
                        .info(key + " " + spelled)
                        .object(6, "(" + json + ")")
                        .table();
                Reading reading = read(file, Look.METADATA);
                assertThat(reading.labels()).as(spelled).hasSize(1);
                assertThat(reading.labels().getFirst().label()).contains(FIRST);
            }
        }
        byte[] wrongCase = PdfBytes.page().info("/aigc(" + json + ")").table();
        assertThat(read(wrongCase, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.OTHER_PLACE);
        assertThat(read(write(wrongCase, Order.implicitOnly(SECOND)), Look.METADATA)
                        .labels())
                .hasSize(1);
    }

    @Test
    void circlesAreLeft() {
        String table = latin(withInfo().table());
        String circle = table.replace("/Root 1 0 R", "/Root 1 0 R/Prev " + table.lastIndexOf("xref\n0"));
        byte[] self = circle.getBytes(StandardCharsets.ISO_8859_1);
        byte[] info = PdfBytes.page()
                .object(5, "6 0 R")
                .object(6, "5 0 R")
                .trailer("/Info 5 0 R")
                .table();
        byte[] length = PdfBytes.page()
                .object(1, "<</Type/Catalog/Metadata 6 0 R>>")
                .object(6, "<</Length 6 0 R>>\nstream\nAIGC\nendstream")
                .table();
        for (byte[] file : List.of(self, info, length)) {
            assertThat(read(file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            assertRefused(file, Fault.UNREADABLE);
        }
    }

    @Test
    void liesAndBombsAreRefused() {
        String good = latin(withInfo().table());
        int start = good.lastIndexOf("startxref");
        for (String wrong : List.of(
                good.substring(0, start) + "startxref\n7\n%%EOF\n",
                good.substring(0, start) + "startxref\n99999999999\n%%EOF\n",
                good.substring(0, start) + "startxref\n-1\n%%EOF\n",
                good.replace("0000000000 65535 f", "zzzzzzzzzz 65535 f").replace("00000 n", "00000 q"),
                good.replace("xref\n0 6", "xref\n0 999999999"),
                good.replace("5 0 obj", "8 0 obj"),
                good.replace("/Author<FEFF6708>", "/A".repeat(1) + "[".repeat(5000)))) {
            byte[] file = wrong.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(read(file, Look.METADATA).verdict()).as(wrong).isInstanceOf(Verdict.Inconclusive.class);
            assertRefused(file, Fault.UNREADABLE);
        }
        byte[] zeros = new byte[40 << 20];
        String packed = latin(dev.cinnabar.testkit.PngBytes.deflated(zeros));
        byte[] bomb = PdfBytes.page()
                .object(1, "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>")
                .object(6, "<</Filter/FlateDecode/Length " + packed.length() + ">>\nstream\n" + packed + "\nendstream")
                .table();
        assertThat(read(bomb, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.LIMIT);
        assertRefused(bomb, Fault.TOO_LARGE);
    }

    @Test
    void anUpdateOfSomebodyElseIsKept() {
        byte[] labelled = write(withInfo().table(), Order.implicitOnly(FIRST));
        String text = latin(labelled);
        int prev = text.lastIndexOf("xref\n5 1");
        int at = text.length();
        String theirs = "7 0 obj\n(theirs)\nendobj\nxref\n7 1\n" + String.format(java.util.Locale.ROOT, "%010d", at)
                + " 00000 n \ntrailer\n<</Size 8/Root 1 0 R/Info 5 0 R/Prev " + prev + ">>\nstartxref\n" + (at + 24)
                + "\n%%EOF\n";
        byte[] updated = (text + theirs).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(updated, Look.METADATA).labels().getFirst().label()).contains(FIRST);
        byte[] again = write(updated, Order.implicitOnly(SECOND));
        assertThat(Arrays.copyOf(again, updated.length)).isEqualTo(updated);
        assertThat(read(again, Look.METADATA).labels().getFirst().label()).contains(SECOND);
    }
}
