package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.law.Article;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official OpenAI client for JavaScript works against the gateway when only its base URL is changed. */
@Article({"10", "17"})
class OpenAiClientTest {
    private static final Path SOURCES = Path.of("src/test/js");

    @Test
    void theOfficialClientWorksUnchanged(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(runs("node", "--version"), "tool absent: node");
        Assumptions.assumeTrue(runs("npm", "--version"), "tool absent: npm");
        for (String file : List.of("package.json", "package-lock.json", "client.mjs")) {
            Files.copy(SOURCES.resolve(file), folder.resolve(file));
        }
        Path log = folder.resolve("log");
        assertThat(run(
                        folder,
                        log,
                        Map.of(),
                        "npm",
                        "ci",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline"))
                .as(() -> read(log))
                .isZero();
        try (House house = new House()) {
            Map<String, String> base = Map.of("BASE_URL", "http://127.0.0.1:" + house.port + "/v1");
            assertThat(run(folder, log, base, "node", "client.mjs"))
                    .as(() -> read(log))
                    .isZero();
            assertThat(house.fakes.entries).hasSizeGreaterThan(15);
        }
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int run(Path folder, Path log, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
