package dev.cinnabar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Go's own transparency log library, as Debian packs it, checks a folder that this ledger wrote. */
@Tag("deep")
class IndependentCheckTest {
    private static final Path LIBRARY = Path.of("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog");

    @TempDir
    Path temp;

    private record Said(int code, String text) {}

    @Test
    void goFindsTheLedgerInOrderAndADamagedOneNot() throws Exception {
        Assumptions.assumeTrue(
                Files.isDirectory(LIBRARY) && onPath("go"), "tool absent: golang-go and golang-golang-x-mod-dev");
        Rig rig = Rig.in(temp.resolve("log"));
        Path older = temp.resolve("older");
        Path proof = temp.resolve("proof");
        try (Ledger ledger = rig.open()) {
            fill(ledger, 333);
            Files.write(older, ledger.sign().bytes());
            fill(ledger, 700);
            Checkpoint now = ledger.sign();
            Files.writeString(proof, ledger.proveInclusion(777, now).text(now));
        }
        Said sound = go(rig, older, proof);
        assertThat(sound.text())
                .contains("included 1033")
                .contains("consistent 333")
                .contains("proved 777");
        assertThat(sound.code()).isZero();
        for (String file : List.of("tile/entries/001", "tile/0/002", "tile/1/000.p/4", "checkpoint")) {
            byte[] bytes = Files.readAllBytes(rig.folder.resolve(file));
            byte[] changed = bytes.clone();
            changed[30] ^= 1;
            Files.write(rig.folder.resolve(file), changed);
            assertThat(go(rig, older, proof).code()).as(file).isNotZero();
            Files.write(rig.folder.resolve(file), bytes);
        }
    }

    private static void fill(Ledger ledger, int entries) throws LedgerException {
        for (int i = 1; i < entries; i++) {
            ledger.appendLater(("entry " + i + " of the pond").getBytes(UTF_8));
        }
        ledger.append(new byte[0]);
    }

    private static boolean onPath(String tool) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private Said go(Rig rig, Path older, Path proof) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("go", "run", source().toString()));
        command.addAll(List.of(rig.folder.toString(), rig.keys.verifier().vkey(), older.toString(), proof.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("GO111MODULE", "off", "GOPATH", "/usr/share/gocode", "GOFLAGS", ""));
        builder.environment().put("GOCACHE", temp.resolve("go-cache").toString());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static Path source() {
        Path inModule = Path.of("src/test/go/check.go").toAbsolutePath();
        return Files.exists(inModule)
                ? inModule
                : Path.of("ledger/src/test/go/check.go").toAbsolutePath();
    }
}
