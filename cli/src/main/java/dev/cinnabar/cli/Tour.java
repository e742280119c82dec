package dev.cinnabar.cli;

import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Verdict;
import dev.cinnabar.ledger.Checkpoint;
import dev.cinnabar.ledger.Ed25519Key;
import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.Fsck;
import dev.cinnabar.ledger.FsckReport;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.server.Server;
import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.conduct.Conduct;
import dev.cinnabar.server.conduct.Measure;
import dev.cinnabar.server.conduct.Reasons;
import dev.cinnabar.server.conduct.Sanction;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.people.Attempt;
import dev.cinnabar.server.people.AttestedVerifier;
import dev.cinnabar.server.people.Document;
import dev.cinnabar.server.people.Method;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.User;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of {@code cinnabar try}, in the order of a story: each does something real over HTTP, and says whether what came back is what the article asks. */
final class Tour {
    private static final String USER = "tour-user";
    private static final Actor OFFICER = new Actor("tour-officer", Set.of(Role.OFFICER));

    private final Server server;
    private final Path data;
    private final Client client;
    private final PrintWriter out;
    private final Labels labels = new Labels(Limits.standard());
    private final String appId;
    private int number;
    private int failed;
    private byte[] picture = {};
    private long entry = -1;

    Tour(Server server, Path data, String key, PrintWriter out) {
        this.server = server;
        this.data = data;
        this.client = new Client(server.url(), key);
        this.out = out;
        this.appId = server.get(Apps.class).all().getFirst().id();
    }

    private interface Step {
        /** Does the step; gives what came back, in one line, and throws {@link NotHeld} where it is not what it must be. */
        String run() throws Exception;
    }

    private static final class NotHeld extends Exception {
        private static final long serialVersionUID = 1L;

        NotHeld(String what) {
            super(what);
        }
    }

    private static void hold(boolean held, String otherwise) throws NotHeld {
        if (!held) {
            throw new NotHeld(otherwise);
        }
    }

    /** Walks every step; whether all held. */
    boolean walk() {
        step(
                "9",
                "A user without a verified identity asks for text",
                "the refusal names the article, the reason and the remedy",
                this::unverified);
        step(
                "9, 8",
                "The provider's account system attests the identity; the user accepts the agreement",
                server.url() + "/console (People)",
                this::attested);
        step(
                "17",
                "The same user asks again",
                "the text begins with its explicit label; the aigc object is the implicit one",
                this::text);
        step("17, 10", "Text is streamed", "the label comes before the first word of the stream", this::stream);
        step(
                "16, 17",
                "An image is made",
                "the file carries the label in its XMP and a mark in its corner",
                this::image);
        step("16, 17", "Speech is made", "the rhythm of the standard sounds before the content", this::speech);
        step("10", "A prompt holds a blocked word, in disguise", "it never reached the model", this::blockedPrompt);
        step(
                "10",
                "A harmless prompt leads to a blocked answer, streamed",
                "nothing of the blocked passage left, and no [DONE]",
                this::blockedStream);
        step(
                "10",
                "The user is suspended",
                "it bites at the next request; the notice says how to appeal",
                this::suspended);
        step(
                "18",
                "Somebody strips the label from the image",
                server.url() + "/public/check says the same to anybody",
                this::tampered);
        step("10, 16", "An entry of the record is proved", server.url() + "/ledger/traffic/checkpoint", this::proved);
        step("16", "One byte is flipped in a copy of the record", "fsck names the file and the place", this::flipped);
        client.close();
        out.println();
        out.println(failed == 0 ? "All " + number + " steps held." : failed + " of " + number + " steps did not hold.");
        return failed == 0;
    }

    private void step(String article, String what, String look, Step step) {
        number++;
        out.println();
        out.println(number + ". [Article " + article + "] " + what);
        try {
            out.println("   came back: " + step.run());
            out.println("   look at:   " + look);
        } catch (Exception e) {
            failed++;
            out.println("   DID NOT HOLD: " + e.getMessage());
        }
        out.flush();
    }

    private static String chat(String prompt, boolean stream) {
        return "{\"model\":\"demo\",\"user\":\"" + USER + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":" + Client.quoted(prompt) + "}]}";
    }

    private static String error(Client.Reply reply) {
        var error = reply.json().path("error");
        return reply.status() + " " + error.path("code").asString("?") + " (Article "
                + error.path("article").asString("?") + "): "
                + error.path("reason").asString("?") + " Remedy: "
                + error.path("remedy").asString("?");
    }

