package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private List<JsonNode> json(String port) {
        Ran ran = Ran.cinnabar(
                "doctor",
                "--json",
                "--port",
                port,
                "--data",
                folder.resolve("x/y").toString());
        List<JsonNode> all = ran.lines().stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        boolean missing =
                all.stream().anyMatch(one -> one.path("state").asString().equals("missing"));
        assertThat(ran.code()).isEqualTo(missing ? 1 : 0);
        return all;
    }

    private static JsonNode of(List<JsonNode> all, String what) {
        return all.stream()
                .filter(one -> one.path("what").asString().equals(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyLineSaysWhatItFoundAndHowToMendIt() {
        List<JsonNode> all = json("0");
        assertThat(all.stream().map(one -> one.path("what").asString()))
                .contains("JDK", "memory", "disk", "database", "port", "fonts", "exiftool", "ffmpeg");
        assertThat(of(all, "JDK").path("state").asString()).isEqualTo("ok");
        assertThat(of(all, "port").path("state").asString()).isEqualTo("ok");
        for (JsonNode one : all) {
            assertThat(one.path("found").asString()).isNotEmpty();
            assertThat(one.path("remedy").asString().isEmpty())
                    .isEqualTo(one.path("state").asString().equals("ok"));
        }
    }

    @Test
    void aPortThatIsTakenIsMissing() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            JsonNode line = of(json(port), "port");
            assertThat(line.path("state").asString()).isEqualTo("missing");
            assertThat(line.path("found").asString()).contains(port);
            Ran text = Ran.cinnabar("doctor", "--port", port);
            assertThat(text.code()).isEqualTo(1);
            assertThat(text.out()).contains("mend: stop what listens there");
        }
    }
}
