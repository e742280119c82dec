package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Memory;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Verdict;
import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.people.Identity;
import dev.cinnabar.testkit.PngBytes;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pictures and speech leave with both labels; files of the caller's own are labelled and judged; publishing is gated. */
@Article({"16", "17", "9"})
class MediaTest {
    /** A real service's label signature, and the key that came with it (standard's hash first, then signed). */
    private static final String STRANGERS_KEY =
            "3059301306072A8648CE3D020106082A811CCF5501822D034200045728F08C58D9C72150A705693EF7337859F8FF216E802630041AFAE5C036F0A67CB1FDF8C57F5F8B623284AE09E4E545464B7140B26BBDA51BAE965F854C57AA";

    private static final String STRANGERS_SIGNATURE =
            "3046022100AE6B84B3342128AE301A597596FCD9EECF3EA0FC2DB6C250BAF234E167298E9002210097223ABB647B786A90D0A1B93CB9382EA879563B2C7F025FA006BE16AE926C14";

    private static House house;

    @BeforeAll
    static void open() throws Exception {
        house = new House();
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    private static ObjectNode picture(String format) {
        return Json.newObject()
                .put("model", "demo-image")
                .put("user", "wang")
                .put("prompt", "三座山")
                .put("size", "256x256")
                .put("response_format", format);
    }

    private static Reading read(byte[] bytes) throws Exception {
        return new Labels(Limits.standard()).read(Source.of("x", bytes));
    }

    private static void labelled(byte[] bytes, ExplicitMark.Kind kind, String id) throws Exception {
        Reading reading = read(bytes);
        assertThat(reading.verdict()).isInstanceOf(Verdict.Compliant.class);
        assertThat(reading.explicit()).extracting(ExplicitMark::kind).contains(kind);
        assertThat(reading.labels().getFirst().label().orElseThrow().produceId())
                .isEqualTo(id);
        assertThat(reading.labels().getFirst().label().orElseThrow().contentProducer())
                .isEqualTo(House.PRODUCER);
    }

    @Test
    void picturesCarryBothLabelsInlineAndByAddress() throws Exception {
        Answer inline =
                house.post("/v1/images/generations", "key", picture("b64_json").put("n", 2));
        assertThat(inline.status()).as(inline.text()).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            labelled(
                    Base64.getDecoder()
                            .decode(inline.json()
                                    .path("data")
                                    .path(i)
                                    .path("b64_json")
                                    .asString("")),
                    ExplicitMark.Kind.TEXT,
                    inline.content() + "-" + i);
        }
        JsonNode entry = house.fakes.entry(Integer.parseInt(inline.header("X-Cinnabar-Entry")));
        assertThat(entry.path("answered").path("verdict").asString(""))
                .as("nobody judged the pixels")
                .isEqualTo("unjudged");
        Commitments.check(house.fakes, entry, "media/1");

        Answer byUrl = house.post("/v1/images/generations", "key", picture("url"));
        URI url = URI.create(byUrl.json().path("data").path(0).path("url").asString(""));
        assertThat(url.getPort()).isEqualTo(house.port);
        Answer file = house.get(url.getRawPath() + "?" + url.getRawQuery(), "");
        assertThat(file.header("Content-Type")).isEqualTo("image/png");
        labelled(file.body(), ExplicitMark.Kind.TEXT, byUrl.content());
        assertThat(house.get(url.getRawPath() + "?" + url.getRawQuery().replace("sig=", "sig=A"), "")
                        .status())
                .isEqualTo(401);
        assertThat(house.get(url.getRawPath().replace("/media/0", "/media/1") + "?" + url.getRawQuery(), "")
                        .status())
                .isEqualTo(401);
        house.clock.fixed = java.util.Optional.of(java.time.Instant.now().plusSeconds(3601));
        assertThat(house.get(url.getRawPath() + "?" + url.getRawQuery(), "").status())
                .isEqualTo(401);
        house.clock.fixed = java.util.Optional.empty();
        assertThat(house.get(url.getRawPath(), "key").body()).isEqualTo(file.body());
        assertThat(house.fakes.last().path("kind").asString("")).isEqualTo("fetched");
    }

