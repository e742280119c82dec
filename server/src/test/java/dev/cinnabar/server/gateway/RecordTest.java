package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.people.Identity;
import dev.cinnabar.server.people.Standing;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nothing leaves unrecorded: a log or a store that cannot write, a client that leaves, a stream that cannot be closed. */
@Article({"10", "16"})
class RecordTest {
    private House house;

    @BeforeEach
    void open() throws Exception {
        house = new House();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void aLogThatCannotWriteRefusesEverythingAndRecoversWithoutARestart() throws Exception {
        house.fakes.logBroken = true;
        for (boolean stream : new boolean[] {false, true}) {
            Answer answer = house.chat(House.chat("demo", "hello").put("stream", stream));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("not_recorded");
            assertThat(answer.text()).doesNotContain("demo upstream");
            assertThat(answer.header("X-Cinnabar-Entry")).isEmpty();
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
        house.fakes.logBroken = false;
        // The refusal of this one is the log's first entry again; from the next on all is well.
        assertThat(house.chat(House.chat("demo", "hello")).code()).isEqualTo("not_recorded");
        assertThat(house.chat(House.chat("demo", "hello")).status()).isEqualTo(200);
    }

    @Test
    void aStoreThatCannotKeepRefusesEverythingAndRecovers() throws Exception {
        house.fakes.contentsBroken = true;
        for (boolean stream : new boolean[] {false, true}) {
            Answer answer = house.chat(House.chat("demo", "hello").put("stream", stream));
            assertThat(answer.code()).isEqualTo("not_recorded");
            assertThat(answer.text()).doesNotContain("demo upstream");
        }
        house.fakes.contentsBroken = false;
        assertThat(house.chat(House.chat("demo", "hello")).status()).isEqualTo(200);
    }

    @Test
    void aStreamThatCannotBeClosedSaysSoAndIsNotDone() throws Exception {
        house.fakes.logBreaksAt = 1;
        Answer answer = house.chat(House.chat("demo", "hello").put("stream", true));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.done()).isFalse();
        assertThat(answer.text()).contains("event: error").contains("not_recorded");
    }

    @Test
    void theOpeningIsDurableBeforeTheStatusLineAndTheClosingBeforeTheEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        house.scripted.script = (out, socket) -> {
            out.write(ScriptedUpstream.STREAM);
            out.write(ScriptedUpstream.piece(0, "first words. ").getBytes(StandardCharsets.UTF_8));
            out.flush();
            go.await(10, TimeUnit.SECONDS);
            out.write((ScriptedUpstream.piece(0, "last words") + ScriptedUpstream.finish(0) + ScriptedUpstream.DONE)
                    .getBytes(StandardCharsets.UTF_8));
        };
        try (Socket client = stream("scripted")) {
            String seen = until(client.getInputStream(), "first");
            String entry =
                    seen.substring(seen.indexOf("X-Cinnabar-Entry: ") + 18).split("\r", 2)[0];
            assertThat(house.fakes.entry(Integer.parseInt(entry)).path("kind").asString(""))
                    .isEqualTo("opened");
            assertThat(house.fakes.entries).hasSize(1);
            go.countDown();
            until(client.getInputStream(), "[DONE]");
            assertThat(house.fakes.last().path("kind").asString("")).isEqualTo("closed");
        }
    }

