package dev.cinnabar.label;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;

/** A file that grows under a name of its own beside its target and takes the target's name only when it is whole; closed before that, it is gone. */
final class NewFile implements Closeable {
    private static final int TRIES = 10_000;

    private final Path path;
    private final Path target;
    private final FileChannel channel;
    private boolean published;

    private NewFile(Path path, Path target, FileChannel channel) {
        this.path = path;
        this.target = target;
        this.channel = channel;
    }

    /** Makes the file; a target that is a link is followed, so that what it points to is replaced and not the link. */
    static NewFile beside(Path target) throws IOException {
        Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path folder = Objects.requireNonNull(real.getParent(), "a file has a folder");
        String name =
                Objects.requireNonNull(real.getFileName(), "a file has a name").toString();
        String stem = "." + (name.length() > 100 ? name.substring(0, 100) : name) + "."
                + ProcessHandle.current().pid() + ".";
        for (int i = 0; i < TRIES; i++) {
            Path path = folder.resolve(stem + i + ".part");
            try {
                FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return new NewFile(path, real, channel);
            } catch (FileAlreadyExistsException e) {
                // another thread is at work beside us, or a crash left one behind
            }
        }
        throw new FileSystemException(folder.toString(), null, "too many unfinished files");
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /** Forces the bytes to disk and gives the file its name; a file that was there keeps its permissions. */
    void publish() throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            PosixFileAttributeView before = Files.getFileAttributeView(target, PosixFileAttributeView.class);
            PosixFileAttributeView after = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (before != null && after != null) {
                after.setPermissions(before.readAttributes().permissions());
            }
        }
        channel.force(true);
        channel.close();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        published = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!published) {
            Files.deleteIfExists(path);
        }
    }
}
