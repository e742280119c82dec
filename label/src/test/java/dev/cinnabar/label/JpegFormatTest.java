package dev.cinnabar.label;

import dev.cinnabar.testkit.JpegBytes;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** JPEG keeps the contract: baseline, progressive, grey, turned, with metadata of its own. */
class JpegFormatTest extends FormatContract {
    private static final String PACKET = "<?xpacket begin='\uFEFF' id='W5M0MpCehiHzreSzNTczkc9d'?>"
            + "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
            + "<rdf:Description rdf:about='uuid:1' xmlns:dc='http://purl.org/dc/elements/1.1/' dc:format='image/jpeg'>"
            + "<dc:title>a &lt; b</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>" + " ".repeat(3000)
            + "<?xpacket end='w'?>";

    @Override
    protected String name() {
        return "a.jpg";
    }

    @Override
    protected Format format() {
        return Format.JPEG;
    }

    @Override
    protected List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        samples.add(JpegBytes.of(120, 80).bytes());
        samples.add(JpegBytes.of(203, 101).progressive().bytes());
        samples.add(JpegBytes.of(new BufferedImage(160, 90, BufferedImage.TYPE_BYTE_GRAY))
                .bytes());
        samples.add(JpegBytes.of(150, 250)
                .quality(0.3f)
                .xmp(PACKET)
                .trailer(new byte[] {1, 2, 3})
                .bytes());
        for (int orientation = 2; orientation <= 8; orientation++) {
            samples.add(JpegBytes.of(240, 170)
                    .exif(orientation, "", "", orientation % 2 == 0)
                    .bytes());
        }
        return samples;
    }

    /** From the first quantisation table on. */
    @Override
    protected byte[] media(byte[] file) {
        int at = 2;
        while ((file[at + 1] & 0xFF) != 0xDB) {
            at += 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
        }
        return Arrays.copyOfRange(file, at, file.length);
    }

    @Override
    protected byte[] withStrangers() {
        return JpegBytes.of(130, 80)
                .exif(1, "a picture of nothing", "no label at all", true)
                .segment(0xE2, "ICC_PROFILE\0\1\1 nearly".getBytes(StandardCharsets.ISO_8859_1))
                .segment(0xED, "Photoshop 3.0\0 8BIM".getBytes(StandardCharsets.ISO_8859_1))
                .segment(0xFE, "moonlit-teapot".getBytes(StandardCharsets.ISO_8859_1))
                .segment(0xE7, "private".getBytes(StandardCharsets.ISO_8859_1))
                .trailer("behind the end".getBytes(StandardCharsets.ISO_8859_1))
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        byte[] file = withStrangers();
        List<byte[]> strangers = new ArrayList<>();
        int at = 20;
        while ((file[at + 1] & 0xFF) != 0xDB) {
            int end = at + 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
            strangers.add(Arrays.copyOfRange(file, at, end));
            at = end;
        }
        strangers.add("behind the end".getBytes(StandardCharsets.ISO_8859_1));
        return strangers;
    }

    @Override
    protected Optional<byte[]> sealed() {
        byte[] box = ("JP\0\1\0\0\0\1" + "\0\0\0\100jumb" + "\0\0\0\46jumdc2pa" + "\0".repeat(40))
                .getBytes(StandardCharsets.ISO_8859_1);
        return Optional.of(JpegBytes.of(120, 80).segment(0xEB, box).bytes());
    }
}
