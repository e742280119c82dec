package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.ledger.LedgerListener;
import dev.cinnabar.ledger.LedgerOptions;
import dev.cinnabar.ledger.Origin;
import dev.cinnabar.ledger.SigningKeys;
import dev.cinnabar.testkit.Seeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LedgerCommandTest {
    private static final Origin ORIGIN = new Origin("heron.invalid/traffic");

    @TempDir
    private Path data = Path.of("");

    private Path log() {
        return data.resolve("logs/traffic");
    }

    /** A log laid out as the server lays it out. */
    private Ledger open() throws LedgerException, IOException {
        Files.createDirectories(log());
        SigningKeys keys = SigningKeys.openOrCreate(data.resolve("keys"), "traffic", ORIGIN, new SecureRandom());
        Files.writeString(data.resolve("logs/traffic.vkeys"), keys.verifier().vkey() + "\n");
        LedgerOptions options =
                LedgerOptions.defaults().segments(1 << 18).reserve(0).checkpoints(Duration.ofMillis(100));
        return Ledger.open(log(), ORIGIN, keys, InstantSource.system(), options, LedgerListener.none());
    }

    private void written(int entries) throws LedgerException, IOException {
        try (Ledger ledger = open()) {
            for (int i = 0; i < entries; i++) {
                ledger.append(entry(i));
            }
        }
    }

    private static byte[] entry(int i) {
        return ("{\"entry\":" + i + ",\"by\":\"the river\"}").getBytes(StandardCharsets.UTF_8);
    }

    private Ran ledger(String... args) {
        return Ran.cinnabar(
                Stream.concat(Stream.concat(Stream.of("ledger"), Stream.of(args)), Stream.of("--data", data.toString()))
                        .toArray(String[]::new));
    }

    private static JsonNode json(Ran ran) {
        return JsonMapper.shared().readTree(ran.out());
    }

    @Test
    void aSoundLog() throws Exception {
        written(600);
        Ran ran = ledger("fsck");
        assertThat(ran.code()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("heron.invalid/traffic: 600 entries", "sound");
        JsonNode report = json(ledger("fsck", "--json"));
        assertThat(report.path("sound").asBoolean()).isTrue();
        assertThat(report.path("entries").asInt()).isEqualTo(600);
        assertThat(report.path("faults").size()).isZero();
    }

    @Test
    void aFlippedByteIsFoundWhereverItIs() throws Exception {
        written(600);
        List<Path> files;
        try (Stream<Path> all = Files.walk(log())) {
            files = all.filter(
                            file -> Files.isRegularFile(file) && file.toFile().length() > 0)
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        long seed = Seeded.base();
        RandomGenerator random = Seeded.random(seed);
        for (Path file : files) {
            flip(file, random, "seed " + seed);
        }
        assertThat(ledger("fsck").code()).isZero();
    }

    private void flip(Path file, RandomGenerator random, String seed) throws IOException {
        byte[] sound = Files.readAllBytes(file);
        byte[] flipped = sound.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, flipped);
        try {
            Ran ran = ledger("fsck");
            assertThat(ran.code()).as(seed + " " + file + ran.out()).isEqualTo(1);
            assertThat(ran.out()).contains("fault: ");
            assertThat(json(ledger("fsck", "--json"))
                            .path("faults")
                            .path(0)
                            .path("remedy")
                            .asString())
                    .isNotEmpty();
        } finally {
            Files.write(file, sound);
        }
    }

    @Test
    void theCheckpointAndOneThatWasTamperedWith() throws Exception {
        written(300);
        Ran ran = ledger("checkpoint");
        assertThat(ran.code()).isZero();
        assertThat(ran.lines()).startsWith("heron.invalid/traffic", "300");
        JsonNode one = json(ledger("checkpoint", "--json"));
        assertThat(one.path("size").asInt()).isEqualTo(300);
        assertThat(one.path("genuine").asBoolean()).isTrue();

        Path file = log().resolve("checkpoint");
        Files.writeString(file, Files.readString(file).replace("\n300\n", "\n301\n"));
        Ran forged = ledger("checkpoint");
        assertThat(forged.code()).isEqualTo(1);
        assertThat(forged.err()).contains("fsck");
        assertThat(json(ledger("checkpoint", "--json")).path("genuine").asBoolean())
                .isFalse();
    }

    @Test
    void anEntryIsProved() throws Exception {
        written(600);
        Ran ran = ledger("prove", "517");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("entry 517 of heron.invalid/traffic", "\"entry\":517", "heron.invalid/traffic\n600\n")
                .contains("The proof holds.");
        JsonNode proof = json(ledger("prove", "0", "--json"));
        assertThat(proof.path("holds").asBoolean()).isTrue();
        assertThat(proof.path("entry").asString()).isEqualTo(new String(entry(0), StandardCharsets.UTF_8));
        assertThat(ledger("prove", "600").code()).isEqualTo(3);
        assertThat(ledger("prove", "600").err()).contains("600");
        assertThat(ledger("prove", "one").code()).isEqualTo(2);
        assertThat(ledger("prove").code()).isEqualTo(2);
    }

    /** A copy of logs/ for an inspector has no private key: proving neither needs nor makes one. */
    @Test
    void aCopyWithoutTheKeyProvesToo() throws Exception {
        written(300);
        try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
            for (Path key : keys.toList()) {
                Files.delete(key);
            }
        }
        Ran ran = ledger("prove", "299");
        assertThat(ran.code()).as(ran.err()).isZero();
        try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
            assertThat(keys).isEmpty();
        }
    }

    @Test
    void proofsOfATamperedEntryAreRefused() throws Exception {
        try (Ledger ledger = open()) {
            for (int i = 0; i < 900; i++) {
                ledger.append(("{\"entry\":" + i + " ".repeat(1_000) + "}").getBytes(StandardCharsets.UTF_8));
            }
            ledger.sign();
            Thread.sleep(300); // the first segments go once their entries stand in bundles
        }
        assertThat(log().resolve("segments/0000000000000000000.seg")).doesNotExist();
        Path bundle = log().resolve("tile/entries/000");
        byte[] bytes = Files.readAllBytes(bundle);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"entry\":127");
        bytes[at + 10] ^= 1;
        Files.write(bundle, bytes);
        Ran ran = ledger("prove", "127");
        assertThat(ran.code()).isNotZero();
        assertThat(ran.out()).doesNotContain("The proof holds");
    }

    @Test
    void besideAWriterThatGoesOn() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (Ledger ledger = open();
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                ledger.append(entry(i));
            }
            Future<Integer> writer = writers.submit(() -> {
                int written = 300;
                for (; !over.get(); written++) {
                    ledger.append(entry(written));
                }
                return written;
            });
            try {
                for (int round = 0; round < 5; round++) {
                    Ran fsck = ledger("fsck");
                    assertThat(fsck.code()).as(fsck.out() + fsck.err()).isZero();
                    Ran prove = ledger("prove", String.valueOf(ledger.size() - 1));
                    assertThat(prove.code()).as(prove.out() + prove.err()).isZero();
                    assertThat(ledger("checkpoint").code()).isZero();
                }
            } finally {
                over.set(true);
            }
            assertThat(writer.get().longValue()).isEqualTo(ledger.size());
        }
        assertThat(ledger("fsck").code()).isZero();
    }

    @Test
    void noLogThereIsAClearError() {
        for (String command : List.of("fsck", "checkpoint")) {
            Ran ran = ledger(command, "--log", "governance");
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.err()).contains("there is no log governance", "--data");
        }
        assertThat(ledger("fsck", "--log", "../traffic").code()).isEqualTo(2);
    }
}
