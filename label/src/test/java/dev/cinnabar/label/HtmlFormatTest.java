package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** HTML pages keep the contract, in every coding that has ASCII in it. */
class HtmlFormatTest extends FormatContract {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected String name() {
        return "a.html";
    }

    @Override
    protected Format format() {
        return Format.HTML;
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                utf8("<!DOCTYPE html>\n<html lang=zh><head><title>a < b</title></head><body><p>月</p></body></html>\n"),
                utf8("\uFEFF<html><HEAD\n class='>'><script>if (a<b) x='<meta name=\"AIGC\">'</script></HEAD><body>"),
                utf8("<!-- <head> --><!doctype html><p>no head</p>"),
                utf8("<!doctype html>\n<html><body><meta name=x></body>"),
                utf8("plain words"),
                utf8("<html><head><meta name=\"description\" content=\"name='AIGC'\"></head><body>"),
                "<html><head><title>月</title></head>".getBytes(Charset.forName("GB18030")));
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    @Override
    protected byte[] media(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return text.replaceFirst(
                        "<meta name=\"AIGC\" content=\"[^\"]*\">",
                        text.contains("<script>") && !text.contains("content=\"{") ? "$0" : "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    protected byte[] withStrangers() {
        return utf8("<html><head><meta name=tea content=pot></head><body>stranger</body></html>");
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(utf8("<meta name=tea content=pot>"), utf8("<body>stranger</body>"));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.empty();
    }

    @Test
    void everySpellingIsReadAndReplaced() {
        String json = FIRST.toJson();
        for (String meta : List.of(
                "<meta name=\"AIGC\" content=\"" + json.replace("\"", "&quot;") + "\"/>",
                "<META content='" + json + "' NAME=aigc>",
                "<meta\nname = 'AIGC'\ncontent = '" + json.replace("\"", "&#34;") + "' >")) {
            byte[] file = utf8("<html><head>" + meta + "</head><body>x</body></html>");
            assertThat(read(file, Look.METADATA).labels().getFirst().label())
                    .as(meta)
                    .contains(FIRST);
            byte[] labelled = write(file, Order.implicitOnly(SECOND));
            assertThat(read(labelled, Look.METADATA).labels()).hasSize(1);
            assertThat(new String(labelled, StandardCharsets.UTF_8)).doesNotContain("first-0001");
        }
    }

    @Test
    void wideTextIsReadAndNotWritten() throws IOException {
        byte[] file = ("\uFEFF<html><head><meta name=AIGC content='" + FIRST.toJson() + "'></head>")
                .getBytes(StandardCharsets.UTF_16LE);
        assertThat(read(file, Look.METADATA).labels()).hasSize(1);
        assertThat(labels.write(Source.of("a.html", file), Order.implicitOnly(FIRST), new Memory()))
                .isInstanceOfSatisfying(
                        Written.Impossible.class,
                        impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.ENCODING));
    }
}
