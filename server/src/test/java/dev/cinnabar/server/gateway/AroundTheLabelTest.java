package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Article;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tries to get text out without its label, by every parameter that could help. */
@Article({"17", "18"})
class AroundTheLabelTest {
    private static House house;

    @BeforeAll
    static void open() throws Exception {
        house = new House();
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"response_format\":{\"type\":\"json_object\"}",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{}}}",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"none\"",
                "\"functions\":[{\"name\":\"f\"}],\"function_call\":{\"name\":\"f\"}"
            })
    void whatCannotBeLabelledIsRefusedBeforeTheUpstreamIsAsked(String with) throws Exception {
        int before = house.scripted.asked.get();
        for (String stream : List.of("", ",\"stream\":true")) {
            Answer answer = raw(
                    "{\"model\":\"scripted\",\"user\":\"wang\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                            + with + stream + "}");
            assertThat(answer.code()).as(with).isEqualTo("label_impossible");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("x-should-retry")).isEqualTo("false");
        }
        assertThat(house.scripted.asked.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"modalities\":[\"text\",\"audio\"]",
                "\"audio\":{\"voice\":\"a\",\"format\":\"wav\"}",
                "\"aigc\":false",
                "\"extra_body\":{\"guided_json\":{}}",
                "\"guided_regex\":\"x\"",
                "\"prediction\":{\"type\":\"content\",\"content\":\"x\"}",
                "\"continue_final_message\":true",
                "\"add_generation_prompt\":false",
                "\"echo\":true",
                "\"store\":true",
                "\"web_search_options\":{}",
                "\"logit_bias\":{\"x\":1}",
                "\"response_format\":{\"type\":\"grammar\"}",
                "\"n\":99",
                "\"stream\":\"true\""
            })
    void unknownOrWrongParametersAreRefusedByName(String with) throws Exception {
        int before = house.scripted.asked.get();
        Answer answer =
                raw("{\"model\":\"scripted\",\"user\":\"wang\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                        + with + "}");
        assertThat(answer.code()).as(with).isEqualTo("invalid_request");
        assertThat(answer.json().path("error").path("param").asString(""))
                .startsWith(with.substring(1, with.indexOf('"', 1)));
        assertThat(house.scripted.asked.get()).isEqualTo(before);
    }

    @Test
    void tricksThatAreAllowedStillGetTheLabel() throws Exception {
        house.scripted.says("plain words");
        for (String with : List.of(
                "\"stop\":[\"【AI生成】\",\"】\"]",
                "\"logit_bias\":{\"12\":-100}",
                "\"max_tokens\":1",
                "\"response_format\":{\"type\":\"text\"}",
                "\"modalities\":[\"text\"]",
                "\"logprobs\":true,\"top_logprobs\":3")) {
            Answer answer = raw(
                    "{\"model\":\"scripted\",\"user\":\"wang\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                            + with + "}");
            assertThat(answer.json()
                            .path("choices")
                            .path(0)
                            .path("message")
                            .path("content")
                            .asString(""))
                    .as(with)
                    .isEqualTo(House.LABEL + "plain words");
        }
    }

    @Test
    void aPrefilledAssistantMessageStillGetsTheLabelAndOursIsTakenOffTheHistory() throws Exception {
        house.scripted.says("and on it goes");
        ObjectNode body = House.chat("scripted", "begin");
        ((ArrayNode) body.get("messages"))
                .addObject()
                .put("role", "assistant")
                .put("content", "【AI生成】【AI生成】 AI-generated. Once");
        Answer answer = house.chat(body);
        assertThat(answer.json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString(""))
                .isEqualTo(House.LABEL + "and on it goes");
        String asked = house.scripted.bodies.getLast();
        assertThat(asked)
                .contains("\"Once\"")
                .doesNotContain("生成")
                .doesNotContain("wang")
                .contains("\"their-name\"");
    }

    @Test
    void aLabelOfTheModelsOwnIsNotDoubledHoweverItIsCut() throws Exception {
        String said = "\n【AI生成】 AI-generated. 春天来了";
        for (int cut = 0; cut <= said.length(); cut++) {
            house.scripted.streams(
                    ScriptedUpstream.piece(0, said.substring(0, cut)),
                    ScriptedUpstream.piece(0, said.substring(cut)),
                    ScriptedUpstream.finish(0),
                    ScriptedUpstream.DONE);
            Answer answer = house.chat(House.chat("scripted", "x").put("stream", true));
            assertThat(answer.streamed(0, "content")).as("cut at " + cut).isEqualTo(House.LABEL + "春天来了");
        }
        // Half a label of the model's own is text like any other.
        house.scripted.streams(ScriptedUpstream.piece(0, "【AI生"), ScriptedUpstream.finish(0), ScriptedUpstream.DONE);
        assertThat(house.chat(House.chat("scripted", "x").put("stream", true)).streamed(0, "content"))
                .isEqualTo(House.LABEL + "【AI生");
    }

    @Test
    void aToolCallThatNobodyAskedForDoesNotLeave() throws Exception {
        String call =
                "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"unlabelled\\\":1}\"}}]";
        house.scripted.answers("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\"," + call + "}}]}");
        Answer whole = house.chat(House.chat("scripted", "x"));
        assertThat(whole.code()).isEqualTo("upstream_failed");
        house.scripted.streams(
                "data: {\"choices\":[{\"index\":0,\"delta\":{" + call + "}}]}\n\n",
                ScriptedUpstream.finish(0),
                ScriptedUpstream.DONE);
        Answer streamed = house.chat(House.chat("scripted", "x").put("stream", true));
        assertThat(streamed.text()).doesNotContain("unlabelled");
        assertThat(streamed.done()).isFalse();
    }

    @Test
    void fieldsThatNobodyKnowsDoNotPassEvenFromTheUpstream() throws Exception {
        house.scripted.answers(
                "{\"id\":\"hidden text\",\"model\":\"hidden text\",\"system_fingerprint\":\"hidden text\",\"note\":\"hidden text\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"hidden text\",\"content\":\"hi\",\"audio\":{\"transcript\":\"hidden text\"},\"annotations\":[\"hidden text\"]},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"total_tokens\":1,\"note\":\"hidden text\"}}");
        assertThat(house.chat(House.chat("scripted", "x")).text()).doesNotContain("hidden");
        house.scripted.streams(
                "data: {\"id\":\"hidden\",\"model\":\"hidden\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"hidden\",\"content\":\"hi\",\"audio\":\"hidden\"}}]}\n\n",
                ": hidden\n\n",
                ScriptedUpstream.finish(0),
                ScriptedUpstream.DONE);
        Answer streamed = house.chat(House.chat("scripted", "x").put("stream", true));
        assertThat(streamed.text()).doesNotContain("hidden");
        assertThat(streamed.streamed(0, "content")).isEqualTo(House.LABEL + "hi");
    }

    @Test
    void reasoningAndRefusalsAreTextAndCarryTheLabelToo() throws Exception {
        house.scripted.streams(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hmm\"}}]}\n\n",
                ScriptedUpstream.piece(0, "yes"),
                ScriptedUpstream.finish(0),
                ScriptedUpstream.DONE);
        Answer streamed = house.chat(House.chat("scripted", "x").put("stream", true));
        assertThat(streamed.streamed(0, "reasoning_content")).isEqualTo(House.LABEL + "hmm");
        assertThat(streamed.streamed(0, "content")).isEqualTo(House.LABEL + "yes");
        house.scripted.answers("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"refusal\":\"no\"}}]}");
        assertThat(house.chat(House.chat("scripted", "x"))
                        .json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("refusal")
                        .asString(""))
                .isEqualTo(House.LABEL + "no");
    }

    @Test
    void theLabelOnAPictureOrSoundCannotBeSwitchedOff() throws Exception {
        for (String with : List.of(
                "\"response_format\":\"webp\"",
                "\"output_format\":\"webp\"",
                "\"stream\":true",
                "\"watermark\":false")) {
            Answer answer = house.post(
                    "/v1/images/generations",
                    "key-ui",
                    "application/json",
                    ("{\"model\":\"demo-image\",\"user\":\"wang\",\"prompt\":\"x\"," + with + "}")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(answer.code()).as(with).isEqualTo("invalid_request");
        }
        for (String with : List.of("\"response_format\":\"mp3\"", "\"stream_format\":\"sse\"", "\"label\":false")) {
            Answer answer = house.post(
                    "/v1/audio/speech",
                    "key-ui",
                    "application/json",
                    ("{\"model\":\"demo-voice\",\"user\":\"wang\",\"input\":\"x\"," + with + "}")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(answer.code()).as(with).isEqualTo("invalid_request");
        }
    }

    @Test
    void pathsThatAreNotListedAreRefusedAndNeverPassedOn() throws Exception {
        int before = house.scripted.asked.get();
        for (String path : List.of(
                "/v1/completions",
                "/v1/embeddings",
                "/v1/chat/completions/",
                "/v1/chat/Completions",
                "/v1/files",
                "/v1/responses")) {
            Answer answer = house.post(path, "key", Json.newObject().put("model", "scripted"));
            assertThat(answer.status()).as(path).isEqualTo(404);
        }
        assertThat(house.scripted.asked.get()).isEqualTo(before);
    }

    private static Answer raw(String body) throws Exception {
        return house.post("/v1/chat/completions", "key", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }
}
