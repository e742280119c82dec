package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.review.Hit;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** However a blocked passage is cut, nothing of it and nothing after it leaves. */
@Article("10")
class BlockedStreamTest {
    private static final List<String> PASSAGES =
            List.of("苹果派对", "苹 果-派·对", "moonlit-teapot", "MOONLIT‑teapot", "m o o n l i t teapot");
    private static final Library HOLDS = House.library();
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
    void nothingOfAPassageLeavesHoweverTheTextIsCutIntoChunksAndTheChunksIntoBytes() {
        Seeded.strings(60, BlockedStreamTest::text, text -> {
            RandomGenerator random = Seeded.random(text.hashCode());
            house.scripted.streams(bytes(chunks(text, random), random));
            Answer answer = house.chat(House.chat("scripted", "x").put("stream", true));
            String seen = answer.streamed(0, "content");
            return switch (HOLDS.review(text)) {
                case Verdict.Pass pass -> answer.done() && seen.equals(House.LABEL + text);
                case Verdict.Stop stop ->
                    !answer.done()
                            && error(answer).equals("content_blocked")
                            && (House.LABEL + text).startsWith(seen)
                            && seen.length() <= House.LABEL.length() + first(stop)
                            && !answer.text().contains("AFTER");
            };
        });
    }

    /** Where the passage begins because of which it stops, as the review of the whole text sees it. */
    private static int first(Verdict.Stop stop) {
        int end = stop.hits().stream().mapToInt(Hit::end).min().orElseThrow();
        return stop.hits().stream()
                .filter(hit -> hit.end() == end)
                .mapToInt(Hit::start)
                .min()
                .orElseThrow();
    }

    @Test
    void eachOfThePassagesIsOneThatTheReviewStops() {
        assertThat(PASSAGES).allMatch(passage -> HOLDS.review("so " + passage + " then") instanceof Verdict.Stop);
    }

    private static String text(RandomGenerator random) {
        String before = "一段 harmless 文字，lead-in ".substring(0, random.nextInt(20));
        String passage = random.nextInt(5) == 0 ? "paper-boat" : PASSAGES.get(random.nextInt(PASSAGES.size()));
        return before + passage + " AFTER 之后";
    }

