package dev.cinnabar.server.store;

import dev.cinnabar.server.law.NotStarted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The data folder: everything that a server keeps, locked so that two servers never share it, with a versioned layout (docs/operations/data-folder.md).
 */
public final class DataFolder implements AutoCloseable {
    /** The layout that this version writes. Raise it with every change that an older version could not live with. */
    static final int LAYOUT = 1;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path root;
    private final KeyFolder keys;
    private final FileChannel lock;
    private final boolean fresh;

    private DataFolder(Path root, KeyFolder keys, FileChannel lock, boolean fresh) {
        this.root = root;
        this.keys = keys;
        this.lock = lock;
        this.fresh = fresh;
    }

    /** Opens the folder, laid out first where it is empty or missing. */
    public static DataFolder open(Path folder, InstantSource clock) throws NotStarted {
        Path root = folder.toAbsolutePath().normalize();
        FileChannel lock = null;
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root);
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
            lock = lock(root);
            boolean fresh = !checkLayout(root);
            KeyFolder keys = KeyFolder.in(root.resolve("keys"));
            if (fresh) {
                writeLayout(root, clock);
            }
            return new DataFolder(root, keys, lock, fresh);
        } catch (IOException e) {
            release(lock);
            throw new NotStarted(
                    "cannot use the data folder " + root + ": " + e,
                    "let the server's own account read and write it, or name another with --data",
                    e);
        } catch (NotStarted e) {
            release(lock);
            throw e;
        }
    }

    private static FileChannel lock(Path root) throws IOException, NotStarted {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new NotStarted(
                    "another server uses the data folder " + root, "stop it first, or name another folder with --data");
        }
        return channel;
    }

    private static void release(@Nullable FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // The process is about to end with a better message than this one.
        }
    }

    /** Whether there is a layout; refuses one that this version does not know. */
    private static boolean checkLayout(Path root) throws IOException, NotStarted {
        Path file = root.resolve("layout.json");
        if (!Files.exists(file)) {
            refuseStrangers(root);
            return false;
        }
        JsonNode layout;
        try {
            layout = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8))
                    .path("layout");
        } catch (JacksonException e) {
            throw new NotStarted(
                    file + " is damaged: " + e.getOriginalMessage(), "restore the file from the last backup", e);
        }
        if (!layout.isInt()) {
            throw new NotStarted(file + " names no layout number", "restore the file from the last backup");
        }
        if (layout.asInt() > LAYOUT) {
            throw new NotStarted(
                    "the data folder " + root + " has layout " + layout.asInt() + ", this version knows up to "
                            + LAYOUT,
                    "start the newer Cinnabar that wrote it, or restore a backup from before that");
        }
        return true;
    }

    /** A folder with somebody else's files is not taken for an empty one. */
    private static void refuseStrangers(Path root) throws IOException, NotStarted {
        try (var children = Files.list(root)) {
            var strange = children.map(p -> String.valueOf(p.getFileName()))
                    .filter(name -> !name.equals("lock") && !name.equals("cinnabar.yaml"))
                    .sorted()
                    .findFirst();
            if (strange.isPresent()) {
                throw new NotStarted(
                        "the folder " + root + " holds " + strange.get()
                                + " but no layout.json: it is not a data folder",
                        "name an empty folder with --data, or restore layout.json from the backup");
            }
        }
    }

    private static void writeLayout(Path root, InstantSource clock) throws IOException {
        Path fresh = root.resolve("layout.json.new");
        String json = JSON.writeValueAsString(JSON.createObjectNode()
                .put("layout", LAYOUT)
                .put("created", clock.instant().toString()));
        Files.writeString(fresh, json + "\n");
        Files.move(fresh, root.resolve("layout.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether this start laid the folder out. */
    public boolean fresh() {
        return fresh;
    }

    public Path root() {
        return root;
    }

    public KeyFolder keys() {
        return keys;
    }

    /** The cluster of the embedded PostgreSQL. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** Unpacked binaries; may be deleted while no server runs. */
    public Path engine() {
        return root.resolve("engine");
    }

    /** A ledger of this name: {@code traffic} or {@code governance}. */
    public Path log(String name) {
        return root.resolve("logs").resolve(name);
    }

    /** The encrypted segments of contents. */
    public Path content() {
        return root.resolve("content");
    }

    /** Lets the next server in. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
