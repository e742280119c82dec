package dev.cinnabar.label;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Markdown keeps the contract, with and without front matter, with every kind of line ending. */
class MarkdownFormatTest extends FormatContract {
    @Override
    protected String name() {
        return "a.md";
    }

    @Override
    protected Format format() {
        return Format.MARKDOWN;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                utf8("# Teapot\n\nThe moon is out.\n"),
                utf8("---\ntitle: Teapot\ntags:\n  - tea\n\n  - pot\n---\n\nText 文字.\n"),
                utf8("\uFEFF---\r\ntitle: Teapot\r\n---\r\nText\r\n"),
                utf8("---\n---\n"),
                utf8("---\ntitle: never closed\n"),
                utf8("---"),
                utf8("---\f\ntext\n---\ntext\n---\n"),
                utf8("---\t\ntitle: x\n--- \t\ntext\n"),
                utf8("no line end"),
                utf8(""));
    }

    /** Everything but the front matter that the writer made or changed. */
    @Override
    protected byte[] media(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8).replace("\uFEFF", "");
        String kept = text.replaceAll("AIGC:\\R(  \"[A-Za-z0-9]+\": \"[^\\r\\n]*\"\\R){7}", "");
        return utf8(kept.replaceFirst("^---\\R---(\\R\\R)?", ""));
    }

    @Override
    protected byte[] withStrangers() {
        return utf8("---\ntitle: \"a: b\"\nx: {y: [1, 2]}\n---\n<!-- comment -->\n\n| a | b |\n");
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(utf8("title: \"a: b\"\nx: {y: [1, 2]}\n---\n"), utf8("<!-- comment -->\n\n| a | b |\n"));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.empty();
    }
}
