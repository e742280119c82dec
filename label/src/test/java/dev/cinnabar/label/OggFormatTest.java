package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.OggBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ogg keeps the contract: Vorbis, Opus, FLAC, Speex, Theora, multiplexed and chained, with headers on any number of pages. */
class OggFormatTest extends FormatContract {
    private static final String JSON = FIRST.toJson();

    @Override
    protected String name() {
        return "a.ogg";
    }

    @Override
    protected Format format() {
        return Format.OGG;
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] padded(String head, int length) {
        return java.util.Arrays.copyOf(latin(head), length);
    }

    /** Theora and Vorbis side by side, their header pages mixed, a Skeleton stream between them. */
    private static OggBytes multiplexed(String picture, String sound) {
        byte[] theora = dev.cinnabar.testkit.SoundBytes.joined(latin("\u0081theora"), OggBytes.comments(picture));
        byte[] vorbis =
                dev.cinnabar.testkit.SoundBytes.joined(latin("\3vorbis"), OggBytes.comments(sound), new byte[] {1});
        return OggBytes.empty()
                .packets(9, 2, 0, 255, padded("fishead\0", 80))
                .packets(1, 2, 0, 255, padded("\u0080theora", 42))
                .packets(2, 2, 0, 255, padded("\1vorbis", 30))
                .packets(1, 0, 0, 3, theora, padded("\u0082theora", 900))
                .packets(2, 0, 0, 255, vorbis, padded("\5vorbis", 900))
                .packets(9, 4, 0, 255, new byte[0])
                .sound(1)
                .sound(2);
    }

