package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.TiffBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TIFF keeps the contract: classic and big, either order of bytes, several pages, directories below them. */
class TiffFormatTest extends FormatContract {
    private static final AigcLabel OTHER = AigcLabel.first("001191110102MACQD9K64010000", "other-0002");
    private static final String JSON = FIRST.toJson();
    private static final byte[] XMP = Labelled.packet(Labelled.element(JSON));
    private static final byte[] PLAIN_XMP =
            Labelled.packet("<rdf:Description rdf:about='' xmlns:a='urn:a' a:b='moonlit-teapot'/>");
    private static final int DESCRIPTION = 0x010E;
    private static final int EXIF = 0x8769;
    private static final int COMMENT = 0x9286;
    private static final int SUB = 330;

    @Override
    protected String name() {
        return "a.tiff";
    }

    @Override
    protected Format format() {
        return Format.TIFF;
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    private static TiffBytes little() {
        return TiffBytes.of(ByteOrder.LITTLE_ENDIAN, false);
    }

    private static TiffBytes big() {
        return TiffBytes.of(ByteOrder.BIG_ENDIAN, true);
    }

    /** Every kind of file that there is. */
    private static List<TiffBytes> kinds() {
        return List.of(
                little(),
                TiffBytes.of(ByteOrder.BIG_ENDIAN, false),
                TiffBytes.of(ByteOrder.LITTLE_ENDIAN, true),
                big());
    }

    @Override
    protected List<byte[]> samples() {
        List<byte[]> all = new ArrayList<>();
        for (TiffBytes tiff : kinds()) {
            all.add(tiff.bytes());
            all.add(tiff.text(DESCRIPTION, "apple-party").xmp(PLAIN_XMP).bytes());
            all.add(tiff.text(34000, "behind the packet")
                    .page(3, 3)
                    .xmp(PLAIN_XMP)
                    .bytes());
        }
        all.add(little().directory(EXIF, COMMENT, 7, latin("ASCII\0\0\0moonlit-teapot"))
                .directory(SUB, 256, 3, new byte[2])
                .bytes());
        all.add(Arrays.copyOf(all.getFirst(), all.getFirst().length + 7));
        return all;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Every page's entries but the packet, with the values and pixels that they point to. */
    @Override
    protected byte[] media(byte[] file) {
        boolean big = file[2] == 43 || file[3] == 43;
        ByteBuffer tiff = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int pointer = big ? 8 : 4;
        int at = number(tiff, big ? 8 : 4, pointer);
        while (at != 0) {
            int count = number(tiff, at, big ? 8 : 2);
            int entry = at + (big ? 8 : 2);
            int pixels = 0;
            for (int i = 0; i < count; i++, entry += 4 + 2 * pointer) {
                int tag = number(tiff, entry, 2);
                int length = number(tiff, entry + 4, pointer) * (tiff.getShort(entry + 2) == 3 ? 2 : 1);
                pixels = tag == 273 ? number(tiff, entry + 4 + pointer, pointer) : pixels;
                if (tag != 700) {
                    out.write(file, entry, 4 + 2 * pointer);
                    out.write(file, length <= pointer ? entry : number(tiff, entry + 4 + pointer, pointer), length);
                }
                if (tag == 279) {
                    out.write(file, pixels, number(tiff, entry + 4 + pointer, 2));
                }
            }
            at = number(tiff, entry, pointer);
        }
        return out.toByteArray();
    }

    private static int number(ByteBuffer tiff, int at, int size) {
        return switch (size) {
            case 2 -> tiff.getShort(at) & 0xFFFF;
            case 4 -> tiff.getInt(at);
            default -> (int) tiff.getLong(at);
        };
    }

    @Override
    protected byte[] withStrangers() {
        return little().value(34665 - 700, 7, latin("who knows"))
                .text(0x013B, "apple-party painter")
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(latin("who knows"), latin("apple-party painter"));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(
                little().value(0xCD41, 7, latin("not a real manifest")).bytes());
    }

    @Test
    void nothingInTheOldFileMoves() {
        for (byte[] sample : samples()) {
            byte[] labelled = write(sample, Order.implicitOnly(FIRST));
            int head = sample[2] == 43 || sample[3] == 43 ? 16 : 8;
            int kept = indexOf(sample, PLAIN_XMP) < 0 ? sample.length : indexOf(sample, PLAIN_XMP);
            assertThat(Arrays.copyOfRange(labelled, head, kept)).isEqualTo(Arrays.copyOfRange(sample, head, kept));
            assertThat(indexOf(labelled, latin("<TC260:AIGC>"))).isGreaterThan(kept);
        }
    }

    @Test
    void theEntriesStandInTheirOrder() {
        for (TiffBytes kind : kinds()) {
            byte[] file = write(kind.text(34000, "a longer text behind").bytes(), Order.implicitOnly(FIRST));
            boolean big = file[2] == 43 || file[3] == 43;
            ByteBuffer tiff =
                    ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int at = number(tiff, big ? 8 : 4, big ? 8 : 4);
            assertThat(at % 2).isZero();
            List<Integer> tags = new ArrayList<>();
            for (int i = 0; i < number(tiff, at, big ? 8 : 2); i++) {
                tags.add(number(tiff, at + (big ? 8 + 20 * i : 2 + 12 * i), 2));
            }
            assertThat(tags).isSorted().containsOnlyOnce(700).endsWith(34000);
        }
    }

    @Test
    void placesAndTheirFindings() {
        assertFaults(little().xmp(XMP));
        assertFaults(big().xmp(XMP).text(34000, "behind the packet"));
        assertFaults(little().xmp(wide(ByteOrder.LITTLE_ENDIAN)).text(34000, "behind the packet"));
        assertFaults(big().xmp(PLAIN_XMP).page(2, 2).xmp(XMP), Fault.OTHER_PLACE);
        assertFaults(big().xmp(PLAIN_XMP).page(2, 2).xmp(wide(ByteOrder.BIG_ENDIAN)), Fault.OTHER_PLACE);
        assertFaults(little().xmp(XMP).page(2, 2).xmp(XMP), Fault.TWO_LABELS);
        assertFaults(little().directory(SUB, 700, 1, XMP), Fault.OTHER_PLACE);
        assertFaults(big().text(DESCRIPTION, JSON), Fault.OTHER_PLACE);
        assertFaults(
                little().directory(EXIF, COMMENT, 7, latin("ASCII\0\0\0{\"AIGC\":" + JSON + "}")), Fault.ANNEX_B_PLACE);
        assertFaults(
                big().directory(EXIF, COMMENT, 7, latin("ASCII\0\0\0{\"AIGC\":" + JSON + "}")), Fault.ANNEX_B_PLACE);
    }

    private static byte[] wide(ByteOrder order) {
        return new String(XMP, StandardCharsets.UTF_8)
                .getBytes(order == ByteOrder.BIG_ENDIAN ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    }

    /** No byte of the old label is left, wherever it stood. */
    private void assertFaults(TiffBytes tiff, Fault... faults) {
        byte[] file = tiff.bytes();
        Labelled.assertFaults(read(file, Look.METADATA), faults);
        byte[] mended = write(file, Order.implicitOnly(OTHER));
        Labelled.assertFaults(read(mended, Look.METADATA));
        assertThat(new String(mended, StandardCharsets.ISO_8859_1).replace("\0", ""))
                .doesNotContain(FIRST.produceId());
        assertThat(write(write(mended, Order.implicitOnly(FIRST)), Order.implicitOnly(OTHER)))
                .isEqualTo(mended);
    }

    @Test
    void aPacketThatPagesShareLosesItsLabelOnce() {
        byte[] file = little().xmp(XMP)
                .page(2, 2)
                .xmp(XMP)
                .text(34000, "behind the packet")
                .bytes();
        int first = indexOf(file, XMP);
        int second = indexOf(Arrays.copyOfRange(file, first + 1, file.length), XMP) + first + 1;
        ByteBuffer tiff = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = second; at < file.length - 4; at++) {
            if (tiff.getInt(at) == second) {
                tiff.putInt(at, first);
            }
        }
        byte[] mended = write(file, Order.implicitOnly(OTHER));
        Labelled.assertFaults(read(mended, Look.METADATA));
        assertThat(media(mended)).isEqualTo(media(file));
    }

    @Test
    void whatMadeThePictureIsTold() {
        for (TiffBytes kind : kinds()) {
            Reading reading = read(kind.text(0x0131, "Stable Diffusion web UI").bytes(), Look.METADATA);
            assertThat(reading.traces()).anyMatch(trace -> trace.where().equals("tiff:Software"));
        }
    }

    @Test
    void directoriesThatLieAreDamage() {
        byte[] plain = little().bytes();
        int directory = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        assertDamaged(plain, 4, 0);
        assertDamaged(plain, 4, 5);
        assertDamaged(plain, 4, plain.length - 1);
        assertDamaged(plain, 4, -1);
        assertDamaged(plain, directory, 0x0100_0000);
        assertDamaged(plain, directory, 0x0100_FFFF);
        assertDamaged(plain, plain.length - 4, directory);
        assertDamaged(plain, plain.length - 4, -2);
        byte[] big = big().bytes();
        assertDamaged(big, 4, 0x0004_0000);
        assertDamaged(big, 8, -1);
        byte[] packet = little().xmp(XMP).bytes();
        int entry = indexOf(packet, new byte[] {(byte) 0xBC, 2, 1, 0});
        assertDamaged(packet, entry + 4, packet.length);
        assertDamaged(packet, entry + 4, -1);
        assertDamaged(packet, entry + 8, -1);
    }

    /** A number that is wrong is a finding to the reader and a reason to the writer. */
    private void assertDamaged(byte[] file, int at, int number) {
        boolean little = file[0] == 'I';
        byte[] broken = file.clone();
        ByteBuffer.wrap(broken)
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .putInt(at, number);
        assertThat(read(broken, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.DAMAGED);
        Labelled.assertRefused(name(), broken, Fault.UNREADABLE);
    }

    @Test
    void offsetsOfAClassicFileEndAtFourGigabytes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(name());
        Files.write(file, little().bytes());
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(0xFFFFFF00L).write(ByteBuffer.wrap(new byte[16]));
        }
        Memory target = new Memory();
        assertThat(new Labels(Limits.standard()).write(Source.of(file), Order.implicitOnly(FIRST), target))
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.NO_ROOM));
        assertThat(target.bytes()).isEmpty();
    }
}
