package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Ran admin(String... args) {
        return Ran.cinnabar(Stream.of(
                        Stream.of("admin"),
                        Stream.of(args),
                        Stream.of("--data", folder.resolve("data").toString()))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    private static String lineWith(Ran ran, String part) {
        return ran.lines().stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + part + " in " + ran));
    }

    /** One folder through its first day and the day the admin is lost; each command opens and closes the whole house. */
    @Test
    void theFirstSetUpAndTheDayTheAdminIsLost() {
        Ran fresh = admin("staff", "--add", "mei", "--display", "Mei", "--role", "REVIEWER", "--role", "senior");
        assertThat(fresh.code()).as(fresh.err()).isZero();
        String lost = lineWith(fresh, "admin: admin / ");
        assertThat(lineWith(fresh, "key: cb-")).isNotEmpty();
        assertThat(lineWith(fresh, "mei / ")).matches("mei / \\S{12,}");

        Ran staff = admin("staff");
        assertThat(staff.lines()).hasSize(2);
        assertThat(lineWith(staff, "mei")).contains("REVIEWER", "SENIOR");

        Ran reset = admin("reset-admin");
        assertThat(reset.lines()).hasSize(1);
        assertThat(reset.lines().getFirst()).matches("admin: admin / \\S{12,}").isNotEqualTo(lost);

        String app = lineWith(admin("apps", "--add", "lantern"), "lantern").split(" ", -1)[0];

        assertThat(admin("keys", app, "--issue", "--scope", "read").out()).startsWith("key: cb-");
        Ran keys = admin("keys", app);
        assertThat(keys.lines()).hasSize(1);
        assertThat(keys.out()).contains("VALID", "[READ]");
        String key = keys.lines().getFirst().split(" ", -1)[0];

        assertThat(admin("keys", app, "--rotate", key).out()).startsWith("key: cb-");
        Ran unreasoned = admin("keys", app, "--revoke", key);
        assertThat(unreasoned.code()).isEqualTo(1);
        assertThat(unreasoned.err()).contains("refused");
        assertThat(admin("keys", app, "--revoke", key, "--reason", "left in a chat")
                        .out())
                .contains("revoked " + key);
        List<String> after = admin("keys", app).lines();
        assertThat(after).hasSize(2).anyMatch(line -> line.startsWith(key) && line.contains("REVOKED"));

        Ran record = Ran.cinnabar(
                "ledger",
                "fsck",
                "--log",
                "governance",
                "--data",
                folder.resolve("data").toString());
        assertThat(record.code()).as(record.out()).isZero();
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(admin("staff", "--add", "mei", "--role", "EMPEROR").code()).isEqualTo(2);
        assertThat(admin("keys").code()).isEqualTo(2);
        assertThat(admin("nonsense").code()).isEqualTo(2);
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
