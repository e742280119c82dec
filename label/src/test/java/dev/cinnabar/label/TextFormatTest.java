package dev.cinnabar.label;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Plain text keeps the contract; it has no place for the implicit label. */
class TextFormatTest extends FormatContract {
    @Override
    protected String name() {
        return "a.txt";
    }

    @Override
    protected Format format() {
        return Format.TEXT;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(utf8("The moon is out.\n"), utf8("\uFEFF月亮出来了。\r\n"), utf8(""), utf8("x".repeat(100_000)));
    }

    @Override
    protected byte[] media(byte[] file) {
        return file;
    }

    @Override
    protected byte[] withStrangers() {
        return utf8("\uFEFFfirst\tlast");
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(utf8("first\tlast"));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.empty();
    }

    @Override
    protected boolean hasPlace() {
        return false;
    }
}
