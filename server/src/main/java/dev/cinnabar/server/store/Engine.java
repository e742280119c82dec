package dev.cinnabar.server.store;

import dev.cinnabar.server.law.NotStarted;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The binaries of the embedded PostgreSQL, unpacked once from the class path into a folder. */
record Engine(Path home) {
    /** The version that the build brings; a cluster's files fit its major number only. */
    static final String VERSION = "18.6.0";

    /** The major number, as it stands in a cluster's PG_VERSION. */
    static final String MAJOR = "18";

    /** Unpacks beside, then renames, so that a half-unpacked engine is never run. */
    static Engine unpacked(Path folder) throws NotStarted {
        Path home = folder.resolve("postgres-" + VERSION);
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(folder);
                Path fresh = Files.createTempDirectory(folder, "unpacking-");
                unpack(archive(), fresh);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw new NotStarted(
                        "cannot unpack the embedded PostgreSQL into " + folder + ": " + e,
                        "make the folder writable, with 100 MB free and not mounted noexec, or set database.url",
                        e);
            }
        }
        return new Engine(home);
    }

    /** The path of a program: initdb, pg_ctl or postgres. */
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static InputStream archive() throws NotStarted {
        String arch = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case String other -> other;
        };
        String name = "/postgres-linux-" + arch + ".txz";
        InputStream in = Engine.class.getResourceAsStream(name);
        if (in == null
                || !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new NotStarted(
                    "there is no embedded PostgreSQL for " + System.getProperty("os.name") + " " + arch,
                    "serve on Linux x86-64 or arm64, or set database.url to a PostgreSQL " + MAJOR + " of your own");
        }
        return in;
    }

    private static void unpack(InputStream archive, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("the archive leaves its folder: " + entry.getName());
                }
                place(tar, entry, target);
            }
        }
    }

    private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean runs = (entry.getMode() & 0100) != 0;
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--");
        Files.setPosixFilePermissions(target, mode);
    }
}
