package dev.cinnabar.label;

import dev.cinnabar.testkit.PngBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PNG keeps the contract, in every colour type and depth. */
class PngFormatTest extends FormatContract {
    @Override
    protected String name() {
        return "a.png";
    }

    @Override
    protected Format format() {
        return Format.PNG;
    }

    @Override
    protected List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        samples.add(PngBytes.of(120, 64).bytes());
        int[][] kinds = {{0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 16}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};
        for (int[] kind : kinds) {
            samples.add(PngBytes.of(171, 80).kind(kind[0], kind[1]).bytes());
            samples.add(PngBytes.of(170, 81)
                    .kind(kind[0], kind[1])
                    .interlaced()
                    .idats(100)
                    .bytes());
        }
        for (int depth : new int[] {1, 2, 4, 8}) {
            samples.add(PngBytes.of(173, 83).kind(3, depth).palette(1 << depth).bytes());
        }
        return samples;
    }

    @Override
    protected byte[] media(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (PngChunks.Chunk chunk : PngChunks.of(file)) {
            if (!chunk.type().equals("iTXt")) {
                out.writeBytes(chunk.type().getBytes(StandardCharsets.ISO_8859_1));
                out.writeBytes(chunk.data());
            }
        }
        return out.toByteArray();
    }

    private static byte[] stranger(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected byte[] withStrangers() {
        return PngBytes.of(120, 64)
                .chunk("pHYs", new byte[] {0, 0, 11, 19, 0, 0, 11, 19, 1})
                .chunk("iCCP", PngBytes.packedText("profile", stranger("not a real profile")))
                .chunk("tEXt", PngBytes.text("Comment", "apple-party"))
                .chunk("prVt", stranger("a private chunk"))
                .late("tIME", new byte[] {7, (byte) 0xEA, 1, 2, 3, 4, 5})
                .late("zTXt", PngBytes.packedText("Software", stranger("moonlit-teapot")))
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return PngChunks.of(withStrangers()).stream()
                .filter(chunk -> !chunk.type().equals("IDAT"))
                .map(chunk -> PngBytes.chunkBytes(chunk.type(), chunk.data()))
                .toList();
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.of(PngBytes.of(100, 64).chunk("caBX", stranger("jumbf")).bytes());
    }
}