    private String unverified() throws Exception {
        done(server.get(People.class).register(appId, USER, User.Kind.PERSON, Optional.empty(), Actor.app(appId)));
        Client.Reply reply = client.post("/v1/chat/completions", chat("Describe a teapot.", false));
        hold(
                reply.status() == 403
                        && reply.json().path("error").path("code").asString("").equals("identity_required"),
                "expected 403 identity_required, got " + reply.status() + " " + reply.text());
        return error(reply);
    }

    private String attested() throws Exception {
        People people = server.get(People.class);
        Actor app = Actor.app(appId);
        Attempt attempt = new Attempt(
                AttestedVerifier.NAME,
                Method.MOBILE,
                "account-system record 4711",
                Optional.of(Instant.now().minus(Duration.ofDays(1))),
                Optional.empty());
        done(people.identities().verify(appId, USER, attempt, app));
        Document agreement = Optional.ofNullable(people.agreements().inForce().get(Document.Kind.AGREEMENT))
                .orElseThrow();
        done(people.agreements()
                .accept(
                        appId,
                        USER,
                        Document.Kind.AGREEMENT,
                        agreement.version(),
                        agreement.hash(),
                        Instant.now(),
                        "tour"));
        return "identity " + people.find(appId, USER).orElseThrow().real().state() + ", agreement version "
                + agreement.version() + " accepted; no identity number was asked or kept";
    }

    private String text() throws Exception {
        Client.Reply reply = client.post("/v1/chat/completions", chat("Describe a teapot.", false));
        hold(reply.status() == 200, "status " + reply.status() + " " + reply.text());
        String content = reply.json()
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString("");
        hold(content.startsWith("【AI生成】"), "no explicit label: " + content);
        hold(reply.json().path("aigc").path("Label").asString("").equals("1"), "no aigc object: " + reply.text());
        entry = Long.parseLong(reply.header("X-Cinnabar-Entry").replaceAll(".*#", ""));
        return content + "  (content " + reply.header("X-Cinnabar-Content") + ", entry " + entry + ")";
    }

    private String stream() throws Exception {
        Client.Reply reply = client.post("/v1/chat/completions", chat("Describe a lamp.", true));
        hold(
                reply.status() == 200 && reply.text().contains("data: [DONE]"),
                "status " + reply.status() + " " + reply.text());
        hold(reply.streamed().startsWith("【AI生成】"), "no explicit label: " + reply.streamed());
        return reply.text().lines().filter(line -> line.startsWith("data: ")).count() + " events: " + reply.streamed();
    }

    private String image() throws Exception {
        Client.Reply reply = client.post(
                "/v1/images/generations",
                "{\"model\":\"demo-image\",\"user\":\"" + USER
                        + "\",\"prompt\":\"a lamp by a river\",\"response_format\":\"b64_json\"}");
        hold(reply.status() == 200, "status " + reply.status() + " " + reply.text());
        picture = Base64.getDecoder()
                .decode(reply.json().path("data").path(0).path("b64_json").asString(""));
        return judged("picture.png", picture);
    }

    private String speech() throws Exception {
        Client.Reply reply = client.post(
                "/v1/audio/speech",
                "{\"model\":\"demo-voice\",\"user\":\"" + USER
                        + "\",\"voice\":\"alloy\",\"response_format\":\"wav\",\"input\":\"Good evening.\"}");
        hold(reply.status() == 200, "status " + reply.status() + " " + reply.text());
        return judged("speech.wav", reply.body());
    }

    private String judged(String name, byte[] file) throws Exception {
        Reading reading = labels.read(Source.of(name, file));
        hold(reading.verdict() instanceof Verdict.Compliant, "not compliant: " + reading.findings());
        hold(!reading.explicit().isEmpty(), "no explicit label found");
        var mark = reading.explicit().getFirst();
        return file.length + " bytes, " + reading.verdict().word() + ", label at "
                + reading.labels().getFirst().place() + ", explicit "
                + mark.kind().word() + " at " + mark.where();
    }

    private String blockedPrompt() throws Exception {
        Client.Reply reply =
                client.post("/v1/chat/completions", chat("Tell me of the m o o n l i t-t.e.a.p.o.t", false));
        hold(
                reply.status() == 400
                        && reply.json().path("error").path("code").asString("").equals("content_blocked"),
                "expected 400 content_blocked, got " + reply.status() + " " + reply.text());
        return error(reply);
    }

