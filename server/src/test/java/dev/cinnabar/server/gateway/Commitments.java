package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.gateway.surface.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** Opens the commitments of entries with the salts and parts that were kept, with the JDK's own SHA-256. */
final class Commitments {
    private Commitments() {}

    static void check(Fakes fakes, JsonNode entry, String part) throws Exception {
        String content = entry.path("content").asString("");
        byte[] kept = fakes.get(content, part).orElseThrow().bytes();
        assertThat(entry.path(part).path("commitment").asString("")).isEqualTo(hash(salt(fakes, content, part), kept));
        assertThat(entry.path(part).path("bytes").asInt(-1)).isEqualTo(kept.length);
    }

    /** The closing entry commits to every byte up to the last finish, before usage and the end mark. */
    static void checkSent(Fakes fakes, JsonNode closed, Answer answer) throws Exception {
        int length = closed.path("sent").path("bytes").asInt(-1);
        byte[] sent = Arrays.copyOf(answer.body(), length);
        String content = closed.path("content").asString("");
        assertThat(closed.path("sent").path("commitment").asString(""))
                .isEqualTo(hash(salt(fakes, content, "sent"), sent));
        String after = new String(answer.body(), length, answer.body().length - length, StandardCharsets.UTF_8);
        assertThat(after).doesNotContain("\"delta\"");
    }

    private static byte[] salt(Fakes fakes, String content, String part) {
        byte[] about = fakes.get(content, "about").orElseThrow().bytes();
        JsonNode salts = Json.objectOf(about, 0, about.length).orElseThrow().path("salts");
        return HexFormat.of().parseHex(salts.path(part).asString(""));
    }

    private static String hash(byte[] salt, byte[] bytes) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(salt);
        return HexFormat.of().formatHex(digest.digest(bytes));
    }
}