    @Override
    protected List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        samples.add(OggBytes.empty().opus(7, "TITLE=tea").bytes());
        samples.add(OggBytes.empty().opus(7).bytes());
        samples.add(OggBytes.empty().vorbis(7, 255, "TITLE=tea").bytes());
        samples.add(OggBytes.empty()
                .vorbis(7, 2, "TITLE=tea", "COVER=" + "x".repeat(4000))
                .bytes());
        samples.add(OggBytes.empty().flac(-7, "TITLE=tea").bytes());
        samples.add(OggBytes.empty()
                .packets(5, 2, 0, 255, padded("Speex   1.2", 80))
                .packets(5, 0, 0, 255, OggBytes.comments("a=b"))
                .sound(5)
                .bytes());
        samples.add(multiplexed("a=b", "c=d").bytes());
        samples.add(OggBytes.empty()
                .opus(1, "a=b")
                .opus(2, "c=d")
                .vorbis(3, 255, "e=f")
                .bytes());
        samples.add(
                OggBytes.empty().vorbis(7, 255, "COVER=" + "x".repeat(200_000)).bytes());
        return samples;
    }

    /** All packets but the comment headers, with the times of their pages; on the way every page's number and checksum is proved. */
    @Override
    protected byte[] media(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (OggBytes.Packet packet : OggBytes.packets(file)) {
            if (packet.index() != 1 || packet.serial() == 9) {
                out.writeBytes(packet.bytes());
                out.writeBytes(latin(" " + packet.serial() + " " + packet.position() + "\n"));
            }
        }
        return out.toByteArray();
    }

    @Override
    protected byte[] withStrangers() {
        return multiplexed("TITLE=apple-party", "MOOD=tea").bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(latin("TITLE=apple-party"), latin("MOOD=tea"), latin("sound of stream 1"), latin("fishead\0"));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.empty();
    }

    @Test
    void pagesAreRenumberedWhereTheHeaderNeedsMoreOfThem() {
        for (int length = 64_000; length < 65_200; length += 60) {
            byte[] file =
                    OggBytes.empty().opus(7, "COVER=" + "x".repeat(length)).bytes();
            byte[] labelled = write(file, Order.implicitOnly(FIRST));
            assertThat(media(labelled)).as("%s", length).isEqualTo(media(file));
        }
        byte[] three = multiplexed("COVER=" + "x".repeat(64_800), "c=d").bytes();
        assertThat(media(write(three, Order.implicitOnly(FIRST)))).isEqualTo(media(three));
        byte[] chain = OggBytes.empty()
                .opus(1, "COVER=" + "x".repeat(64_950))
                .opus(2, "AIGC=" + JSON)
                .bytes();
        byte[] labelled = write(chain, Order.implicitOnly(SECOND));
        assertThat(media(labelled)).isEqualTo(media(chain));
        assertThat(read(labelled, Look.METADATA).labels()).hasSize(1);
        OggBytes thin = OggBytes.empty().packets(7, 2, 0, 255, latin("OpusHead"));
        byte[] tags = dev.cinnabar.testkit.SoundBytes.joined(latin("OpusTags"), OggBytes.comments("AIGC=" + longest()));
        byte[] many = thin.packets(7, 0, 0, 1, tags).sound(7).bytes();
        byte[] fewer = write(many, Order.implicitOnly(FIRST));
        assertThat(fewer.length).isLessThan(many.length);
        assertThat(media(fewer)).as("fewer laces than pages").isEqualTo(media(many));
    }

    private static String longest() {
        return FIRST.withReservedCode1("x".repeat(1000)).toJson();
    }

    @Test
    void everyStreamIsReadAndOneLabelIsLeft() {
        Labelled.assertFaults(read(OggBytes.empty().opus(1, "AIGC=" + JSON).bytes(), Look.METADATA));
        Labelled.assertFaults(read(OggBytes.empty().flac(1, "aigc=" + JSON).bytes(), Look.METADATA));
        assertFaults(multiplexed("AIGC=" + JSON, "AIGC=" + JSON), Fault.TWO_LABELS);
        assertFaults(multiplexed("x=y", "AIGC=" + JSON));
        assertFaults(OggBytes.empty().opus(1, "AIGC=" + JSON).opus(2, "AIGC=" + JSON), Fault.TWO_LABELS);
        assertFaults(OggBytes.empty().opus(1, "a=b").vorbis(2, 1, "AIGC=" + JSON));
        assertFaults(OggBytes.empty().opus(1, "MY_AIGC=" + JSON), Fault.OTHER_PLACE);
        assertFaults(OggBytes.empty().opus(1, "COMMENT=" + JSON), Fault.OTHER_PLACE);
        String encoded = Base64.getEncoder().encodeToString(latin(JSON));
        assertFaults(OggBytes.empty().opus(1, "XmpKvBase64=" + encoded), Fault.BASE64, Fault.OTHER_PLACE);
        assertFaults(OggBytes.empty().opus(1, "AIGC=", "no sign"), Fault.NOT_JSON);
    }

    private void assertFaults(OggBytes ogg, Fault... faults) {
        byte[] file = ogg.bytes();
        Labelled.assertFaults(read(file, Look.METADATA), faults);
        byte[] mended = write(file, Order.implicitOnly(SECOND));
        assertThat(read(mended, Look.METADATA).labels())
                .singleElement()
                .satisfies(found -> assertThat(found.label()).contains(SECOND));
        assertThat(media(mended)).isEqualTo(media(file));
    }

    @Test
    void sizesThatLieAreDamage() {
        byte[] good = OggBytes.empty().opus(1, "TITLE=tea").bytes();
        int tags = indexOf(good, latin("OpusTags"));
        for (int lie : new int[] {8, 19, 23}) {
            byte[] file = good.clone();
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(tags + lie, lie == 19 ? 99_999 : 0x7FFFFFFF);
            assertThat(read(file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            Labelled.assertRefused(name(), file, Fault.UNREADABLE);
        }
        byte[] headless =
                OggBytes.empty().packets(1, 0, 0, 255, latin("OpusTags")).bytes();
        byte[] noTags =
                OggBytes.empty().packets(1, 2, 0, 255, latin("OpusHead")).bytes();
        byte[] junk = OggBytes.empty()
                .packets(1, 2, 0, 255, latin("OpusHead"))
                .packets(1, 0, 0, 255, latin("x"))
                .bytes();
        byte[] version = good.clone();
        version[4] = 1;
        for (byte[] file : List.of(headless, noTags, junk, version)) {
            assertThat(read(file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            Labelled.assertRefused(name(), file, Fault.UNREADABLE);
        }
    }

    @Test
    void endlessStructuresStopAtTheLimit() {
        OggBytes pages = OggBytes.empty().packets(1, 2, 0, 255, latin("OpusHead"));
        OggBytes packet = OggBytes.empty().packets(1, 2, 0, 255, latin("OpusHead"));
        byte[] full = new byte[65_025];
        byte[] laces = new byte[255];
        java.util.Arrays.fill(laces, (byte) 255);
        for (int i = 0; i < 100_001; i++) {
            pages.page(2, 0, 0, new byte[0], new byte[0]);
        }
        for (int i = 0; i < 300; i++) {
            packet.page(1, i == 0 ? 0 : 1, -1, laces, full);
        }
        for (byte[] file : List.of(pages.bytes(), packet.bytes())) {
            assertThat(read(file, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.LIMIT);
            Labelled.assertRefused(name(), file, Fault.TOO_LARGE);
        }
    }

    @Test
    void whatHasNoCommentsHasNoPlace() {
        byte[] file =
                OggBytes.empty().packets(1, 2, 0, 255, latin("BBCD")).sound(1).bytes();
        Labelled.assertRefused(name(), file, Fault.NO_ROOM);
        byte[] shared = OggBytes.empty()
                .packets(1, 2, 0, 255, latin("OpusHead"))
                .packets(1, 0, 960, 255, dev.cinnabar.testkit.SoundBytes.joined(latin("OpusTags"), OggBytes.comments()))
                .bytes();
        Labelled.assertRefused(name(), shared, Fault.NO_ROOM);
    }
}
