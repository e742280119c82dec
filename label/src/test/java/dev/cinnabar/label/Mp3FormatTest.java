package dev.cinnabar.label;

import static dev.cinnabar.testkit.SoundBytes.joined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Id3Bytes;
import dev.cinnabar.testkit.PngBytes;
import dev.cinnabar.testkit.SoundBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** MP3 keeps the contract, with ID3v2 tags of every version and kind, without any, and with tags behind the sound. */
class Mp3FormatTest extends FormatContract {
    private static final String JSON = FIRST.toJson();
    private static final byte[] SOUND = SoundBytes.mp3(3);
    private static final byte[] PICTURE = picture();

    /** A picture frame full of bytes that could be taken for sound. */
    private static byte[] picture() {
        byte[] picture = new byte[300];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (i % 3 == 0 ? 0xFF : i % 5 == 0 ? 0 : 0xFB);
        }
        return picture;
    }

    @Override
    protected String name() {
        return "a.mp3";
    }

    @Override
    protected Format format() {
        return Format.MP3;
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Id3Bytes tag(int version) {
        return Id3Bytes.of(version).text(0, "mood", "tea").frame(version == 2 ? "PIC" : "APIC", PICTURE);
    }

    private static byte[] with(Id3Bytes tag) {
        return joined(tag.bytes(), SOUND);
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                SOUND,
                with(tag(2)),
                with(tag(3)),
                with(tag(4)),
                with(tag(3).padding(30_000)),
                with(tag(4).padding(30_000)),
                with(tag(4).footer()),
                joined(SOUND, SoundBytes.id3v1("tea")),
                joined(SOUND, SoundBytes.ape("Title", "tea"), SoundBytes.id3v1("tea")),
                joined(tag(4).bytes(), SOUND, tag(4).footer().bytes()),
                joined(tag(3).bytes(), tag(4).bytes(), SOUND));
    }

    @Override
    protected byte[] media(byte[] file) {
        int at = indexOf(file, Arrays.copyOf(SOUND, 36));
        return Arrays.copyOfRange(file, at, file.length);
    }

    @Override
    protected byte[] withStrangers() {
        return joined(
                tag(3).extended()
                        .frame("ABCD", latin("moonlit-teapot"))
                        .padding(100)
                        .bytes(),
                SOUND,
                SoundBytes.ape("Mood", "tea"),
                SoundBytes.id3v1("apple"));
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(
                Id3Bytes.textContent(0, "mood", "tea"),
                PICTURE,
                latin("moonlit-teapot"),
                SOUND,
                joined(SoundBytes.ape("Mood", "tea"), SoundBytes.id3v1("apple")));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(with(tag(4).frame("GEOB", latin("\0application/x-c2pa-manifest-store\0c2pa\0\0jumbf"))));
    }

    @Test
    void whatIsHardToReadIsReadAndWritten() {
        for (int version = 2; version <= 4; version++) {
            for (Id3Bytes hard : List.of(
                    tag(version).unsynchronised(),
                    version == 2 ? tag(2) : tag(version).extended().padding(20),
                    version == 2 ? tag(2) : tag(version).extended().unsynchronised(),
                    version < 4
                            ? tag(version)
                            : Id3Bytes.of(4).plainSizes().frame("APIC", PICTURE).text(0, "a", "b"))) {
                byte[] once = write(with(hard), Order.implicitOnly(FIRST));
                assertThat(indexOf(once, PICTURE)).as("version %s", version).isNotNegative();
                assertThat(read(once, Look.METADATA).findings()).isEmpty();
                byte[] twice = write(once, Order.implicitOnly(SECOND));
                assertThat(write(twice, Order.implicitOnly(FIRST))).isEqualTo(once);
                assertThat(media(once)).isEqualTo(SOUND);
            }
        }
        byte[] packed = with(tag(3).text(3, "AIGC", JSON).unsynchronised());
        Labelled.assertFaults(read(packed, Look.METADATA));
        assertThat(read(write(packed, Order.implicitOnly(SECOND)), Look.METADATA)
                        .labels())
                .hasSize(1);
    }

    @Test
    void paddingIsUsedUpInPlace() {
        byte[] file = with(tag(3).padding(4000));
        assertThat(write(file, Order.implicitOnly(FIRST))).hasSameSizeAs(file);
        byte[] tight = with(tag(3).padding(20));
        assertThat(write(tight, Order.implicitOnly(FIRST)).length).isGreaterThan(tight.length);
    }

    @Test
    void whatVendorsWrite() {
        for (int coding = 0; coding < 4; coding++) {
            for (int version = 2; version <= 4; version++) {
                assertFaults(Id3Bytes.of(version).text(coding, "AIGC", JSON));
            }
        }
        assertFaults(Id3Bytes.of(4).text(3, "AIGC", JSON + "\0"));
        assertFaults(Id3Bytes.of(4).text(3, "AIGC", JSON + "\0" + JSON), Fault.TWO_LABELS);
        assertFaults(Id3Bytes.of(3).text(0, "AIGC", ""), Fault.NOT_JSON);
        String miniMax = "{\"aigc\":{\"Label\":\"1\",\"ContentProducer\":\"MiniMax\",\"ProduceID\":\"x\"}}";
        assertFaults(
                Id3Bytes.of(4).text(3, "aigc", miniMax),
                Fault.CAMEL_CASE,
                Fault.CAMEL_CASE,
                Fault.WRAPPED,
                Fault.PROPAGATOR_EMPTY,
                Fault.NOT_A_CODE);
        assertFaults(Id3Bytes.of(3).text(0, "my AIGC", JSON), Fault.OTHER_PLACE);
        assertFaults(Id3Bytes.of(3).text(0, "note", JSON), Fault.OTHER_PLACE);
        assertFaults(Id3Bytes.of(3).frame("COMM", latin("\0eng\0" + JSON)), Fault.OTHER_PLACE);
        String encoded = Base64.getEncoder().encodeToString(latin(JSON));
        assertFaults(Id3Bytes.of(3).text(0, "XmpKvBase64", encoded), Fault.BASE64, Fault.OTHER_PLACE);
        byte[] xmp = joined(latin("XMP\0"), Labelled.packet(Labelled.element(JSON)));
        assertFaults(Id3Bytes.of(3).frame("PRIV", xmp), Fault.OTHER_PLACE);
        byte[] content = Id3Bytes.textContent(0, "AIGC", JSON);
        byte[] zipped = joined(ByteBuffer.allocate(4).putInt(content.length).array(), PngBytes.deflated(content));
        assertFaults(Id3Bytes.of(3).frame("TXXX", 0x80, zipped));
        assertFaults(Id3Bytes.of(4).frame("TXXX", 0x09, zipped));
        assertFaults(Id3Bytes.of(4).frame("TXXX", 0x40, joined(new byte[] {7}, content)));
        assertFaults(joined(SOUND, SoundBytes.ape("aigc", JSON)), Fault.OTHER_PLACE);
        assertFaults(joined(SOUND, SoundBytes.ape("Comment", JSON), SoundBytes.id3v1("x")), Fault.OTHER_PLACE);
        assertFaults(joined(SOUND, Id3Bytes.of(4).text(0, "AIGC", JSON).footer().bytes(), SoundBytes.id3v1("x")));
        Id3Bytes secret = Id3Bytes.of(4).frame("TXXX", 0x04, joined(new byte[] {1}, content));
        assertThat(read(with(secret), Look.METADATA).verdict()).isEqualTo(new Verdict.NotFound());
    }

    private void assertFaults(Id3Bytes tag, Fault... faults) {
        assertFaults(with(tag), faults);
        assertFaults(with(tag.padding(50)), faults);
    }

    private void assertFaults(byte[] file, Fault... faults) {
        Labelled.assertFaults(read(file, Look.METADATA), faults);
        byte[] mended = write(file, Order.implicitOnly(FIRST));
        Labelled.assertFaults(read(mended, Look.METADATA));
        assertThat(indexOf(mended, SOUND)).isNotNegative();
    }

    @Test
    void allOldLabelsGoAtOnce() {
        byte[] xmp = joined(latin("XMP\0"), Labelled.packet(Labelled.element(JSON)));
        byte[] file = joined(
                tag(3).text(1, "AIGC", JSON)
                        .text(0, "aigc", JSON)
                        .frame("PRIV", xmp)
                        .padding(9)
                        .bytes(),
                tag(4).text(0, "AIGC", JSON).bytes(),
                SOUND,
                tag(4).text(0, "AIGC", JSON).footer().bytes(),
                SoundBytes.ape("Title", "tea", "AIGC", JSON, "Mood", "x"),
                SoundBytes.id3v1("x"));
        byte[] mended = write(file, Order.implicitOnly(FIRST));
        Labelled.assertFaults(read(mended, Look.METADATA));
        assertThat(indexOf(mended, joined(SoundBytes.ape("Title", "tea", "Mood", "x"), SoundBytes.id3v1("x"))))
                .as("the APE tag without the label, its counts right")
                .isNotNegative();
    }

    @Test
    void sizesThatLieAreDamage() {
        byte[] unsafe = with(tag(3));
        unsafe[6] = (byte) 0x80;
        byte[] huge = with(tag(3));
        huge[6] = 0x7F;
        byte[] frame = with(tag(3));
        frame[14] = 0x7F;
        byte[] junk = with(tag(3));
        junk[10] = 'x';
        byte[] version = with(tag(3));
        version[3] = 5;
        byte[] extended = with(tag(3));
        extended[5] = 0x40;
        byte[] ape = joined(SOUND, SoundBytes.ape("AIGC", JSON));
        ape[ape.length - 17] = 0x7F;
        for (byte[] file : List.of(unsafe, huge, frame, junk, version, extended, ape)) {
            assertThat(read(file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            Labelled.assertRefused(name(), file, Fault.UNREADABLE);
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        Id3Bytes frames = Id3Bytes.of(2);
        for (int i = 0; i < 100_001; i++) {
            frames.frame("ABC", new byte[0]);
        }
        many.writeBytes(frames.bytes());
        many.writeBytes(SOUND);
        assertThat(read(many.toByteArray(), Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        Labelled.assertRefused(name(), many.toByteArray(), Fault.TOO_LARGE);
        byte[] bomb = joined(new byte[4], PngBytes.deflated(new byte[64 << 20]));
        byte[] packed = with(Id3Bytes.of(3).frame("TXXX", 0x80, bomb));
        assertThat(read(packed, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.LIMIT);
        Labelled.assertRefused(name(), packed, Fault.TOO_LARGE);
    }

    @Test
    void textThatLooksLikeSoundIsText() throws IOException {
        byte[] wide = "\uFEFFAB".repeat(50).getBytes(StandardCharsets.UTF_16LE);
        assertThat(labels.read(Source.of("a.txt", wide), Look.METADATA).format())
                .isEqualTo(Format.TEXT);
    }
}
