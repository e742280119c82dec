package dev.cinnabar.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.law.NotStarted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path home;

    @Test
    void itIsLaidOutOnceAndClosedToOthers() throws Exception {
        Path root = home.resolve("data");
        try (DataFolder data = open(root)) {
            assertThat(data.fresh()).isTrue();
            assertThat(mode(root)).isEqualTo("rwx------");
            assertThat(mode(root.resolve("keys"))).isEqualTo("rwx------");
            assertThatThrownBy(() -> open(root)).isInstanceOf(NotStarted.class).hasMessageContaining("another server");
        }
        try (DataFolder data = open(root)) {
            assertThat(data.fresh()).isFalse();
        }
    }

    @Test
    void aLayoutThatIsNewerDamagedOrMissingIsRefusedAndNothingTouched() throws Exception {
        Path root = home.resolve("data");
        open(root).close();
        Path layout = root.resolve("layout.json");
        String good = Files.readString(layout);
        refused(root, "{\"layout\":99}", "layout 99");
        refused(root, "{\"layout\":1", "damaged");
        refused(root, "{}", "names no layout number");
        refused(root, "", "names no layout number");
        Files.delete(layout);
        assertThatThrownBy(() -> open(root)).hasMessageContaining("not a data folder");
        assertThat(layout).doesNotExist();
        Files.writeString(layout, good);
        open(root).close();
    }

    private static void refused(Path root, String layout, String why) throws Exception {
        Path file = root.resolve("layout.json");
        Files.writeString(file, layout);
        assertThatThrownBy(() -> open(root)).isInstanceOf(NotStarted.class).hasMessageContaining(why);
        assertThat(file).content().isEqualTo(layout);
    }

    @Test
    void somebodyElsesFolderOrAFileIsRefused() throws Exception {
        Files.writeString(home.resolve("holiday.jpg"), "x");
        assertThatThrownBy(() -> open(home))
                .hasMessageContaining("holiday.jpg")
                .hasMessageContaining("not a data folder");
        assertThatThrownBy(() -> open(home.resolve("holiday.jpg/data")))
                .hasMessageContaining("cannot use the data folder");
        Path unwritable = Path.of("/proc/cinnabar-data");
        assertThatThrownBy(() -> open(unwritable)).hasMessageContaining("cannot use the data folder");
    }

    @Test
    void keysThatOthersMayTouchAreRefused() throws Exception {
        try (DataFolder data = open(home.resolve("data"))) {
            data.keys().readOrMake("some.key", () -> new byte[] {1, 2, 3});
            Path key = data.keys().path("some.key");
            assertThat(mode(key)).isEqualTo("rw-------");
            for (String open : new String[] {"rw-r-----", "rw-----w-", "rw----r--", "rw--w----"}) {
                Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(open));
                assertThatThrownBy(() -> data.keys().read("some.key"))
                        .isInstanceOf(NotStarted.class)
                        .hasMessageContaining(open);
            }
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
            assertThat(data.keys().readOrMake("some.key", () -> new byte[0])).containsExactly(1, 2, 3);
        }
    }

    private static DataFolder open(Path root) throws NotStarted {
        return DataFolder.open(root, InstantSource.system());
    }

    private static String mode(Path path) throws java.io.IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
