package dev.cinnabar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cinnabar.server.gateway.UpstreamSettings;
import dev.cinnabar.server.law.NotStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Path DOCS = Path.of("../docs/operations");

    @TempDir
    private Path folder;

    @Test
    void thePageAndTheSampleAreCurrent() throws IOException {
        if (Boolean.getBoolean("cinnabar.write")) {
            Files.createDirectories(DOCS);
            Files.writeString(DOCS.resolve("settings.md"), SettingsPage.markdown());
            Files.writeString(DOCS.resolve("cinnabar.yaml"), SettingsPage.sample());
        }
        assertThat(DOCS.resolve("settings.md"))
                .as("run this test with -Dcinnabar.write=true")
                .hasContent(SettingsPage.markdown());
        assertThat(DOCS.resolve("cinnabar.yaml"))
                .as("run this test with -Dcinnabar.write=true")
                .hasContent(SettingsPage.sample());
    }

    @Test
    void theSampleIsReadAsItIsAndUncommented() throws Exception {
        assertThat(read(SettingsPage.sample())).isEqualTo(SettingsFile.defaults());
        String uncommented = SettingsPage.sample()
                .lines()
                .skip(2)
                .map(line -> line.startsWith("# ") ? line.substring(2) : line)
                .filter(line -> !line.strip().startsWith("keystore"))
                .reduce("", (a, b) -> a + b + "\n");
        Path secret = Files.writeString(folder.resolve("secret"), "s");
        Settings settings = SettingsFile.read(
                Optional.of(write(uncommented.replaceAll("(credential|keystore-password): .*", "$1: file:" + secret))),
                Map.of());
        assertThat(settings.upstreams().get("dashscope")).isNotNull();
        assertThat(settings.http())
                .isEqualTo(new Settings.Http(
                        "127.0.0.1", 8080, List.of("10.0.0.0/8", "192.168.1.7"), Duration.ofSeconds(20)));
    }

    @Test
    void everyFaultIsNamedWithItsPlaceAndTheNearestName() {
        NotStarted refused = catchThrowableOfType(NotStarted.class, () -> read("""
                http:
                  prot: 80
                  host: 0.0.0.0
                database:
                  connections: many
                content:
                  days: 0
                lagn: en
                label: wrong
                upstreams:
                  one:
                    credential: sk-literal-0123
                """));
        assertThat(refused)
                .hasMessageContaining("cinnabar.yaml:2: http.prot: there is no such setting; did you mean http.port?")
                .hasMessageContaining("cinnabar.yaml:5: database.connections: a whole number is expected, not \"many\"")
                .hasMessageContaining("content: days must lie between 1 and 36500")
                .hasMessageContaining("cinnabar.yaml:8: lagn: there is no such setting; did you mean lang?")
                .hasMessageContaining("cinnabar.yaml:9: label: a group of settings is expected here")
                .hasMessageContaining("upstreams.one.url is missing")
                .hasMessageContaining("upstreams.one.credential: a secret is named, not written here");
        assertThat(refused.getMessage()).doesNotContain("sk-literal");
    }

    @Test
    void whatIsNoYamlOrSaidTwiceIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("http:\n  port: [1\nlang: zh\n")).hasMessageContaining("not YAML");
        assertThatThrownBy(() -> read("lang: zh\nlang: en\n"))
                .hasMessageContaining("cinnabar.yaml:2: lang is said twice");
        assertThatThrownBy(() -> read("- 1\n- 2\n")).hasMessageContaining("settings by their names");
        assertThatThrownBy(() -> read("lang: fr\n")).hasMessageContaining("one of zh, en is expected");
        assertThatThrownBy(() -> read("http: {drain: 5 minutes}\n")).hasMessageContaining("a time like");
        assertThatThrownBy(() -> read("a: &a [x, *a]\n")).isInstanceOf(NotStarted.class);
        assertThatThrownBy(() -> SettingsFile.read(Optional.of(folder.resolve("nowhere")), Map.of()))
                .hasMessageContaining("cannot read the configuration file");
    }

    @Test
    void theEnvironmentWinsAndItsUnknownNamesAreRefusedToo() throws Exception {
        Path file = write("""
                http: {port: 9000}
                upstreams:
                  qwen_cloud:
                    url: https://one.example/v1
                    models:
                      gpt-4.1: {weight: 2}
                """);
        Settings settings = SettingsFile.read(
                Optional.of(file),
                Map.of(
                        "CINNABAR_HTTP_PORT", "9001",
                        "CINNABAR_HTTP_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2",
                        "CINNABAR_UPSTREAMS_QWEN_CLOUD_CREDENTIAL", "env:QWEN",
                        "CINNABAR_UPSTREAMS_SPARE_URL", "http://two.example",
                        "CINNABAR_JAVA_OPTIONS", "-Xmx1g",
                        "QWEN", "moonlit-teapot"));
        assertThat(settings.http().port()).isEqualTo(9001);
        assertThat(settings.http().trustedProxies()).containsExactly("10.0.0.1", "10.0.0.2");
        UpstreamSettings upstream =
                java.util.Objects.requireNonNull(settings.upstreams().get("qwen_cloud"));
        assertThat(upstream.credential().orElseThrow().reveal()).isEqualTo("moonlit-teapot");
        assertThat(upstream.models().get("gpt-4.1")).isEqualTo(new UpstreamSettings.ModelSettings(Optional.empty(), 2));
        assertThat(settings.toString()).contains("env:QWEN").doesNotContain("moonlit-teapot");
        assertThat(settings.upstreams()).containsKey("spare");
        assertThatThrownBy(() -> SettingsFile.read(Optional.empty(), Map.of("CINNABAR_HTTP_PROT", "1")))
                .hasMessageContaining("CINNABAR_HTTP_PROT: there is no such setting; did you mean CINNABAR_HTTP_PORT?");
        assertThatThrownBy(() -> SettingsFile.read(
                        Optional.empty(),
                        Map.of("CINNABAR_UPSTREAMS_A_URL", "http://a", "CINNABAR_UPSTREAMS_A_CREDENTIAL", "env:GONE")))
                .hasMessageContaining("the environment variable GONE is not set");
    }

    private Settings read(String yaml) throws Exception {
        return SettingsFile.read(Optional.of(write(yaml)), Map.of());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("cinnabar.yaml"), yaml);
    }
}
