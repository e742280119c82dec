package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A small text file whose last line is the SHA-256 of the lines before, so that damage to it is noticed. */
final class SealedText {
    private static final String SEAL = "sha256 ";

    private SealedText() {}

    static ByteBuffer bytes(String... lines) {
        String text = String.join("\n", lines) + '\n';
        return ByteBuffer.wrap((text + SEAL + hex(text) + '\n').getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(Merkle.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The lines of a file, without the seal; empty where the seal does not fit. */
    static Optional<List<String>> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length < 3) {
            return Optional.empty();
        }
        String[] body = Arrays.copyOf(lines, lines.length - 2);
        return bytes(body).equals(ByteBuffer.wrap(bytes)) ? Optional.of(List.of(body)) : Optional.empty();
    }
}