    @Test
    void aClientThatLeavesIsRecordedWithTheUsageOfTheDrainedStream() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        house.scripted.script = (out, socket) -> {
            out.write(ScriptedUpstream.STREAM);
            out.write(ScriptedUpstream.piece(0, "first words. ").getBytes(StandardCharsets.UTF_8));
            out.flush();
            left.await(10, TimeUnit.SECONDS);
            for (int i = 0; i < 20; i++) {
                out.write(ScriptedUpstream.piece(0, "more words and more. ").getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(5);
            }
            out.write((ScriptedUpstream.finish(0) + "data: {\"choices\":[],\"usage\":{\"total_tokens\":42}}\n\n"
                            + ScriptedUpstream.DONE)
                    .getBytes(StandardCharsets.UTF_8));
        };
        try (Socket client = stream("scripted")) {
            until(client.getInputStream(), "first");
            // A reset, as of a client that was killed.
            client.setSoLinger(true, 0);
        }
        left.countDown();
        await(() -> house.fakes.last().path("kind").asString("").equals("closed"));
        JsonNode closed = house.fakes.last();
        assertThat(closed.path("outcome").asString("")).isEqualTo("client_left");
        assertThat(closed.path("usage").path("total_tokens").asInt(0)).isEqualTo(42);
        assertThat(closed.path("sent").path("bytes").asInt(0)).isPositive();
    }

    @Test
    void aSuspensionBitesInTheMiddleOfAStream() throws Exception {
        house.scripted.script = (out, socket) -> {
            out.write(ScriptedUpstream.STREAM);
            out.write(ScriptedUpstream.piece(0, "first words. ").getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(50);
            house.fakes.users.put(
                    "app/wang",
                    Fakes.standing(
                            "p-wang",
                            Identity.VERIFIED,
                            true,
                            List.of(new Standing.Suspended("m1", Instant.now().plusSeconds(60)))));
            out.write((ScriptedUpstream.piece(0, "LATER") + ScriptedUpstream.finish(0) + ScriptedUpstream.DONE)
                    .getBytes(StandardCharsets.UTF_8));
        };
        Answer answer = house.chat(House.chat("scripted", "x").put("stream", true));
        assertThat(answer.text())
                .contains("first")
                .doesNotContain("LATER")
                .contains("\"suspended\"")
                .contains("m1");
        assertThat(answer.done()).isFalse();
        assertThat(house.fakes
                        .entries("closed", answer.content())
                        .getFirst()
                        .path("refused")
                        .path("code")
                        .asString(""))
                .isEqualTo("suspended");
    }

    @Test
    void aFloodOfRefusalsOfStrangersMakesOneEntryAMinuteAndReason() throws Exception {
        house.clock.fixed = java.util.Optional.of(Instant.parse("2026-11-23T10:00:01Z"));
        for (int i = 0; i < 70; i++) {
            Answer answer = house.post("/v1/chat/completions", "wrong-" + i, House.chat("demo", "x"));
            assertThat(answer.status()).isEqualTo(i < 60 ? 401 : 429);
            assertThat(answer.header("X-Cinnabar-Content")).isEmpty();
        }
        assertThat(house.fakes.entries).hasSize(2);
        house.clock.fixed = java.util.Optional.of(Instant.parse("2026-11-23T10:01:01Z"));
        assertThat(house.post("/v1/chat/completions", "wrong", House.chat("demo", "x"))
                        .status())
                .isEqualTo(401);
        await(() -> house.fakes.entries.size() >= 4);
        assertThat(house.fakes.entries.stream()
                        .map(String::new)
                        .filter(entry -> entry.contains("invalid_key"))
                        .mapToInt(entry -> Integer.parseInt(entry.replaceAll(".*\"count\":(\\d+).*", "$1")))
                        .sum())
                .isEqualTo(61);
    }

    private Socket stream(String model) throws Exception {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), house.port);
        client.setSoTimeout(10_000);
        ObjectNode body = House.chat(model, "x").put("stream", true);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        client.getOutputStream()
                .write(
                        ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key\r\nContent-Type: application/json\r\nContent-Length: "
                                        + bytes.length + "\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().write(bytes);
        return client;
    }

    private static String until(InputStream in, String wanted) throws Exception {
        StringBuilder seen = new StringBuilder();
        byte[] piece = new byte[4096];
        while (seen.indexOf(wanted) < 0) {
            int n = in.read(piece);
            assertThat(n).as(seen.toString()).isPositive();
            seen.append(new String(piece, 0, n, StandardCharsets.UTF_8));
        }
        return seen.toString();
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(10);
        }
    }
}
