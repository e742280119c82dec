package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.ledger.Ed25519Key;
import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.EntryCursor;
import dev.cinnabar.ledger.Fsck;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerListener;
import dev.cinnabar.ledger.LedgerOptions;
import dev.cinnabar.ledger.Origin;
import dev.cinnabar.ledger.SigningKeys;
import dev.cinnabar.server.Child;
import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.store.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The worst days of a whole server in a process of its own: killed, told to stop, its database killed, each under load. */
@Article({"10", "16"})
class BadDaysTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    private static Path folder;

    private static ScriptedUpstream trickle;
    private static ScriptedUpstream slow;
    private static Path data;
    private static Child child;
    private static String key;

    @BeforeAll
    static void serve() throws Exception {
        trickle = new ScriptedUpstream();
        slow = new ScriptedUpstream();
        data = folder.resolve("data");
        Child.layOut(data, true, """
                http:
                  drain: 20s
                upstreams:
                  trickle:
                    url: http://127.0.0.1:%d/v1
                    models:
                      trickle: {}
                  slow:
                    url: http://127.0.0.1:%d/v1
                    models:
                      slow: {}
                """.formatted(trickle.port(), slow.port()));
        child = Child.serving(data);
        key = child.after("key: ");
        child.after("approver: ");
    }

    @AfterAll
    static void end() throws Exception {
        child.close();
        trickle.close();
        slow.close();
    }

    /** The server, started again where the last test ended it. */
    private static Asker asker() throws Exception {
        if (!child.alive()) {
            child = Child.serving(data);
        }
        return new Asker(child.url(), key);
    }

    /**
     * An answer that its client has whole.
     *
     * @param kind what its entry must be
     */
    private record Told(String kind, long entry, String content, String text) {
        static Told of(String kind, Answer answer) {
            return new Told(kind, Long.parseLong(answer.header("X-Cinnabar-Entry")), answer.content(), answer.text());
        }
    }

    @Test
    void killedUnderLoadItLosesNothingThatItAcknowledged() throws Exception {
        Asker asker = asker();
        List<Told> told = new CopyOnWriteArrayList<>();
        List<Long> open = new CopyOnWriteArrayList<>();
        trickle.script = (out, socket) -> {
            out.write(ScriptedUpstream.STREAM);
            while (true) {
                out.write(ScriptedUpstream.piece(0, "words without an end. ").getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(20);
            }
        };
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                untilItEnds(clients, () -> endless(asker, open));
                untilItEnds(clients, () -> told.add(whole(asker)));
                untilItEnds(clients, () -> told.add(blocked(asker)));
                untilItEnds(clients, () -> told.add(streamed(asker)));
            }
            await("an answer of every kind and open streams", () -> {
                Map<String, Long> kinds = new TreeMap<>();
                told.forEach(each -> kinds.merge(each.kind(), 1L, Long::sum));
                return open.size() == 3 && told.size() > 150 && kinds.size() == 3;
            });
            child.kill();
        }
        assertThat(TestCluster.processesIn(data.resolve("postgres")))
                .as("PostgreSQL outlives its server")
                .isNotEmpty();

        Asker again = asker();
        for (Told each : told) {
            if (each.kind().equals("whole") && each.entry() % 5 == 0) {
                Answer kept = again.get("/v1/contents/" + each.content());
                assertThat(kept.status()).as(kept.text()).isEqualTo(200);
                assertThat(kept.json().path("answer"))
                        .isEqualTo(Json.objectOf(each.text().getBytes(StandardCharsets.UTF_8), 0, bytes(each))
                                .orElseThrow());
            }
        }
        stopped();
        sound();
        recorded(told, open);
    }

    private static int bytes(Told told) {
        return told.text().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Everything that was acknowledged stands in the log as what it was, and no stream is open. */
    private static void recorded(List<Told> told, List<Long> open) throws Exception {
        Map<Long, JsonNode> entries = new TreeMap<>();
        Map<Long, List<String>> closings = new TreeMap<>();
        for (Entry entry : traffic()) {
            byte[] bytes = entry.content();
            JsonNode node = Json.objectOf(bytes, 0, bytes.length).orElseThrow();
            entries.put(entry.index(), node);
            if (node.path("kind").asString("").equals("closed")) {
                closings.computeIfAbsent(node.path("opened").asLong(), n -> new ArrayList<>())
                        .add(node.path("outcome").asString(""));
            }
        }
        for (Told each : told) {
            JsonNode entry = entries.getOrDefault(each.entry(), Json.newObject());
            assertThat(entry.path("kind").asString(""))
                    .as("entry " + each.entry())
                    .isEqualTo(each.kind());
            assertThat(entry.path("content").asString("")).isEqualTo(each.content());
            if (each.kind().equals("opened")) {
                assertThat(closings.get(each.entry())).containsExactly("complete");
            }
        }
        open.forEach(opened -> assertThat(closings.get(opened))
                .as("the stream that entry " + opened + " opened")
                .containsExactly("interrupted"));
        entries.forEach((index, entry) -> {
            if (entry.path("kind").asString("").equals("opened")) {
                assertThat(closings.get(index)).as("closings of " + index).hasSize(1);
            }
        });
    }

    private static List<Entry> traffic() throws Exception {
        List<Entry> all = new ArrayList<>();
        Origin origin = new Origin("cinnabar.local/traffic");
        SigningKeys keys = SigningKeys.openOrCreate(data.resolve("keys"), "traffic", origin, new SecureRandom());
        try (Ledger ledger = Ledger.open(
                data.resolve("logs/traffic"),
                origin,
                keys,
                InstantSource.system(),
                LedgerOptions.defaults().reserve(0),
                LedgerListener.none())) {
            EntryCursor cursor = ledger.from(0);
            for (Optional<Entry> entry = cursor.next(); entry.isPresent(); entry = cursor.next()) {
                all.add(entry.get());
            }
        }
        return all;
    }

    /** Both logs of the stopped server, read again byte by byte. */
    private static void sound() throws Exception {
        for (String log : List.of("traffic", "governance")) {
            List<Ed25519Key> keys = new ArrayList<>();
            for (String line : Files.readAllLines(data.resolve("logs/" + log + ".vkeys"))) {
                keys.add(Ed25519Key.parse(line));
            }
            assertThat(Fsck.run(data.resolve("logs/" + log), keys).faults())
                    .as(log)
                    .isEmpty();
        }
    }

    private static void stopped() throws Exception {
        child.tell();
        assertThat(child.ended(Duration.ofSeconds(30))).isEqualTo(0);
        assertThat(TestCluster.processesIn(data.resolve("postgres"))).isEmpty();
    }

    /** Does it again and again until the server is gone. */
    private static void untilItEnds(ExecutorService clients, Callable<?> work) {
        var _ = clients.submit(() -> {
            try {
                while (true) {
                    work.call();
                }
            } catch (IOException e) {
                return "it is gone";
            }
        });
    }

    private static ObjectNode ask(String model, String prompt) {
        return House.chat(model, prompt).put("user", "demo-user");
    }

    private static Told whole(Asker asker) throws Exception {
        Answer answer = asker.post(CHAT, ask("demo", "how are the boats today?"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return Told.of("whole", answer);
    }

    private static Told blocked(Asker asker) throws Exception {
        Answer answer = asker.post(CHAT, ask("demo", "tell me of the moonlit-teapot"));
        assertThat(answer.code()).isEqualTo("content_blocked");
        return Told.of("refused", answer);
    }

    private static Told streamed(Asker asker) throws Exception {
        Answer answer = asker.post(CHAT, ask("demo", "and the river?").put("stream", true));
        assertThat(answer.done()).as(answer.text()).isTrue();
        return Told.of("opened", answer);
    }

    private static boolean endless(Asker asker, List<Long> open) throws Exception {
        HttpResponse<InputStream> head =
                asker.begin(CHAT, ask("trickle", "go on").put("stream", true));
        try (InputStream in = head.body()) {
            open.add(
                    Long.parseLong(head.headers().firstValue("X-Cinnabar-Entry").orElseThrow()));
            in.readAllBytes();
        }
        throw new AssertionError("a stream without an end came to an end");
    }

    @Test
    void toldToStopItLetsWhatRunsFinishAndTurnsAwayTheRest() throws Exception {
        Asker asker = asker();
        int trickled = trickle.asked.get();
        int slowed = slow.asked.get();
        trickle.script = (out, socket) -> {
            out.write(ScriptedUpstream.STREAM);
            for (int i = 0; i < 25; i++) {
                out.write(ScriptedUpstream.piece(0, "piece " + i + " of it. ").getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(100);
            }
            out.write((ScriptedUpstream.finish(0) + ScriptedUpstream.DONE).getBytes(StandardCharsets.UTF_8));
        };
        slow.says("a slow answer");
        ScriptedUpstream.Script says = slow.script;
        slow.script = (out, socket) -> {
            Thread.sleep(2000);
            says.play(out, socket);
        };
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(clients.submit(() -> asker.post(CHAT, ask("slow", "take your time"))));
                running.add(clients.submit(
                        () -> asker.post(CHAT, ask("trickle", "go on").put("stream", true))));
            }
            await(
                    "all are with their upstreams",
                    () -> trickle.asked.get() == trickled + 4 && slow.asked.get() == slowed + 4);
            child.tell();
            Set<String> late = turnedAway(asker);
            assertThat(late).as("what those were told who came late").containsExactly("503 not_ready 5");
            for (Future<Answer> each : running) {
                Answer answer = each.get(30, TimeUnit.SECONDS);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.done() ? answer.streamed(0, "content") : answer.text())
                        .containsAnyOf("piece 24 of it.", "a slow answer");
            }
            assertThat(child.ended(Duration.ofSeconds(15))).isEqualTo(0);
        }
        assertThat(TestCluster.processesIn(data.resolve("postgres"))).isEmpty();
        assertThat(child.log()).as("the log library says nothing about itself").noneMatch(line -> line.contains("|-"));
        sound();
    }

    /** Asks anew until somebody is turned away, and then once more. */
    private static Set<String> turnedAway(Asker asker) throws Exception {
        Set<String> said = ConcurrentHashMap.newKeySet();
        await("somebody is turned away", () -> {
            Answer answer = new Asker(asker.base(), key).post(CHAT, ask("demo", "am I late?"));
            if (answer.status() != 200) {
                said.add(answer.status() + " " + answer.code() + " " + answer.header("Retry-After"));
            }
            return !said.isEmpty();
        });
        Answer models = asker.get("/v1/models");
        said.add(models.status() + " " + models.code() + " " + models.header("Retry-After"));
        return said;
    }

    @Test
    void itsDatabaseKilledItServesOrRefusesAndIsWellAgainByItself() throws Exception {
        Asker asker = asker();
        AtomicBoolean enough = new AtomicBoolean();
        Set<String> warm = ConcurrentHashMap.newKeySet();
        Set<String> cold = ConcurrentHashMap.newKeySet();
        long before = postmaster();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(clients.submit(() ->
                        repeat(enough, warm, () -> asker.post(CHAT, ask("demo", "still there?")))));
                all.add(clients.submit(() -> repeat(enough, cold, () -> register(asker))));
            }
            await("both are served", () -> warm.contains("200 ") && cold.contains("201 "));
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            await("another PostgreSQL runs", () -> postmaster() != before);
            cold.remove("201 ");
            await("users are registered again", () -> cold.contains("201 "));
            enough.set(true);
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(warm).isSubsetOf("200 ", "503 not_ready", "503 not_recorded");
        assertThat(cold).isSubsetOf("201 ", "503 not_ready");
        assertThat(whole(asker).kind()).isEqualTo("whole");
    }

    @Test
    @Tag("deep")
    void itsDatabaseFrozenItRefusesEverythingUntilItIsBack() throws Exception {
        Asker asker = asker();
        whole(asker);
        Asker management = new Asker(child.managementUrl(), "");
        assertThat(management.get("/actuator/health").status()).isEqualTo(200);
        List<Long> all = TestCluster.processesIn(data.resolve("postgres"));
        signal("-STOP", all);
        try {
            await("requests are refused", () -> {
                Answer answer = asker.post(CHAT, ask("demo", "still there?"));
                return answer.status() == 503
                        && answer.code().equals("not_ready")
                        && answer.header("Retry-After").equals("1");
            });
            Answer health = management.get("/actuator/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json()
                            .path("components")
                            .path("database")
                            .path("status")
                            .asString(""))
                    .isEqualTo("DOWN");
        } finally {
            signal("-CONT", all);
        }
        await("it serves again", () -> asker.post(CHAT, ask("demo", "back?")).status() == 200);
        await("it is well again", () -> management.get("/actuator/health").status() == 200);
    }

    private static void signal(String which, List<Long> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", which));
        processes.forEach(pid -> command.add(Long.toString(pid)));
        assertThat(new ProcessBuilder(command).start().waitFor()).isEqualTo(0);
    }

    private static long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    private static Answer register(Asker asker) throws Exception {
        return asker.post(
                "/users",
                Json.newObject().put("id", "user-" + System.nanoTime()).put("kind", "person"));
    }

    private static Void repeat(AtomicBoolean enough, Set<String> said, Callable<Answer> ask) throws Exception {
        while (!enough.get()) {
            Answer answer = ask.call();
            said.add(answer.status() + " " + (answer.status() < 300 ? "" : code(answer)));
        }
        return null;
    }

    /** The code of an error in OpenAI's shape or of an RFC 9457 problem. */
    private static String code(Answer answer) {
        return answer.code().isEmpty() ? answer.json().path("code").asString("") : answer.code();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not within 40 s: " + what);
            }
            Thread.sleep(10);
        }
    }
}