    private String blockedStream() throws Exception {
        Client.Reply reply = client.post("/v1/chat/completions", chat("backwards: topaet-tilnoom eht si ecno", true));
        String left = reply.streamed();
        hold(
                !reply.text().contains("[DONE]") && reply.text().contains("content_blocked"),
                "expected an in-band block, got " + reply.text());
        hold(!left.contains("moonlit"), "something of the blocked passage left: " + left);
        return "left before the block: \"" + left + "\", then an in-band error and no [DONE]";
    }

    private String suspended() throws Exception {
        User user = server.get(People.class).find(appId, USER).orElseThrow();
        Reasons reasons = new Reasons(
                Reasons.Ground.RULES,
                "rules, clause 3",
                "A.1.h",
                "asked twice for a blocked word",
                Reasons.Source.OWN_REVIEW,
                false);
        Measure measure = done(server.get(Conduct.class)
                .take(OFFICER, user.id(), new Sanction.Suspend(Instant.now().plus(Duration.ofDays(1))), reasons));
        Client.Reply reply = client.post("/v1/chat/completions", chat("Describe a teapot.", false));
        hold(
                reply.status() == 403
                        && reply.json().path("error").path("code").asString("").equals("suspended"),
                "expected 403 suspended, got " + reply.status() + " " + reply.text());
        return error(reply) + "  (measure " + measure.id() + ")";
    }

    /** Cuts the chunk that carries the label out of the PNG, as somebody would who wants to hide where it comes from. */
    private String tampered() throws Exception {
        hold(picture.length > 0, "there is no image from step 5");
        int at = new String(picture, StandardCharsets.ISO_8859_1).indexOf("iTXtXML:com.adobe.xmp") - 4;
        hold(at > 0, "the image has no XMP chunk to strip");
        int length = java.nio.ByteBuffer.wrap(picture, at, 4).getInt() + 12;
        byte[] stripped = new byte[picture.length - length];
        System.arraycopy(picture, 0, stripped, 0, at);
        System.arraycopy(picture, at + length, stripped, at, stripped.length - at);
        Client.Reply reply = client.send("/v1/labels/verify", "image/png", stripped);
        String verdict = reply.json().path("verdict").asString("?");
        hold(
                reply.status() == 200 && verdict.equals("not_found"),
                "expected not_found, got " + reply.status() + " " + reply.text());
        boolean mark = reply.json().path("explicit").size() > 0;
        return "implicit label " + verdict + (mark ? "; the visible mark is still there and says what it is" : "");
    }

    private String proved() throws Exception {
        hold(entry >= 0, "there is no entry from step 3");
        Logs.Log traffic = server.get(Logs.class).traffic();
        Ledger ledger = traffic.ledger();
        Entry found = ledger.read(entry);
        Checkpoint checkpoint = ledger.sign();
        hold(ledger.proveInclusion(entry, checkpoint).holds(found.leafHash(), checkpoint), "the proof does not hold");
        FsckReport report = Fsck.run(data.resolve("logs/traffic"), keys(traffic));
        hold(report.sound(), "fsck found " + report.faults());
        return "entry " + entry + " is under the signed checkpoint of size " + checkpoint.size() + "; fsck read "
                + report.entries() + " entries: sound";
    }

    private String flipped() throws Exception {
        Logs.Log traffic = server.get(Logs.class).traffic();
        try (Snapshot copy = Snapshot.of(data.resolve("logs/traffic"))) {
            Path file;
            try (var files = Files.walk(copy.folder().resolve("segments"))) {
                file = files.filter(Files::isRegularFile)
                        .sorted()
                        .findFirst()
                        .orElseThrow(() -> new NotHeld("the copy has no segment"));
            }
            byte[] bytes = Files.readAllBytes(file);
            byte[] content = traffic.ledger().read(entry).content();
            int at = new String(bytes, StandardCharsets.ISO_8859_1)
                    .indexOf(new String(content, StandardCharsets.ISO_8859_1));
            hold(at > 0, "the entry is not in the copied segment");
            bytes[at + content.length / 2] ^= 1;
            Files.write(file, bytes);
            FsckReport report = Fsck.run(copy.folder(), keys(traffic));
            hold(!report.sound(), "fsck found nothing");
            return report.faults().getFirst().toString();
        }
    }

    private static List<Ed25519Key> keys(Logs.Log log) throws Exception {
        List<Ed25519Key> keys = new ArrayList<>();
        for (String key : log.keys()) {
            keys.add(Ed25519Key.parse(key));
        }
        return keys;
    }

    private static <T> T done(Outcome<T> outcome) throws NotHeld {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(var refused) ->
                throw new NotHeld(refused.reason().en() + " " + refused.remedy().en());
        };
    }
}