    private static List<String> chunks(String text, RandomGenerator random) {
        List<String> chunks = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(5));
            chunks.add(text.substring(at, end));
            at = end;
        }
        return chunks;
    }

    /** The events, cut again into pieces of bytes that know nothing of characters or lines. */
    private static List<byte[]> bytes(List<String> chunks, RandomGenerator random) {
        StringBuilder all = new StringBuilder();
        chunks.forEach(chunk -> all.append(ScriptedUpstream.piece(0, chunk)));
        byte[] whole = all.append(ScriptedUpstream.finish(0))
                .append(ScriptedUpstream.DONE)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < whole.length; ) {
            int end = Math.min(whole.length, at + 1 + random.nextInt(200));
            pieces.add(Arrays.copyOfRange(whole, at, end));
            at = end;
        }
        return pieces;
    }

    private static String error(Answer answer) {
        return answer.events().stream()
                .map(event -> event.path("error").path("code").asString(""))
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Test
    void aBlockInOneChoiceEndsThemAll() throws Exception {
        house.scripted.streams(
                ScriptedUpstream.piece(0, "zero "),
                ScriptedUpstream.piece(1, "one moonlit-tea"),
                ScriptedUpstream.piece(0, "goes on "),
                ScriptedUpstream.piece(1, "pot is"),
                ScriptedUpstream.piece(0, "LATER"),
                ScriptedUpstream.finish(0),
                ScriptedUpstream.finish(1),
                ScriptedUpstream.DONE);
        Answer answer =
                house.chat(House.chat("scripted", "x").put("stream", true).put("n", 2));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .doesNotContain("LATER")
                .doesNotContain("moonlit")
                .doesNotContain("[DONE]")
                .contains("event: error");
        assertThat(error(answer)).isEqualTo("content_blocked");
        JsonNode closed = house.fakes.entries("closed", answer.content()).getFirst();
        assertThat(closed.path("outcome").asString("")).isEqualTo("blocked");
        assertThat(closed.path("answered").path("features").path(0).path("id").asString(""))
                .isEqualTo("b2");
        assertThat(house.fakes.part(answer.content(), "withheld")).contains("moonlit-teapot");
    }

    @Test
    void argumentsAreReviewedWithoutTheirEscapesAndLeaveAsTheyWereWritten() throws Exception {
        ObjectNode body = House.chat("scripted", "x").put("stream", true);
        body.putArray("tools")
                .addObject()
                .put("type", "function")
                .putObject("function")
                .put("name", "f");
        for (String hidden : List.of(
                "{\\\"a\\\":\\\"\\\\u82f9\\\\u679c\\\\u6d3e\\\\u5bf9\\\"}",
                "{\\\"a\\\":\\\"moonlit\\\\u002dteapot\\\"}")) {
            house.scripted.streams(arguments(hidden));
            Answer answer = house.post("/v1/chat/completions", "key-ui", body);
            assertThat(error(answer)).as(hidden).isEqualTo("content_blocked");
            assertThat(answer.text()).doesNotContain("u82f9").doesNotContain("teapot");
        }
        house.scripted.streams(arguments("{\\\"a\\\":\\\"\\\\u8336 \\\\/ tea\\\"}"));
        Answer passed = house.post("/v1/chat/completions", "key-ui", body);
        StringBuilder seen = new StringBuilder();
        passed.events()
                .forEach(event -> seen.append(event.path("choices")
                        .path(0)
                        .path("delta")
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("arguments")
                        .asString("")));
        assertThat(seen.toString()).isEqualTo("{\"a\":\"\\u8336 \\/ tea\"}");
        assertThat(passed.done()).isTrue();
    }

    private static String[] arguments(String escaped) {
        List<String> events = new ArrayList<>();
        events.add(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}]}\n\n");
        for (int at = 0; at < escaped.length(); ) {
            int end = escaped.charAt(at) == '\\' ? at + 2 : at + 1;
            events.add(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""
                            + escaped.substring(at, end) + "\"}}]}}]}\n\n");
            at = end;
        }
        events.add("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n");
        events.add(ScriptedUpstream.DONE);
        return events.toArray(String[]::new);
    }

    @Test
    void aHoldEndsTheStreamAndSaysWhereToAskLater() throws Exception {
        house.scripted.streams(
                ScriptedUpstream.piece(0, "see the quiet-"),
                ScriptedUpstream.piece(0, "lantern shine"),
                ScriptedUpstream.finish(0),
                ScriptedUpstream.DONE);
        Answer answer = house.chat(House.chat("scripted", "x").put("stream", true));
        assertThat(error(answer)).isEqualTo("held_for_review");
        assertThat(answer.text())
                .contains(answer.content())
                .doesNotContain("lantern")
                .doesNotContain("[DONE]");
        assertThat(house.fakes
                        .entries("closed", answer.content())
                        .getFirst()
                        .path("outcome")
                        .asString(""))
                .isEqualTo("held");
    }

    @Test
    void wordsThatOnlyStandAmongTheProbabilitiesAreReviewedToo() throws Exception {
        String logprobs =
                "\"logprobs\":{\"content\":[{\"token\":\"hi\",\"logprob\":-1,\"bytes\":null,\"top_logprobs\":[{\"token\":\"moonlit-teapot\",\"logprob\":-2,\"bytes\":null}]}]}";
        house.scripted.streams(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}," + logprobs + "}]}\n\n",
                ScriptedUpstream.finish(0),
                ScriptedUpstream.DONE);
        Answer answer =
                house.chat(House.chat("scripted", "x").put("stream", true).put("logprobs", true));
        assertThat(error(answer)).isEqualTo("content_blocked");
        assertThat(answer.text()).doesNotContain("teapot");
        house.scripted.streams(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},"
                        + logprobs.replace("\"hi\"", "\"other\"").replace("moonlit-teapot", "ho") + "}]}\n\n",
                ScriptedUpstream.finish(0),
                ScriptedUpstream.DONE);
        assertThat(house.chat(House.chat("scripted", "x").put("stream", true).put("logprobs", true))
                        .text())
                .as("tokens that are not the text")
                .doesNotContain("other");
    }
}
