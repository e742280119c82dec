package dev.cinnabar.server.store;

import dev.cinnabar.server.law.NotStarted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The folder of secret keys: one file a purpose, readable by its owner only; files that others may read are refused. */
public final class KeyFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;

    private KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** Opens the folder, made with mode 0700 where it is missing. */
    public static KeyFolder in(Path folder) throws NotStarted {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new NotStarted("cannot make the key folder " + folder + ": " + e, "make its parent writable", e);
        }
        return new KeyFolder(folder);
    }

    /** Where the file of this name is or would be. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** The secret of this name, as it was first made: made now, and durable, where there is none. */
    public byte[] readOrMake(String name, Supplier<byte[]> make) throws NotStarted {
        Optional<byte[]> kept = read(name);
        return kept.isPresent() ? kept.get() : write(name, make.get());
    }

    /** The secret of this name, or empty where there is none. */
    public Optional<byte[]> read(String name) throws NotStarted {
        Path file = path(name);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            refuseIfOpen(file);
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new NotStarted(
                    "cannot read the key file " + file + ": " + e, "let the server's own account read it", e);
        }
    }

    /** Keeps a secret under this name, durably, with mode 0600, and gives it back. */
    public byte[] write(String name, byte[] secret) throws NotStarted {
        Path file = path(name);
        Path fresh = path(name + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(secret);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
            return secret;
        } catch (IOException e) {
            throw new NotStarted(
                    "cannot write the key file " + file + ": " + e, "make " + folder + " writable, with space left", e);
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel dir = FileChannel.open(folder, StandardOpenOption.READ)) {
            dir.force(true);
        }
    }

    private static void refuseIfOpen(Path file) throws IOException, NotStarted {
        var attributes = Files.readAttributes(file, PosixFileAttributes.class);
        Set<PosixFilePermission> more = EnumSet.copyOf(attributes.permissions());
        more.removeAll(OWNER_ONLY);
        more.remove(PosixFilePermission.OWNER_EXECUTE);
        if (!more.isEmpty()) {
            throw new NotStarted(
                    "the key file " + file + " has mode " + PosixFilePermissions.toString(attributes.permissions())
                            + ": others could read or change it",
                    "chmod 600 " + file + "; if others had access to this machine, treat the key as stolen");
        }
    }
}
