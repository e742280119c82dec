package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.GifBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** GIF keeps the contract: both versions, animated, with XMP as it should be and as it should not. */
class GifFormatTest extends FormatContract {
    private static final String JSON = FIRST.toJson();
    private static final byte[] XMP = Labelled.packet(Labelled.element(JSON));
    private static final byte[] LOOP = {1, 0, 0};

    @Override
    protected String name() {
        return "a.gif";
    }

    @Override
    protected Format format() {
        return Format.GIF;
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static GifBytes animated() {
        return GifBytes.of("89a").application("NETSCAPE2.0", LOOP);
    }

    @Override
    protected List<byte[]> samples() {
        byte[] plain = GifBytes.of("89a").picture().bytes();
        return List.of(
                plain,
                GifBytes.of("87a").picture().bytes(),
                GifBytes.withoutTable().control().pictureWithTable().bytes(),
                animated().control().picture().control().pictureWithTable().bytes(),
                animated()
                        .extension(0xFE, latin("apple-party ".repeat(50)))
                        .xmp(Labelled.packet("<rdf:Description rdf:about='' xmlns:a='urn:a' a:b='c'/>"))
                        .picture()
                        .bytes(),
                animated()
                        .application("XMP DataXMP", latin("   <?xpacket end='w'?>"))
                        .picture()
                        .bytes(),
                GifBytes.of("89a").picture().xmp(Labelled.packet("")).bytes(),
                GifBytes.of("89a")
                        .raw((byte) 0)
                        .picture()
                        .raw((byte) 0, (byte) 0)
                        .bytes(),
                Arrays.copyOf(plain, plain.length - 1),
                Arrays.copyOf(plain, plain.length + 9));
    }

    /** The file without its XMP and its version. */
    @Override
    protected byte[] media(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] head = latin("!\u00FF\013XMP DataXMP<");
        int from = 6;
        for (int at = 6; at < file.length; at++) {
            if (Arrays.equals(file, at, Math.min(file.length, at + head.length), head, 0, head.length)) {
                out.write(file, from, at - from);
                from = at + indexOf(Arrays.copyOfRange(file, at, file.length), latin("\1\u00FF\u00FE")) + 258;
                at = from - 1;
            }
        }
        out.write(file, from, file.length - from);
        return out.toByteArray();
    }

    @Override
    protected byte[] withStrangers() {
        return animated()
                .application("ICCRGBG1012", latin("not a real profile"))
                .extension(0xFE, latin("moonlit-teapot"))
                .extension(0x55, latin("who knows"))
                .control()
                .picture()
                .extension(0x01, new byte[12])
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(
                latin("ICCRGBG1012\22not a real profile\0"),
                latin("!\u00FE\16moonlit-teapot\0"),
                latin("!\125\11who knows\0"),
                LOOP);
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(animated()
                .application("C2PA_GIF\1\0\0", latin("jumbf"))
                .picture()
                .bytes());
    }

    @Test
    void theExtensionStandsBeforeThePicturesAndEndsWithItsTrailer() {
        byte[] labelled = write(animated().control().picture().bytes(), Order.implicitOnly(FIRST));
        int xmp = indexOf(labelled, latin("XMP DataXMP<?xpacket"));
        assertThat(xmp).isBetween(19 + 19, indexOf(labelled, new byte[] {0x21, (byte) 0xF9}));
        byte[] old = write(GifBytes.of("87a").picture().bytes(), Order.implicitOnly(FIRST));
        assertThat(new String(old, 0, 6, StandardCharsets.US_ASCII)).isEqualTo("GIF89a");
    }

    @Test
    void placesAndTheirFindings() {
        assertFaults(animated().xmp(XMP).picture());
        assertFaults(animated().picture().xmp(XMP));
        assertFaults(animated().application("XMP DataXMP", XMP).picture());
        assertFaults(animated().xmp(XMP).picture().xmp(XMP), Fault.TWO_LABELS);
        assertFaults(animated().xmp(wide()).picture());
        assertFaults(animated().extension(0xFE, latin(JSON)).picture(), Fault.OTHER_PLACE);
        assertFaults(animated().extension(0xFE, latin("AIGC: " + JSON)).picture(), Fault.OTHER_PLACE);
        assertFaults(animated().application("AIGCAIGC1.0", latin(JSON)).picture(), Fault.OTHER_PLACE);
        GifBytes broken = animated();
        for (int i = 0; i < 20; i++) {
            broken.application("XMP DataXMP", latin(" ".repeat(100) + "\n<?xpacket end=\"w\"?>"));
        }
        byte[] mended = write(broken.picture().bytes(), Order.implicitOnly(FIRST));
        Labelled.assertFaults(read(mended, Look.METADATA));
    }

    /** UTF-16 is full of zeros, which end a walk over pieces. */
    private static byte[] wide() {
        return new String(XMP, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
    }

    private void assertFaults(GifBytes gif, Fault... faults) {
        byte[] file = gif.bytes();
        Labelled.assertFaults(read(file, Look.METADATA), faults);
        byte[] mended = write(file, Order.implicitOnly(FIRST));
        Labelled.assertFaults(read(mended, Look.METADATA));
        assertThat(indexOf(mended, new byte[] {0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x02, 0x05, 0}))
                .isNotNegative();
    }

    @Test
    void whatEndsTooEarlyIsDamage() {
        byte[] cut = animated().xmp(XMP).picture().bytes();
        for (byte[] file : List.of(
                Arrays.copyOf(cut, 100),
                Arrays.copyOf(cut, cut.length - 3),
                animated().raw((byte) 7).bytes())) {
            assertThat(read(file, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.DAMAGED);
            Labelled.assertRefused(name(), file, Fault.UNREADABLE);
        }
        GifBytes many = GifBytes.of("89a");
        for (int i = 0; i < 100_001; i++) {
            many.control();
        }
        assertThat(read(many.bytes(), Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.LIMIT);
        Labelled.assertRefused(name(), many.bytes(), Fault.TOO_LARGE);
    }
}
