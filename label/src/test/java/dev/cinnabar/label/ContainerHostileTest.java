package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.AviBytes;
import dev.cinnabar.testkit.BoxBytes;
import dev.cinnabar.testkit.FlvBytes;
import dev.cinnabar.testkit.HeifBytes;
import dev.cinnabar.testkit.MatroskaBytes;
import dev.cinnabar.testkit.MovieBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers made to hurt: boxes a thousand deep, sizes of zero, of 2^63, of lies, tables that claim too much. Each gives a finding or a clear refusal, soon. */
@Timeout(60)
class ContainerHostileTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "id");
    private static final Limits SMALL = new Limits(1L << 40, 1000, 64, 1 << 20, 1_000_000);

    private final Labels labels = new Labels(SMALL);

    private void assertAnswered(String name, byte[] file, Fault refused) {
        try {
            Reading reading = labels.read(Source.of(name, file));
            assertThat(ReadingJson.of(name, reading, Lang.EN)).endsWith("}");
            Written written = labels.write(Source.of(name, file), Order.implicitOnly(LABEL), new Memory());
            assertThat(written)
                    .isInstanceOfSatisfying(
                            Written.Impossible.class,
                            impossible -> assertThat(impossible.why().fault())
                                    .as("%s", impossible)
                                    .isEqualTo(refused));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Found by fuzzing: what stands at the end of a movie's header and is no box. */
    @Test
    void whatEndsAMovieHeaderAndIsNoBoxIsRefusedOrStaysBehindTheLabel() throws IOException {
        byte[] open = {0, 0, 0, 0, 'm', 'o', 'o', 'v'};
        assertAnswered("a.mp4", BoxBytes.join(open, latin("rrrrrrr")), Fault.UNREADABLE);
        byte[] zeros = BoxBytes.join(open, new byte[3]);
        assertThat(labels.write(Source.of("a.mp4", zeros), Order.implicitOnly(LABEL), new Memory()))
                .isInstanceOf(Written.Done.class);
        byte[] meta = Base64.getDecoder().decode("AAAAEG1vb3Z2cnMlaZAAAAAAAABtZXRhAMo=");
        assertThat(labels.write(Source.of("a.mp4", meta), Order.implicitOnly(LABEL), new Memory()))
                .as("a metadata box too short for what it should say")
                .isInstanceOf(Written.class);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin1(int id) {
        return new String(BoxBytes.u32(id), StandardCharsets.ISO_8859_1);
    }

    private static byte[] nested(String type, int depth) {
        byte[] box = BoxBytes.box(type);
        for (int i = 0; i < depth; i++) {
            box = BoxBytes.box(type, box);
        }
        return box;
    }

    @Test
    void boxesAThousandDeepAreNotFollowed() throws IOException {
        for (String type : List.of("moov", "trak", "udta", "meta", "ilst", "uuid")) {
            byte[] file = MovieBytes.of("isom").inMovie(nested(type, 1000)).bytes();
            assertThat(labels.read(Source.of("a.mp4", file)).labels()).isEmpty();
            Written written = labels.write(Source.of("a.mp4", file), Order.implicitOnly(LABEL), new Memory());
            if (written instanceof Written.Impossible impossible) {
                assertThat(impossible.why().fault()).isIn(Fault.UNREADABLE, Fault.TOO_LARGE);
            }
        }
    }

    @Test
    void sizesOfBoxesThatLieAreRefused() {
        byte[] good = MovieBytes.of("isom")
                .inMovie(BoxBytes.box("udta", BoxBytes.keyed("k", "v")))
                .bytes();
        for (String type : List.of("moov", "trak", "udta", "meta", "keys", "ilst", "mdat")) {
            int at = FormatContract.indexOf(good, latin(type)) - 4;
            for (int size : new int[] {2, 7, Integer.MAX_VALUE, -1}) {
                byte[] bad = good.clone();
                ByteBuffer.wrap(bad).putInt(at, size);
                assertAnswered("a.mp4", bad, Fault.UNREADABLE);
            }
        }
        for (long size : new long[] {0, 15, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            byte[] wide = MovieBytes.of("isom").wide().bytes();
            ByteBuffer.wrap(wide).putLong(FormatContract.indexOf(wide, latin("mdat")) + 4, size);
            assertAnswered("a.mp4", wide, Fault.UNREADABLE);
        }
    }

    @Test
    void tablesThatClaimTooMuchAreRefused() {
        for (byte[] file : List.of(
                MovieBytes.of("isom").bytes(), MovieBytes.of("isom").wide().bytes())) {
            int at = Math.max(FormatContract.indexOf(file, latin("stco")), FormatContract.indexOf(file, latin("co64")));
            ByteBuffer.wrap(file).putInt(at + 8, -1);
            assertAnswered("a.mp4", file, Fault.UNREADABLE);
        }
        byte[] fragments = MovieBytes.of("isom").fragments(true).bytes();
        ByteBuffer.wrap(fragments).putInt(FormatContract.indexOf(fragments, latin("tfra")) + 16, Integer.MAX_VALUE);
        assertAnswered("a.mp4", fragments, Fault.UNREADABLE);
    }

    @Test
    void endlessBoxesStopAtTheLimit() {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 1100; i++) {
            many.writeBytes(BoxBytes.box("free"));
        }
        assertAnswered("a.mp4", MovieBytes.of("isom").after(many.toByteArray()).bytes(), Fault.TOO_LARGE);
        assertAnswered(
                "a.mp4",
                MovieBytes.of("isom")
                        .inMovie(BoxBytes.box("udta", many.toByteArray()))
                        .bytes(),
                Fault.TOO_LARGE);
    }

    @Test
    void itemsThatLieAboutTheirPlacesAreRefused() {
        String empty = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>";
        for (long[] lie : new long[][] {{8, 0x7FFF}, {28, -1}, {24, 0}, {24, 40}, {24, -1}, {28, 0x7FFFFFFF}}) {
            byte[] file = HeifBytes.of("heic").xmp(3, empty, false, 1).bytes();
            int item = FormatContract.indexOf(file, latin("iloc")) + 8 + 4 + 28 - 24;
            ByteBuffer bytes = ByteBuffer.wrap(file);
            if (lie[0] == 8) {
                bytes.putShort(item - 6, (short) lie[1]);
            } else {
                bytes.putInt(item + 28 - 24 + (int) lie[0] + 2, (int) lie[1]);
            }
            assertAnswered("a.heic", file, Fault.UNREADABLE);
        }
    }

    @Test
    void manyPlacesOfNoBytesStopAtTheLimit() {
        ByteArrayOutputStream places = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            places.writeBytes(BoxBytes.join(BoxBytes.u16(i), BoxBytes.u16(0), BoxBytes.u16(0xFFFF)));
        }
        byte[] file = HeifBytes.of("heic").bytes();
        byte[] table = BoxBytes.full("iloc", 0, 0, BoxBytes.u16(0), BoxBytes.u16(1000), places.toByteArray());
        int old = FormatContract.indexOf(file, latin("iloc")) - 4;
        byte[] bad = BoxBytes.join(
                java.util.Arrays.copyOf(file, old),
                table,
                java.util.Arrays.copyOfRange(file, old + 16 + 28, file.length));
        ByteBuffer.wrap(bad).putInt(24, ByteBuffer.wrap(file).getInt(24) + table.length - 44);
        assertAnswered("a.heic", bad, Fault.TOO_LARGE);
    }

    @Test
    void elementsThatLieAreRefused() {
        byte[] good = MatroskaBytes.of("matroska")
                .before(MatroskaBytes.tags(false, MatroskaBytes.tag(0, "ENCODER", "x")))
                .bytes();
        for (int id : new int[] {0x18538067, 0x1254C367, 0x1F43B675, 0x1C53BB6B}) {
            // the last one: the SeekHead names the others
            int at = new String(good, StandardCharsets.ISO_8859_1).lastIndexOf(latin1(id)) + 4;
            for (byte first : new byte[] {0, 2, 8, (byte) 0x60}) {
                byte[] bad = good.clone();
                bad[at] = first;
                assertAnswered("a.mkv", bad, Fault.UNREADABLE);
            }
        }
        byte[] bad = good.clone();
        bad[FormatContract.indexOf(good, new byte[] {0x67, (byte) 0xC8}) + 2] = (byte) 0xFE;
        assertAnswered("a.mkv", bad, Fault.UNREADABLE);
    }

    @Test
    void elementsWithoutEndOrBottomStop() {
        byte[] deep = MatroskaBytes.simple("x", "y");
        for (int i = 0; i < 1000; i++) {
            deep = MatroskaBytes.element(0x67C8, deep);
        }
        byte[] tags = MatroskaBytes.tags(false, MatroskaBytes.element(0x7373, deep));
        assertAnswered("a.mkv", MatroskaBytes.of("matroska").before(tags).bytes(), Fault.TOO_LARGE);
        byte[][] many = new byte[1100][];
        java.util.Arrays.fill(many, MatroskaBytes.padding(0));
        assertAnswered("a.mkv", MatroskaBytes.of("matroska").before(many).bytes(), Fault.TOO_LARGE);
        byte[][] blocks = new byte[110_000][];
        java.util.Arrays.fill(blocks, MatroskaBytes.padding(0));
        assertAnswered(
                "a.mkv", MatroskaBytes.of("matroska").live().after(blocks).bytes(), Fault.TOO_LARGE);
    }

    @Test
    void chunksOfAviThatLieAreRefused() {
        byte[] good = AviBytes.of()
                .before(AviBytes.info(AviBytes.entry("ISFT", "x")))
                .openDml()
                .bytes();
        for (String id : List.of("RIFF", "LIST", "ISFT", "idx1", "AVIX")) {
            int at = FormatContract.indexOf(good, latin(id)) + (id.equals("AVIX") ? -4 : 4);
            byte[] bad = good.clone();
            ByteBuffer.wrap(bad).putInt(at, -1);
            assertAnswered("a.avi", bad, Fault.UNREADABLE);
        }
        byte[][] many = new byte[1100][];
        java.util.Arrays.fill(many, AviBytes.chunk("JUNK"));
        assertAnswered("a.avi", AviBytes.of().before(many).bytes(), Fault.TOO_LARGE);
        assertAnswered("a.avi", AviBytes.of().after(AviBytes.info(many)).bytes(), Fault.TOO_LARGE);
    }

    @Test
    void scriptTagsOfFlvThatLieAreRefused() {
        byte[] good = FlvBytes.of().metadata(FlvBytes.text("encoder", "teapot")).bytes();
        int key = FormatContract.indexOf(good, latin("encoder"));
        for (int[] lie : new int[][] {
            {5, -1},
            {5, 0},
            {13, 0x12FFFFFF},
            {13, 0x1F000000},
            {key + 7, 0x02FFFFFF},
            {key + 7, 0x11000000},
            {key - 2, -1}
        }) {
            byte[] bad = good.clone();
            ByteBuffer.wrap(bad).putInt(lie[0], lie[1]);
            assertAnswered("a.flv", bad, Fault.UNREADABLE);
        }
        byte[] deep = FlvBytes.text("x", "y");
        for (int i = 0; i < 1000; i++) {
            deep = FlvBytes.object("x", deep);
        }
        assertAnswered("a.flv", FlvBytes.of().metadata(deep).bytes(), Fault.TOO_LARGE);
        byte[][] tags = new byte[110_000][];
        java.util.Arrays.fill(tags, FlvBytes.tag(8));
        assertAnswered("a.flv", FlvBytes.of().after(tags).bytes(), Fault.TOO_LARGE);
    }

    @Test
    void metadataOfManyMegabytesIsNotLoaded() throws IOException {
        byte[] cover = BoxBytes.box("covr", BoxBytes.box("data", BoxBytes.u32(13), BoxBytes.u32(0), new byte[3 << 20]));
        byte[] file = MovieBytes.of("isom")
                .inMovie(BoxBytes.box("udta", BoxBytes.listed(cover)))
                .bytes();
        Memory target = new Memory();
        assertThat(labels.write(Source.of("a.mp4", file), Order.implicitOnly(LABEL), target))
                .as("a cover is kept without being looked at")
                .isInstanceOf(Written.Done.class);
        byte[] keys = BoxBytes.keyed("x".repeat(2 << 20), "v");
        assertAnswered(
                "a.mp4",
                MovieBytes.of("isom").inMovie(BoxBytes.box("udta", keys)).bytes(),
                Fault.TOO_LARGE);
    }
}
