package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.people.Identity;
import dev.cinnabar.server.people.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may ask, and what they may ask for: every no with its article, its reason and its remedy. */
@Article({"9", "8", "10", "15"})
class GateTest {
    private House house;

    @BeforeEach
    void open() throws Exception {
        house = new House();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private void expect(String code, int status, String article, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("error").path("article").asString("-")).isEqualTo(article);
        assertThat(answer.json().path("error").path("reason").asString("")).isNotBlank();
        assertThat(answer.json().path("error").path("remedy").asString("")).isNotBlank();
        assertThat(answer.content()).hasSize(26);
        assertThat(answer.header("X-Cinnabar-Entry")).isNotEmpty();
        assertThat(house.fakes
                        .entry(Integer.parseInt(answer.header("X-Cinnabar-Entry")))
                        .path("kind")
                        .asString(""))
                .isIn("refused", "counted");
    }

    private Answer as(Identity identity, boolean accepted, Standing.Restriction... restrictions) throws Exception {
        house.fakes.users.put("app/wang", Fakes.standing("p-wang", identity, accepted, List.of(restrictions)));
        return house.chat(House.chat("demo", "hello"));
    }

    @Test
    void theEndUserMustBeNamedKnownVerifiedAndHaveAccepted() throws Exception {
        ObjectNode nobody = House.chat("demo", "x");
        nobody.remove("user");
        expect("identity_required", 403, "9", house.chat(nobody));
        expect("identity_required", 403, "9", house.chat(House.chat("demo", "x").put("user", "nobody-knows")));
        expect(
                "identity_required",
                403,
                "9",
                house.chat(House.chat("demo", "x").put("safety_identifier", "someone-else")));
        for (Identity no : List.of(
                Identity.UNVERIFIED,
                Identity.PENDING,
                Identity.LAPSED,
                Identity.FAILED,
                Identity.LOCKED,
                Identity.REVOKED)) {
            expect("identity_required", 403, "9", as(no, true));
        }
        expect("agreement_required", 403, "8", as(Identity.VERIFIED, false));
        assertThat(as(Identity.RECHECK_DUE, true).status()).isEqualTo(200);
        nobody.remove("user");
        Answer byHeader = house.send(house.request("/v1/chat/completions", "key")
                .header("X-End-User", "wang")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(Json.bytes(nobody))));
        assertThat(byHeader.status()).isEqualTo(200);
    }

    @Test
    void measuresBiteWhileTheyLastAndTheGateComparesTheEndItself() throws Exception {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        house.clock.fixed = Optional.of(now);
        expect("account_closed", 403, "10", as(Identity.VERIFIED, true, new Standing.Closed("m1")));
        Standing.Suspended suspended = new Standing.Suspended("m2", now.plusSeconds(10));
        Answer no = as(Identity.VERIFIED, true, suspended);
        expect("suspended", 403, "10", no);
        assertThat(no.json().path("error").path("message").asString(""))
                .contains("m2")
                .contains("2026-11-23T10:00:10Z");
        house.clock.fixed = Optional.of(now.plusSeconds(10));
        assertThat(as(Identity.VERIFIED, true, suspended).status()).isEqualTo(200);
        Standing.Limited limited = new Standing.Limited("m3", "text.dialogue", Optional.of(now.plusSeconds(20)));
        expect("function_limited", 403, "10", as(Identity.VERIFIED, true, limited));
        assertThat(as(Identity.VERIFIED, true, new Standing.Limited("m4", "image.generate", Optional.empty()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsOffOrCannotBeConfirmedIsRefused() throws Exception {
        house.fakes.off.add("text.dialogue");
        expect("function_off", 403, "15", house.chat(House.chat("demo", "x")));
        house.fakes.off.clear();
        house.fakes.library = Optional.empty();
        expect("not_ready", 503, "", house.chat(House.chat("demo", "x")));
        house.fakes.library = Optional.of(House.library());
        expect("not_found", 404, "", house.chat(House.chat("no-such-model", "x")));
    }

    @Test
    void aKeyHasItsScopesItsMinuteAndItsDay() throws Exception {
        house.clock.fixed = Optional.of(Instant.parse("2026-11-23T10:00:30Z"));
        house.fakes.callers.put(
                "labels-only",
                Fakes.caller(
                        "app",
                        Caller.Explicit.TEXT,
                        Lang.EN,
                        Set.of(Scope.LABELS),
                        OptionalInt.empty(),
                        OptionalLong.empty()));
        expect("scope_missing", 403, "", house.post("/v1/chat/completions", "labels-only", House.chat("demo", "x")));
        house.fakes.callers.put(
                "small",
                Fakes.caller(
                        "app",
                        Caller.Explicit.TEXT,
                        Lang.EN,
                        Set.of(Scope.GENERATE),
                        OptionalInt.of(2),
                        OptionalLong.of(3)));
        assertThat(house.post("/v1/chat/completions", "small", House.chat("demo", "x"))
                        .status())
                .isEqualTo(200);
        assertThat(house.post("/v1/chat/completions", "small", House.chat("demo", "x"))
                        .status())
                .isEqualTo(200);
        Answer minute = house.post("/v1/chat/completions", "small", House.chat("demo", "x"));
        expect("rate_limited", 429, "", minute);
        assertThat(minute.header("Retry-After")).isEqualTo("30");
        assertThat(minute.header("x-should-retry")).isEmpty();
        house.clock.fixed = Optional.of(Instant.parse("2026-11-23T10:01:00Z"));
        assertThat(house.get("/v1/models", "small").status()).isEqualTo(200);
        Answer day = house.get("/v1/models", "small");
        expect("budget_spent", 429, "", day);
        assertThat(day.header("x-should-retry")).isEqualTo("false");
        assertThat(day.header("Retry-After")).isEqualTo(Integer.toString(5 * 3600 + 59 * 60));
    }

    @Test
    void aRefusalSpeaksTheLanguageAskedForAndElseTheApplications() throws Exception {
        for (String[] each : new String[][] {
            {"key", "", "zh"},
            {"key", "en-GB,zh;q=0.5", "en"},
            {"key", "fr, en;q=0.2", "en"},
            {"key", "en;q=0, zh", "zh"},
            {"key-en", "", "en"},
            {"key-en", "*", "en"},
            {"key-en", "de", "en"},
            {"key-en", ";;q=x,,", "en"},
            {"key-en", "zh-Hans-CN", "zh"}
        }) {
            java.net.http.HttpRequest.Builder request = house.request("/v1/chat/completions", each[0]);
            if (!each[1].isEmpty()) {
                request.header("Accept-Language", each[1]);
            }
            Answer answer = house.send(request.POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(
                    Json.bytes(House.chat("demo", "x").put("user", "nobody-knows")))));
            JsonNode error = answer.json().path("error");
            for (String field : List.of("message", "reason", "remedy")) {
                assertThat(error.path(field).asString("").codePoints().anyMatch(Character::isIdeographic))
                        .as(String.join(" ", each) + " " + field)
                        .isEqualTo(each[2].equals("zh"));
            }
        }
    }

    @Test
    void aBoundAppServesItsOneUserOnly() throws Exception {
        house.fakes.callers.put(
                "bound",
                new Caller(
                        "k",
                        "app",
                        "app",
                        Set.of(Scope.GENERATE),
                        Caller.Explicit.TEXT,
                        Lang.ZH,
                        Optional.of("wang"),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));
        ObjectNode nobody = House.chat("demo", "x");
        nobody.remove("user");
        assertThat(house.post("/v1/chat/completions", "bound", nobody).status()).isEqualTo(200);
        expect(
                "identity_required",
                403,
                "9",
                house.post(
                        "/v1/chat/completions", "bound", House.chat("demo", "x").put("user", "li")));
    }

    @Test
    void pictures_soundsAndFilesInAPromptAreRefusedBecauseNobodyCanReviewThem() throws Exception {
        for (String type : List.of("image_url", "input_audio", "file")) {
            ObjectNode body = Json.newObject().put("model", "demo").put("user", "wang");
            ObjectNode message = body.putArray("messages").addObject().put("role", "user");
            message.putArray("content").addObject().put("type", type);
            expect("invalid_request", 400, "10", house.chat(body));
        }
    }
}
