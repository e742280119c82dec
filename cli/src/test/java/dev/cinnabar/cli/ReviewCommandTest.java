package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewCommandTest {
    private static final String HEADER = "pattern,kind,risk,severity,action,folds\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void oneVerdictALine() throws IOException {
        Path features = write(
                "f.csv",
                HEADER
                        + "苹果派对,keyword,A.1.h,high,block,default\nteacup,keyword,A.3.a,low,hold,default\nbrass,keyword,A.5.b,low,note,none\n");
        Path texts = write("t.txt", "今晚有苹果派对吗\nnothing here\nmy TEACUP\nbrass\n");

        Ran ran = Ran.cinnabar("review", "--features", features.toString(), texts.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.lines()).hasSize(4);
        assertThat(ran.lines().get(0))
                .startsWith("{\"verdict\":\"block\"")
                .contains("\"start\":3,\"end\":7,\"matched\":\"苹果派对\"", "\"risk\":\"A.1.h\"");
        assertThat(ran.lines().get(1)).isEqualTo("{\"verdict\":\"pass\",\"hits\":[]}");
        assertThat(ran.lines().get(2)).startsWith("{\"verdict\":\"hold\"").contains("\"matched\":\"TEACUP\"");
        assertThat(ran.lines().get(3)).startsWith("{\"verdict\":\"pass\"").contains("\"matched\":\"brass\"");
    }

    @Test
    void standardInputAndWindowsLineEnds() {
        Ran ran = Ran.withInput("fine\r\nalso fine".getBytes(StandardCharsets.UTF_8), "review", "-");
        assertThat(ran.lines()).hasSize(2).allMatch(line -> line.equals("{\"verdict\":\"pass\",\"hits\":[]}"));
        assertThat(ran.code()).isZero();
    }

    @Test
    void aLineThatIsNotUtf8IsNeverPassed() {
        Ran ran = Ran.withInput(new byte[] {'a', (byte) 0xff, '\n', 'b', '\n'}, "review", "-");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.lines().get(0)).contains("\"error\"", "UTF-8").doesNotContain("pass\"");
        assertThat(ran.lines().get(1)).contains("\"verdict\":\"pass\"");
    }

    @Test
    void aFaultyRowIsNamedAndNothingIsReviewed() throws IOException {
        Path features = write("f.csv", HEADER + "word,keyword,Z.9.z,high,block,default\n");
        Ran ran = Ran.withInput(
                "word\n".getBytes(StandardCharsets.UTF_8), "review", "--features", features.toString(), "-");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("line 2", "risk");
    }

    @Test
    void explainNamesTheFeature() throws IOException {
        Path features = write("f.csv", HEADER + "teacup,keyword,A.3.a,low,hold,default\n");
        Ran ran = Ran.withInput(
                "TEACUP\n".getBytes(StandardCharsets.UTF_8),
                "review",
                "--explain",
                "--features",
                features.toString(),
                "-");
        assertThat(ran.out()).contains("\"pattern\":\"teacup\"", "\"exact\":false", "\"library\":\"f.csv\"");
    }

    @Test
    void aMissingFileIsAClearError() {
        Ran ran = Ran.cinnabar("review", folder.resolve("none.txt").toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("there is no such file");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