    @Test
    void aPictureThatAnUpstreamOnlyPointsToIsFetchedFromItsOwnOriginAndHostedByUs() throws Exception {
        byte[] png = Base64.getDecoder()
                .decode(house.post("/v1/images/generations", "key", picture("b64_json"))
                        .json()
                        .path("data")
                        .path(0)
                        .path("b64_json")
                        .asString(""));
        String url = "http://127.0.0.1:" + house.scripted.port() + "/files/x.png";
        house.scripted.script = (out, socket) -> {
            boolean file = house.scripted.heads.getLast().startsWith("GET /files/");
            byte[] body = file ? png : ("{\"data\":[{\"url\":\"" + url + "\"}]}").getBytes(StandardCharsets.UTF_8);
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + (file ? "image/png" : "application/json")
                            + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(body);
        };
        Answer answer =
                house.post("/v1/images/generations", "key", picture("url").put("model", "scripted"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text())
                .doesNotContain(Integer.toString(house.scripted.port()))
                .contains("/v1/contents/" + answer.content() + "/media/0?");
    }

    @Test
    void speechBeginsWithTheRhythmAndCarriesTheChunk() throws Exception {
        Answer answer = house.post(
                "/v1/audio/speech",
                "key",
                Json.newObject()
                        .put("model", "demo-voice")
                        .put("user", "wang")
                        .put("input", "河水慢慢走")
                        .put("voice", "alloy"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("audio/");
        labelled(answer.body(), ExplicitMark.Kind.RHYTHM, answer.content());
        Answer blocked = house.post(
                "/v1/audio/speech",
                "key",
                Json.newObject()
                        .put("model", "demo-voice")
                        .put("user", "wang")
                        .put("input", "苹果派对")
                        .put("voice", "alloy"));
        assertThat(blocked.code()).isEqualTo("content_blocked");
    }

    @Test
    void theSignatureOfALabelIsCheckedAndItsKeyTellsNobody() throws Exception {
        Memory signed = new Memory();
        String data =
                "{\"SecurityData\":{\"Type\":\"TC260PG\",\"Version\":1,\"PubSD\":[{\"Type\":\"DS\",\"AlgID\":\"1.2.156.10197.1.501\",\"TBSData\":{\"Type\":\"LabelMataData\"},"
                        + "\"Signature\":\"" + STRANGERS_SIGNATURE
                        + "\"},{\"Type\":\"PubKey\",\"AlgID\":\"1.2.156.10197.1.501\",\"KeyValue\":\"" + STRANGERS_KEY
                        + "\"}],\"Bindings\":[]}}";
        AigcLabel label = AigcLabel.first("001191310104MACE0YX63918020", "142569260085903360")
                .withReservedCode1(data);
        new Labels(Limits.standard())
                .write(Source.of("a.png", PngBytes.of(300, 200).bytes()), Order.implicitOnly(label), signed);
        JsonNode seen = house.post("/v1/labels/verify", "key", "image/png", signed.bytes())
                .json()
                .path("signatures")
                .path(0);
        assertThat(seen.path("scheme").asString("")).isEqualTo("TC260PG");
        assertThat(seen.path("valid").asBoolean(false)).isTrue();
        assertThat(seen.path("trusted").asBoolean(true)).isFalse();
    }

    @Test
    void filesOfTheCallersOwnAreLabelledAndJudged() throws Exception {
        byte[] png = Base64.getDecoder()
                .decode(house.post("/v1/images/generations", "key", picture("b64_json"))
                        .json()
                        .path("data")
                        .path(0)
                        .path("b64_json")
                        .asString(""));
        Answer raw = house.post("/v1/labels?id=my-7&service=other", "key", "image/png", png);
        assertThat(raw.status()).as(raw.text()).isEqualTo(200);
        labelled(raw.body(), ExplicitMark.Kind.TEXT, "my-7");
        assertThat(house.fakes
                        .entry(Integer.parseInt(raw.header("X-Cinnabar-Entry")))
                        .path("kind")
                        .asString(""))
                .isEqualTo("labelled");
        byte[] head =
                "--xx\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nform-8\r\n--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.png\"\r\nContent-Type: image/png\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--xx--\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] form = new byte[head.length + png.length + tail.length];
        System.arraycopy(head, 0, form, 0, head.length);
        System.arraycopy(png, 0, form, head.length, png.length);
        System.arraycopy(tail, 0, form, head.length + png.length, tail.length);
        labelled(
                house.post("/v1/labels", "key", "multipart/form-data; boundary=xx", form)
                        .body(),
                ExplicitMark.Kind.TEXT,
                "form-8");
        JsonNode judged = house.post("/v1/labels/verify", "key", "multipart/form-data; boundary=xx", form)
                .json();
        assertThat(judged.path("verdict").asString("")).isEqualTo("compliant");
        assertThat(judged.path("file").asString("")).isEqualTo("a.png");
        for (String type : List.of(
                "multipart/form-data", "multipart/form-data; boundary=zz", "multipart/form-data; boundary=\"")) {
            assertThat(house.post("/v1/labels", "key", type, form).code()).isEqualTo("invalid_request");
        }
        assertThat(house.post("/v1/labels", "key", "application/octet-stream", new byte[] {1, 2, 3})
                        .code())
                .isEqualTo("label_impossible");
        assertThat(house.post("/v1/labels?id=a%20b", "key", "image/png", png).code())
                .isEqualTo("invalid_request");
    }

    @Test
    void publishingAsksIdentityStandingAndReviewAndRecordsTheAnswer() throws Exception {
        Answer made = house.chat(House.chat("demo", "a line about lamps"));
        ObjectNode body = Json.newObject()
                .put("content", made.content())
                .put("user", "wang")
                .put("channel", "site/feed");
        Answer published = house.post("/v1/publications", "key", body);
        assertThat(published.status()).as(published.text()).isEqualTo(200);
        JsonNode entry = house.fakes.entry(published.json().path("entry").asInt(-1));
        assertThat(entry.path("kind").asString("")).isEqualTo("published");
        assertThat(entry.path("of").asString("")).isEqualTo(made.content());
        house.fakes.users.put("app/unverified", Fakes.standing("p-u", Identity.UNVERIFIED, true, List.of()));
        assertThat(house.post("/v1/publications", "key", body.deepCopy().put("user", "unverified"))
                        .code())
                .isEqualTo("identity_required");
        assertThat(house.post("/v1/publications", "key", body.deepCopy().put("user", ""))
                        .code())
                .isEqualTo("identity_required");
        assertThat(house.post("/v1/publications", "key-en", body).code()).isEqualTo("not_found");
        assertThat(house.post("/v1/publications", "key", body.deepCopy().put("content", "x"))
                        .code())
                .isEqualTo("invalid_request");
        // What was harmless yesterday may be blocked today.
        house.fakes.library = java.util.Optional.of(
                House.library().with(List.of(House.feature("b9", "lamps", dev.cinnabar.review.Action.BLOCK))));
        assertThat(house.post("/v1/publications", "key", body).code()).isEqualTo("content_blocked");
        house.fakes.library = java.util.Optional.of(House.library());
    }

    private Answer propagate(String query, String accept, byte[] file) throws Exception {
        return house.send(house.request("/v1/labels/propagate" + query, "key")
                .header("Content-Type", "image/png")
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
    }

    @Test
    void anUploadIsPropagatedAsTheMeasuresAskAndRecorded() throws Exception {
        byte[] plain = PngBytes.of(40, 30).bytes();
        Answer nothing = propagate("", "*/*", plain);
        assertThat(nothing.body()).isEqualTo(plain);
        assertThat(nothing.header("X-Cinnabar-Level")).isEqualTo("none");
        Answer declared = propagate("?declared=yes&propagate_id=p-1", "*/*", plain);
        assertThat(declared.header("X-Cinnabar-Level")).isEqualTo("may");
        assertThat(declared.header("X-Cinnabar-Reasons")).isEqualTo("DECLARED");
        Found label = new Labels(Limits.standard())
                .read(Source.of("a.png", declared.body()))
                .labels()
                .getFirst();
        assertThat(label.value(Field.LABEL)).contains("2");
        assertThat(label.value(Field.CONTENT_PROPAGATOR)).contains(House.PRODUCER);
        assertThat(label.value(Field.PROPAGATE_ID)).contains("p-1");
        JsonNode entry = house.fakes.entry(Integer.parseInt(declared.header("X-Cinnabar-Entry")));
        assertThat(entry.path("kind").asString("")).isEqualTo("propagated");
        assertThat(entry.path("level").asString("")).isEqualTo("may");
    }

    @Test
    void theDecisionAloneIsJsonAndWritesNothing() throws Exception {
        byte[] seen = PngBytes.of(40, 30)
                .chunk("tEXt", PngBytes.text("parameters", "a cat, Steps: 20, Sampler: Euler a"))
                .bytes();
        int before = house.fakes.entries.size();
        JsonNode decision = propagate("", "application/json", seen).json();
        assertThat(decision.path("level").asString("")).isEqualTo("suspected");
        assertThat(decision.path("clause").asString("")).isEqualTo("Labeling Measures Art. 6 (3)");
        assertThat(decision.path("notice").path("zh").asString("")).contains("疑似");
        assertThat(decision.path("reasons").path(0).path("code").asString("")).isEqualTo("GENERATOR");
        assertThat(house.fakes.entries).hasSize(before);
        assertThat(propagate("?declared=perhaps", "*/*", seen).code()).isEqualTo("invalid_request");
        assertThat(propagate("?propagator=a%20b", "*/*", seen).code()).isEqualTo("invalid_request");
        assertThat(house.post("/v1/labels/propagate", "labels-none", "image/png", seen)
                        .status())
                .isEqualTo(401);
    }
}
