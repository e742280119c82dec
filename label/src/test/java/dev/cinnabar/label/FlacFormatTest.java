package dev.cinnabar.label;

import static dev.cinnabar.testkit.SoundBytes.joined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Id3Bytes;
import dev.cinnabar.testkit.OggBytes;
import dev.cinnabar.testkit.SoundBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** FLAC keeps the contract, with and without comments, padding, and tags around the file. */
class FlacFormatTest extends FormatContract {
    private static final String JSON = FIRST.toJson();
    private static final byte[] SOUND = latin("\u00FF\u00F8 frames of sound");

    @Override
    protected String name() {
        return "a.flac";
    }

    @Override
    protected Format format() {
        return Format.FLAC;
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] block(int type, byte[] content) {
        byte[] head = {(byte) type, (byte) (content.length >> 16), (byte) (content.length >> 8), (byte) content.length};
        return joined(head, content);
    }

    /** The blocks behind STREAMINFO, the last of them marked as such, and the sound. */
    private static byte[] flac(byte[]... blocks) {
        byte[][] all = new byte[blocks.length + 1][];
        all[0] = block(0, new byte[34]);
        System.arraycopy(blocks, 0, all, 1, blocks.length);
        all[blocks.length] = all[blocks.length].clone();
        all[blocks.length][0] |= (byte) 0x80;
        return joined(latin("fLaC"), joined(all), SOUND);
    }

    private static byte[] comments(String... comments) {
        return block(4, OggBytes.comments(comments));
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                flac(),
                flac(comments()),
                flac(comments("TITLE=tea"), block(1, new byte[100])),
                flac(block(1, new byte[20_000]), comments("TITLE=tea")),
                flac(comments("TITLE=tea"), block(1, new byte[20_000])),
                flac(block(3, new byte[36]), block(1, new byte[20_000])),
                joined(Id3Bytes.of(3).text(0, "mood", "tea").bytes(), flac(comments("A=b")), SoundBytes.id3v1("x")));
    }

    @Override
    protected byte[] media(byte[] file) {
        return Arrays.copyOfRange(file, indexOf(file, SOUND), file.length);
    }

    @Override
    protected byte[] withStrangers() {
        return joined(
                Id3Bytes.of(4).text(3, "mood", "tea").bytes(),
                flac(
                        block(2, latin("appl")),
                        comments("TITLE=moonlit-teapot"),
                        block(6, latin("picture")),
                        block(99, latin("?"))));
    }

    @Override
    protected List<byte[]> strangers() {
        byte[] unknown = block(99, latin("?"));
        unknown[0] |= (byte) 0x80;
        return List.of(
                Id3Bytes.of(4).text(3, "mood", "tea").bytes(),
                block(2, latin("appl")),
                latin("TITLE=moonlit-teapot"),
                block(6, latin("picture")),
                unknown,
                SOUND);
    }

    @Override
    protected Optional<byte[]> sealed() {
        byte[] manifest = latin("\0application/x-c2pa-manifest-store\0c2pa\0\0jumbf");
        return Optional.of(joined(Id3Bytes.of(4).frame("GEOB", manifest).bytes(), flac(comments())));
    }

    @Test
    void paddingIsUsedUpInPlace() {
        byte[] file = flac(comments("a=b"), block(1, new byte[4000]));
        assertThat(write(file, Order.implicitOnly(FIRST))).hasSameSizeAs(file);
        byte[] none = flac(block(1, new byte[4000]));
        assertThat(write(none, Order.implicitOnly(FIRST))).hasSameSizeAs(none);
    }

    @Test
    void placesAndTheirFindings() {
        assertFaults(flac(comments("AIGC=" + JSON)));
        assertFaults(flac(comments("Aigc=" + JSON, "a=b")));
        assertFaults(flac(comments("AIGC=" + JSON), comments("AIGC=" + JSON)), Fault.TWO_LABELS);
        assertFaults(flac(comments("AIGC=" + JSON, "AIGC=" + JSON)), Fault.TWO_LABELS);
        assertFaults(flac(comments("DESCRIPTION=" + JSON)), Fault.OTHER_PLACE);
        assertFaults(joined(Id3Bytes.of(3).text(0, "AIGC", JSON).bytes(), flac(comments("a=b"))), Fault.OTHER_PLACE);
        assertFaults(joined(flac(comments()), SoundBytes.ape("AIGC", JSON)), Fault.OTHER_PLACE);
    }

    private void assertFaults(byte[] file, Fault... faults) {
        Labelled.assertFaults(read(file, Look.METADATA), faults);
        byte[] mended = write(file, Order.implicitOnly(FIRST));
        Labelled.assertFaults(read(mended, Look.METADATA));
        assertThat(indexOf(mended, SOUND)).isNotNegative();
    }

    @Test
    void sizesThatLieAreDamage() {
        byte[] block = flac(comments("a=b"));
        block[43] = 0x7F;
        byte[] vendor = flac(comments("a=b"));
        vendor[49] = 0x7F;
        byte[] count = flac(comments("a=b"));
        count[count.length - SOUND.length - 11] = 2;
        byte[] first = joined(latin("fLaC"), block(0x84, OggBytes.comments("a=b")));
        for (byte[] file : List.of(block, vendor, count)) {
            assertThat(read(file, Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
            Labelled.assertRefused(name(), file, Fault.UNREADABLE);
        }
        Labelled.assertRefused(name(), first, Fault.UNREADABLE);
        byte[][] many = new byte[100_001][];
        Arrays.fill(many, block(2, new byte[0]));
        assertThat(read(flac(many), Look.METADATA).verdict()).isInstanceOf(Verdict.Inconclusive.class);
        Labelled.assertRefused(name(), flac(many), Fault.TOO_LARGE);
    }
}
