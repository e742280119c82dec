package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.law.Article;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat over HTTP as a client sees it: labelled, reviewed, recorded; whole and streamed. */
@Article({"10", "16", "17"})
class ChatTest {
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
    void aWholeAnswerIsLabelledAndRecorded() throws Exception {
        Answer answer = house.chat(House.chat("demo", "写一句关于河的话"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        String text = answer.json()
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString("");
        assertThat(text).startsWith("【AI生成】这里是演示上游").contains("写一句关于河的话");
        assertThat(answer.json().path("aigc").path("Label").asString("")).isEqualTo("1");
        assertThat(answer.json().path("aigc").path("ProduceID").asString("")).isEqualTo(answer.content());
        JsonNode entry = house.fakes.entry(Integer.parseInt(answer.header("X-Cinnabar-Entry")));
        assertThat(entry.path("kind").asString("")).isEqualTo("whole");
        assertThat(entry.path("outcome").asString("")).isEqualTo("complete");
        assertThat(entry.path("who").asString("")).isEqualTo("p-wang");
        assertThat(entry.path("asked").path("verdict").asString("")).isEqualTo("pass");
        assertThat(entry.path("answered").path("verdict").asString("")).isEqualTo("pass");
        assertThat(entry.path("versions").path("library").asString("")).isEqualTo("test-1");
        assertThat(entry.toString()).doesNotContain("写一句").doesNotContain("演示");
        assertThat(house.fakes.part(answer.content(), "answer")).isEqualTo(answer.text());
        Commitments.check(house.fakes, entry, "answer");
        Commitments.check(house.fakes, entry, "prompt");
    }

    @Test
    void aStreamIsOpenedLabelledClosedAndDone() throws Exception {
        ObjectNode body =
                House.chat("demo", "tell me of the river").put("stream", true).put("n", 2);
        body.putObject("stream_options").put("include_usage", true);
        Answer answer = house.post("/v1/chat/completions", "key-en", body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
        for (int choice = 0; choice < 2; choice++) {
            assertThat(answer.streamed(choice, "content"))
                    .startsWith("【AI生成】 AI-generated. This is the demo upstream")
                    .contains("tell me of the river");
        }
        List<JsonNode> events = answer.events();
        assertThat(events.getFirst().path("aigc").path("ProduceID").asString(""))
                .isEqualTo(answer.content());
        assertThat(events.stream().filter(event -> event.has("aigc"))).hasSize(1);
        assertThat(events.getLast().path("choices").size()).isZero();
        assertThat(events.getLast().path("usage").path("total_tokens").asInt(0)).isPositive();
        assertThat(answer.done()).isTrue();
        roleDeltasCarryNoLabel(events);
        JsonNode opened = house.fakes.entry(Integer.parseInt(answer.header("X-Cinnabar-Entry")));
        assertThat(opened.path("kind").asString("")).isEqualTo("opened");
        JsonNode closed = house.fakes.entries("closed", answer.content()).getFirst();
        assertThat(closed.path("outcome").asString("")).isEqualTo("complete");
        assertThat(closed.path("opened").asInt(-1)).isEqualTo(Integer.parseInt(answer.header("X-Cinnabar-Entry")));
        assertThat(closed.path("usage").path("total_tokens").asInt(0)).isPositive();
        Commitments.checkSent(house.fakes, closed, answer);
        Commitments.check(house.fakes, closed, "answer");
    }

    private static void roleDeltasCarryNoLabel(List<JsonNode> events) {
        for (JsonNode event : events) {
            for (JsonNode choice : event.path("choices")) {
                if (choice.path("delta").has("role")) {
                    assertThat(choice.path("delta").path("content").asString(""))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void anInterfaceAppGetsItsTextAloneAndItsToolCallsUntouched() throws Exception {
        ObjectNode body = House.chat("demo", "weather in Harbin");
        ObjectNode function =
                body.putArray("tools").addObject().put("type", "function").putObject("function");
        function.put("name", "weather")
                .putObject("parameters")
                .put("type", "object")
                .putObject("properties")
                .putObject("city")
                .put("type", "string");
        Answer whole = house.post("/v1/chat/completions", "key-ui", body);
        JsonNode call = whole.json()
                .path("choices")
                .path(0)
                .path("message")
                .path("tool_calls")
                .path(0);
        assertThat(call.path("function").path("arguments").asString("")).isEqualTo("{\"city\":\"weather in Harbin\"}");
        Answer streamed = house.post("/v1/chat/completions", "key-ui", body.put("stream", true));
        StringBuilder arguments = new StringBuilder();
        for (JsonNode event : streamed.events()) {
            arguments.append(event.path("choices")
                    .path(0)
                    .path("delta")
                    .path("tool_calls")
                    .path(0)
                    .path("function")
                    .path("arguments")
                    .asString(""));
        }
        assertThat(arguments.toString()).isEqualTo("{\"city\":\"weather in Harbin\"}");
        assertThat(streamed.done()).isTrue();
        Answer text = house.post("/v1/chat/completions", "key-ui", House.chat("demo", "hello"));
        assertThat(text.json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString(""))
                .startsWith("This is the demo");
        assertThat(text.json().has("aigc")).isTrue();
    }

    @Test
    void aBlockedPromptNeverReachesTheUpstream() throws Exception {
        int before = house.scripted.asked.get();
        Answer answer = house.chat(House.chat("scripted", "please: 苹 果 派 对 now"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("content_blocked");
        assertThat(answer.json().path("error").path("param").asString("")).isEqualTo("messages[0].content");
        assertThat(answer.json().path("error").path("span").path("start").asInt(-1))
                .isEqualTo(8);
        assertThat(answer.text()).doesNotContain("苹").doesNotContain("派对");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(house.scripted.asked.get()).isEqualTo(before);
        JsonNode entry =
                house.fakes.entry(answer.json().path("error").path("entry").asInt(-1));
        assertThat(entry.path("kind").asString("")).isEqualTo("refused");
        assertThat(entry.path("outcome").asString("")).isEqualTo("blocked");
        assertThat(entry.path("asked").path("features").path(0).path("id").asString(""))
                .isEqualTo("b1");
        assertThat(entry.toString()).doesNotContain("派对");
        Commitments.check(house.fakes, entry, "prompt");
    }

    @Test
    void aBlockedWholeAnswerDoesNotLeave() throws Exception {
        house.scripted.says("well, a moonlit-teapot it is");
        Answer answer = house.chat(House.chat("scripted", "hello"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("content_blocked");
        assertThat(answer.text()).doesNotContain("teapot");
        assertThat(house.fakes.part(answer.content(), "withheld")).contains("moonlit-teapot");
        Answer later = house.get("/v1/contents/" + answer.content(), "key");
        assertThat(later.json().path("state").asString("")).isEqualTo("blocked");
        assertThat(later.text()).doesNotContain("teapot");
    }

    @Test
    void aHeldAnswerWaitsForAPerson() throws Exception {
        house.scripted.says("the quiet-lantern burns");
        Answer answer = house.chat(House.chat("scripted", "hello"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("held_for_review");
        assertThat(answer.json().path("error").path("message").asString("")).contains(answer.content());
        assertThat(house.get("/v1/contents/" + answer.content(), "key")
                        .json()
                        .path("state")
                        .asString(""))
                .isEqualTo("held");
    }

    @Test
    void whatWasReleasedCanBeFetchedAgainByItsAppAndNoOther() throws Exception {
        Answer answer = house.chat(House.chat("demo", "hello"));
        Answer again = house.get("/v1/contents/" + answer.content(), "key");
        assertThat(again.json().path("state").asString("")).isEqualTo("released");
        assertThat(again.json().path("answer")).isEqualTo(answer.json());
        assertThat(house.fakes.last().path("kind").asString("")).isEqualTo("fetched");
        assertThat(house.get("/v1/contents/" + answer.content(), "key-en").status())
                .isEqualTo(404);
    }
}
