package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.JpegBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An existing XMP packet is changed inside and not replaced: TC260-PG-20259A. */
class XmpTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "id-1");
    private static final String HEAD = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='other'>
             <r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
            """;
    private static final String ONE = """
              <r:Description r:about='uuid:7' xmlns:dc='http://purl.org/dc/elements/1.1/' dc:format='image/jpeg'>
               <!-- a comment with <TC260:AIGC> in it -->
               <dc:title><r:Alt><r:li xml:lang='x-default'>月 &amp; tea</r:li></r:Alt></dc:title>
              </r:Description>
            """;
    private static final String TAIL = " </r:RDF>\n</x:xmpmeta>\n";

    private final Labels labels = new Labels(Limits.standard());

    private String write(String packet, AigcLabel label) {
        return written(JpegBytes.of(16, 16).xmp(packet).bytes(), label);
    }

    private String written(byte[] file, AigcLabel label) {
        try {
            Memory target = new Memory();
            Written written = labels.write(
                    Source.of("a.jpg", file), Order.implicitOnly(label).with(Origin.none()), target);
            assertThat(written).isInstanceOf(Written.Done.class);
            byte[] out = target.bytes();
            int at = FormatContract.indexOf(out, "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.UTF_8));
            int length = (out[at - 2] & 0xFF) << 8 | (out[at - 1] & 0xFF);
            return new String(out, at + 29, length - 31, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String padding(int length) {
        return " ".repeat(length) + "<?xpacket end=\"w\"?>";
    }

    @Test
    void everythingElseStaysInItsPlace() {
        String before = HEAD + ONE + TAIL + padding(0);
        String after = write(before, LABEL);
        assertThat(after).startsWith(HEAD + ONE).endsWith(TAIL.strip() + "\n" + padding(0));
        assertThat(after)
                .contains("<r:Description r:about=\"uuid:7\" xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\">");
        assertThat(after).contains("{&quot;Label&quot;:&quot;1&quot;,");
    }

    @Test
    void aPaddedPacketKeepsItsSizeForEver() {
        String before = HEAD + ONE + TAIL + padding(2048);
        String once = write(before, LABEL);
        assertThat(once).hasSameSizeAs(before).contains(" ".repeat(1024));
        String longer = write(once, LABEL.withReservedCode1("x".repeat(300)));
        assertThat(longer).hasSameSizeAs(before);
        assertThat(write(longer, LABEL)).isEqualTo(once);
    }

    @Test
    void littlePaddingIsUsedAndThenThePacketGrows() {
        String before = HEAD + ONE + TAIL + padding(100);
        assertThat(write(before, LABEL).length()).isGreaterThan(before.length());
    }

    @Test
    void aLabelIsReplacedWhereItStands() {
        String element = HEAD
                + "  <r:Description r:about='' xmlns:TC260='http://www.tc260.org.cn/ns/AIGC/1.0/'><TC260:AIGC>{}</TC260:AIGC></r:Description>\n"
                + ONE + TAIL;
        assertThat(write(element, LABEL))
                .isEqualTo(element.replace("{}", LABEL.toJson().replace("\"", "&quot;")));
        String attribute = HEAD
                + "  <r:Description r:about='' xmlns:TC260='http://www.tc260.org.cn/ns/AIGC/1.0/' TC260:AIGC='{\"Label\":\"1\"}' dc:x='y' xmlns:dc='urn:dc'/>\n"
                + TAIL;
        assertThat(write(attribute, LABEL))
                .contains("TC260:AIGC=\"" + LABEL.toJson().replace("\"", "&quot;") + "\" dc:x='y'");
    }

    @Test
    void emptyPacketsAreFilled() {
        String empty =
                "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>";
        assertThat(write(empty, LABEL))
                .contains("></rdf:RDF>".replace(">", "").strip())
                .contains("</TC260:AIGC>");
        assertThat(write("", LABEL)).startsWith("<?xpacket begin=");
    }

    @Test
    void aPacketInUtf16StaysInUtf16() throws IOException {
        byte[] packet = ("\uFEFF" + HEAD.replace("\uFEFF", "") + ONE + TAIL).getBytes(StandardCharsets.UTF_16LE);
        byte[] payload = new byte[29 + packet.length];
        System.arraycopy("http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.UTF_8), 0, payload, 0, 29);
        System.arraycopy(packet, 0, payload, 29, packet.length);
        Memory target = new Memory();
        labels.write(
                Source.of("a.jpg", JpegBytes.of(16, 16).segment(0xE1, payload).bytes()),
                Order.implicitOnly(LABEL),
                target);
        assertThat(FormatContract.indexOf(target.bytes(), "月 &amp; tea".getBytes(StandardCharsets.UTF_16LE)))
                .isPositive();
        Reading reading = labels.read(Source.of("a.jpg", target.bytes()), Look.METADATA);
        assertThat(reading.verdict()).isInstanceOf(Verdict.Compliant.class);
    }

    @Test
    void aPacketThatFillsItsSegmentIsRefused() throws IOException {
        String before = HEAD + ONE + TAIL;
        String full = before + "<!-- " + "x".repeat(65_200 - before.length()) + " -->";
        Written written = labels.write(
                Source.of("a.jpg", JpegBytes.of(16, 16).xmp(full).bytes()), Order.implicitOnly(LABEL), new Memory());
        assertThat(written)
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.NO_ROOM));
    }
}
