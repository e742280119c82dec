package dev.cinnabar.label;

import dev.cinnabar.testkit.BoxBytes;
import dev.cinnabar.testkit.MovieBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** MP4 keeps the contract: the header first, last, in fragments, with 32 and 64 bits, with and without room. */
class MovieFormatTest extends FormatContract {
    private static final byte[] SEAL =
            BoxBytes.uuid("d8fec3d61b0e483c92975828877ec481", "manifest".getBytes(StandardCharsets.US_ASCII));

    private static final String XMP = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
            + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/></x:xmpmeta>";

    @Override
    protected String name() {
        return "a.mp4";
    }

    @Override
    protected Format format() {
        return Format.MP4;
    }

    private static MovieBytes movie() {
        return MovieBytes.of("mp42");
    }

    @Override
    protected List<byte[]> samples() {
        byte[] itunes = BoxBytes.listed(BoxBytes.item("\u00A9nam", "tea"), BoxBytes.item("\u00A9too", "x"));
        byte[] keyed = BoxBytes.keyed("com.example.make", "teapot", "com.example.model", "m");
        byte[] xmp = BoxBytes.uuid("be7acfcb97a942e89c71999491e3afac", XMP.getBytes(StandardCharsets.UTF_8));
        return List.of(
                movie().bytes(),
                movie().last().bytes(),
                movie().wide().bytes(),
                movie().wide().last().after(xmp).bytes(),
                movie().fragments(true).bytes(),
                movie().fragments(false).bytes(),
                movie().free(8).bytes(),
                movie().free(4096).bytes(),
                movie().last().free(4096).bytes(),
                movie().before(xmp).inMovie(BoxBytes.box("udta")).bytes(),
                movie().inMovie(BoxBytes.box("udta", itunes, new byte[4])).bytes(),
                movie().inMovie(BoxBytes.box("udta", keyed), itunes).free(300).bytes(),
                movie().inMovie(keyed, BoxBytes.longBox("udta", itunes, keyed)).bytes(),
                movie().inMovie(BoxBytes.box(
                                "udta",
                                BoxBytes.full(
                                        "meta",
                                        0,
                                        0,
                                        BoxBytes.handler("mdta"),
                                        BoxBytes.full("keys", 0, 0, BoxBytes.u32(0)))))
                        .bytes());
    }

    @Override
    protected byte[] media(byte[] file) {
        return MovieBytes.media(file);
    }

    @Override
    protected byte[] withStrangers() {
        return movie().before(stranger("abcd"))
                .inMovie(stranger("efgh"), BoxBytes.box("udta", stranger("ijkl")))
                .inTrack(stranger("mnop"))
                .after(stranger("qrst"))
                .bytes();
    }

    private static byte[] stranger(String type) {
        return BoxBytes.box(type, "moonlit".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(stranger("abcd"), stranger("efgh"), stranger("ijkl"), stranger("mnop"), stranger("qrst"));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(movie().before(SEAL).bytes());
    }

    @Override
    protected boolean hasMark() {
        return false;
    }
}
