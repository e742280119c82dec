package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What tests of formats say again and again: packets with a label, findings expected, files refused. */
final class Labelled {
    private static final String URI = "http://www.tc260.org.cn/ns/AIGC/1.0/";

    private Labelled() {}

    /** An XMP packet around descriptions. */
    static byte[] packet(String inside) {
        String xml =
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                        + inside + "</rdf:RDF></x:xmpmeta>";
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    /** A description that holds the label as an element. */
    static String element(String json) {
        return "<rdf:Description rdf:about='' xmlns:TC260='" + URI + "'><TC260:AIGC>" + json.replace("\"", "&quot;")
                + "</TC260:AIGC></rdf:Description>";
    }

    /** Exactly these findings, in any order, and the verdict that follows from them. */
    static void assertFaults(Reading reading, Fault... faults) {
        assertThat(reading.findings().stream().map(Finding::fault)).containsExactlyInAnyOrder(faults);
        boolean errors = reading.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
        assertThat(reading.verdict()).isInstanceOf(errors ? Verdict.NonCompliant.class : Verdict.Compliant.class);
    }

    /** The file cannot be labelled, the reason is said in both languages, and nothing is handed over. */
    static void assertRefused(String name, byte[] file, Fault fault) {
        Memory target = new Memory();
        AigcLabel label = AigcLabel.first("001191110102MACQD9K64010000", "id");
        try {
            Written written =
                    new Labels(Limits.standard()).write(Source.of(name, file), Order.implicitOnly(label), target);
            assertThat(written).isInstanceOfSatisfying(Written.Impossible.class, impossible -> {
                assertThat(impossible.why().fault()).as("%s", impossible).isEqualTo(fault);
                assertThat(impossible.reason(Lang.EN)).isNotBlank();
                assertThat(impossible.remedy(Lang.ZH)).isNotBlank();
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(target.bytes()).isEmpty();
    }
}
