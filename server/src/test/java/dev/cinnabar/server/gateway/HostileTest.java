package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Article;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Bad input and bad days, over real sockets: a clear error every time, nothing half said as if it were whole, and the house serves on. */
@Article({"10", "16"})
class HostileTest {
    private static House house;

    @BeforeAll
    static void open() throws Exception {
        house = new House();
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @Test
    void malformedBodiesAreRefusedWithThePlace() throws Exception {
        String deep = "[".repeat(5000);
        String wide = "{\"model\":\"demo\",\"user\":\"wang\",\"messages\":[" + "{},".repeat(200_000) + "{}]}";
        for (String body : List.of(
                "",
                "{",
                "[]",
                "\"x\"",
                "null",
                "{\"model\":1}",
                "{\"a\":" + deep,
                "{\"model\":\"demo\",\"model\":\"demo\"}",
                "{\"model\":\"demo\"} x",
                "{\"model\":\"demo\",\"messages\":{}}",
                "{\"model\":\"demo\",\"messages\":[1]}",
                "{\"model\":\"demo\",\"messages\":[]}",
                "{\"model\":\"demo\",\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]}",
                "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\"}]}",
                "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":7}]}",
                "{\"temperature\":1e999}",
                wide)) {
            Answer answer = raw(body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status())
                    .as(body.substring(0, Math.min(80, body.length())))
                    .isEqualTo(400);
            assertThat(answer.code()).isEqualTo("invalid_request");
        }
        byte[] cut = "{\"model\":\"demo\",\"user\":\"wang\",\"messages\":[{\"role\":\"user\",\"content\":\"\u00e9\"}]}"
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(raw(cut).code()).as("not UTF-8").isEqualTo("invalid_request");
        served();
    }

    @Test
    void hugeBodiesAreRefusedDeclaredOrNot() throws Exception {
        assertThat(raw(new byte[5 << 20]).code()).isEqualTo("too_large");
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), house.port)) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write(
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
            byte[] chunk = ("10000\r\n" + "x".repeat(65536) + "\r\n").getBytes(StandardCharsets.UTF_8);
            try {
                for (int i = 0; i < 200; i++) {
                    client.getOutputStream().write(chunk);
                }
            } catch (java.io.IOException e) {
                // The house stopped listening, as it may.
            }
            assertThat(new String(readSome(client.getInputStream()), StandardCharsets.UTF_8))
                    .contains("413");
        }
        served();
    }

    private static byte[] readSome(InputStream in) throws Exception {
        byte[] some = new byte[4096];
        int n = in.read(some);
        return Arrays.copyOf(some, Math.max(n, 0));
    }

    @Test
    void upstreamsThatDoNotAnswerWholeAreOurFailureAndTheirWordsStayInside() throws Exception {
        byte[] good = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"secret words\"}}]}"
                .getBytes(StandardCharsets.UTF_8);
        List<ScriptedUpstream.Script> days = List.of(
                (out, socket) -> Thread.sleep(3000),
                (out, socket) -> socket.close(),
                (out, socket) -> out.write("SSH-2.0-x\r\n".getBytes(StandardCharsets.UTF_8)),
                (out, socket) -> out.write(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{\"choices\":[{"
                                .getBytes(StandardCharsets.UTF_8)),
                (out, socket) -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"choi"
                                    .getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    Thread.sleep(3000);
                },
                (out, socket) -> out.write(("HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000) + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < days.size(); i++) {
            house.scripted.script = days.get(i);
            failed("day " + i);
            fresh();
        }
        for (Object[] lie : new Object[][] {
            {200, "text/html", good},
            {200, "text/event-stream", good},
            {500, "application/json", good},
            {429, "application/json", good},
            {302, "text/html", good},
            {200, "application/json", "not json secret words".getBytes(StandardCharsets.UTF_8)},
            {200, "application/json", "{\"choices\":[]}".getBytes(StandardCharsets.UTF_8)},
            {200, "application/json", "{\"choices\":\"secret words\"}".getBytes(StandardCharsets.UTF_8)},
            {200, "application/json", "{\"error\":{\"message\":\"secret words\"}}".getBytes(StandardCharsets.UTF_8)},
            {
                200,
                "application/json",
                "{\"choices\":[{\"index\":7,\"message\":{\"content\":\"x\"}}]}".getBytes(StandardCharsets.UTF_8)
            },
            {200, "application/json", new byte[0]}
        }) {
            house.scripted.answers((Integer) lie[0], (String) lie[1], (byte[]) lie[2]);
            failed(lie[0] + " " + lie[1]);
            fresh();
        }
        house.scripted.answers(400, "application/json", good);
        Answer rejected = house.chat(House.chat("scripted", "x"));
        assertThat(rejected.code()).isEqualTo("invalid_request");
        assertThat(rejected.text()).doesNotContain("secret words");
        served();
    }

    private static void failed(String day) throws Exception {
        Answer answer = house.chat(House.chat("scripted", "x"));
        assertThat(answer.code()).as(day).isEqualTo("upstream_failed");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).doesNotContain("secret words");
    }

    /** A good answer, so that the next bad day does not meet a breaker that rests. */
    private static void fresh() throws Exception {
        house.scripted.says("fine");
        assertThat(house.chat(House.chat("scripted", "x")).status()).isEqualTo(200);
    }

    @Test
    void anEndlessBodyIsCutOff() throws Exception {
        fresh();
        house.scripted.script = (out, socket) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"choices\":[{\"index\":0,\"message\":{\"content\":\""
                            .getBytes(StandardCharsets.UTF_8));
            byte[] more = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            while (true) {
                out.write(more);
            }
        };
        failed("endless body");
        fresh();
    }

    @Test
    void brokenStreamsNeverEndAsIfTheyWereWhole() throws Exception {
        String hello = ScriptedUpstream.piece(0, "hello words. ");
        List<byte[]> bad = new ArrayList<>();
        for (String after : List.of(
                "",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"cut",
                "data: nonsense\n\n",
                "data: [1]\n\n",
                ScriptedUpstream.DONE,
                "data: {\"error\":{\"message\":\"secret words\"}}\n\n",
                "data: {\"choices\":[{\"index\":3,\"delta\":{}}]}\n\n",
                "data: {\"choices\":7}\n\n",
                ScriptedUpstream.finish(0) + ScriptedUpstream.piece(0, "after the end"),
                "data: " + "x".repeat(2 << 20))) {
            bad.add((hello + after).getBytes(StandardCharsets.UTF_8));
        }
        bad.add((hello + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\u00e9\u00e9\"}}]}\n\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] stream : bad) {
            house.scripted.streams(List.of(stream));
            Answer answer = house.chat(House.chat("scripted", "x").put("stream", true));
            assertThat(answer.done())
                    .as(new String(stream, 0, Math.min(200, stream.length), StandardCharsets.UTF_8))
                    .isFalse();
            assertThat(answer.text())
                    .contains("upstream_failed")
                    .doesNotContain("secret words")
                    .doesNotContain("after the end");
            assertThat(house.fakes
                            .entries("closed", answer.content())
                            .getFirst()
                            .path("outcome")
                            .asString(""))
                    .isEqualTo("upstream_failed");
            fresh();
        }
    }

    @Test
    void aStreamThatHangsOrNeverStartsFailsInTime() throws Exception {
        fresh();
        house.scripted.script = (out, socket) -> {
            out.write(ScriptedUpstream.STREAM);
            out.write(ScriptedUpstream.piece(0, "hello words. ").getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(4000);
        };
        Answer hangs = house.chat(House.chat("scripted", "x").put("stream", true));
        assertThat(hangs.text()).contains("upstream_failed");
        fresh();
        house.scripted.answers(200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        Answer lies = house.chat(House.chat("scripted", "x").put("stream", true));
        assertThat(lies.status()).isEqualTo(502);
        assertThat(lies.code()).isEqualTo("upstream_failed");
        assertThat(house.fakes.entries("closed", lies.content())).hasSize(1);
        fresh();
    }

    @Test
    void charactersAndLinesCutAnywhereAreWholeAgain() throws Exception {
        byte[] whole = (": hi\r\n\r\ndata:"
                        + ScriptedUpstream.piece(0, "河水 \ud83d\ude00 走")
                                .substring(6)
                                .replace("\n", "\r\n")
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ud83d\"}}]}\r\rdata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ude00\"}}]}\n\n"
                        + ScriptedUpstream.finish(0) + ScriptedUpstream.DONE)
                .getBytes(StandardCharsets.UTF_8);
        for (int size : new int[] {1, 2, 3, 7}) {
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0; at < whole.length; at += size) {
                pieces.add(Arrays.copyOfRange(whole, at, Math.min(whole.length, at + size)));
            }
            house.scripted.streams(pieces);
            Answer answer = house.chat(House.chat("scripted", "x").put("stream", true));
            assertThat(answer.streamed(0, "content")).isEqualTo(House.LABEL + "河水 \ud83d\ude00 走\ud83d\ude00");
            assertThat(answer.done()).isTrue();
        }
    }

    @Test
    void whatIsNoPictureOrSoundIsNotReleased() throws Exception {
        byte[] bomb = {
            (byte) 0x89,
            'P',
            'N',
            'G',
            '\r',
            '\n',
            26,
            '\n',
            0,
            0,
            0,
            13,
            'I',
            'H',
            'D',
            'R',
            0x7f,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            0x7f,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            8,
            2,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1};
        for (byte[] picture :
                List.of(bomb, jpeg, "not a picture at all".getBytes(StandardCharsets.UTF_8), new byte[0])) {
            house.scripted.answers(
                    "{\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(picture) + "\"}]}");
            Answer answer = house.post(
                    "/v1/images/generations",
                    "key",
                    Json.newObject()
                            .put("model", "scripted")
                            .put("user", "wang")
                            .put("prompt", "x"));
            assertThat(answer.code()).isEqualTo("label_failed");
            assertThat(answer.status()).isEqualTo(500);
        }
        for (String url : List.of(
                "http://127.0.0.1:1/x",
                "https://127.0.0.1/x",
                "file:///etc/passwd",
                "http://169.254.169.254/latest",
                "https://[::1]/x",
                "https://localhost/x",
                "ftp://x/y",
                "https://user:pw@example.com/x",
                "nonsense")) {
            house.scripted.answers("{\"data\":[{\"url\":\"" + url + "\"}]}");
            Answer answer = house.post(
                    "/v1/images/generations",
                    "key",
                    Json.newObject()
                            .put("model", "scripted")
                            .put("user", "wang")
                            .put("prompt", "x"));
            assertThat(answer.code()).as(url).isEqualTo("upstream_failed");
        }
        byte[] cut = Arrays.copyOf(
                "RIFF$\u0010\u0000\u0000WAVEfmt \u0010\u0000\u0000\u0000\u0001\u0000\u0001\u0000"
                        .getBytes(StandardCharsets.ISO_8859_1),
                24);
        for (byte[] sound : List.of(cut, "not a sound".getBytes(StandardCharsets.UTF_8))) {
            house.scripted.answers(200, "audio/wav", sound);
            ObjectNode body = Json.newObject()
                    .put("model", "scripted")
                    .put("user", "wang")
                    .put("input", "x")
                    .put("voice", "a");
            assertThat(house.post("/v1/audio/speech", "key", body).code()).isEqualTo("label_failed");
        }
        served();
    }

    private static Answer raw(byte[] body) throws Exception {
        return house.post("/v1/chat/completions", "key", "application/json", body);
    }

    private static void served() throws Exception {
        assertThat(house.chat(House.chat("demo", "still there?")).status()).isEqualTo(200);
    }
}
