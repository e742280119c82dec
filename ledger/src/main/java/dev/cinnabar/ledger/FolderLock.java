package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One process a folder: the file {@code lock} is locked and holds the process id while a ledger is open, and is empty after a clean end. Folders held by this process
 * are remembered here, because closing any other channel on the file would drop the system's lock.
 */
final class FolderLock {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;
    private final boolean unclean;

    private FolderLock(Path folder, FileChannel channel, FileLock lock, boolean unclean) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
        this.unclean = unclean;
    }

    static FolderLock take(Layout layout) throws LedgerException, IOException {
        Path folder = layout.folder().toRealPath();
        if (!HELD.add(folder)) {
            throw new LedgerException.InUse("The ledger folder " + folder + " is already open in this process.");
        }
        try {
            return lock(layout, folder);
        } catch (IOException | RuntimeException | LedgerException e) {
            HELD.remove(folder);
            throw e;
        }
    }

    private static FolderLock lock(Layout layout, Path folder) throws LedgerException, IOException {
        FileChannel channel = FileChannel.open(
                layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = Files.readString(layout.lock()).strip();
                throw new LedgerException.InUse("The ledger folder " + folder + " is held by process " + holder
                        + ", as " + layout.lock() + " says. Stop that process first.");
            }
            boolean unclean = channel.size() > 0;
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
            channel.force(true);
            return new FolderLock(folder, channel, lock, unclean);
        } catch (IOException | RuntimeException | LedgerException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether the ledger before did not end by being closed. */
    boolean unclean() {
        return unclean;
    }

    /** Whether a ledger is open in this folder, in this or another process. Opens no channel where this process holds it. */
    static boolean held(Layout layout) throws IOException {
        if (HELD.contains(layout.folder().toRealPath())) {
            return true;
        }
        if (!Files.isWritable(layout.lock())) {
            return false; // a copy to look at, or no lock at all
        }
        try (FileChannel channel = FileChannel.open(layout.lock(), StandardOpenOption.WRITE);
                FileLock probe = channel.tryLock()) {
            return probe == null;
        }
    }

    /** Lets the folder go; {@code clean} leaves the sign that nothing was cut short. */
    void release(boolean clean) throws IOException {
        try (channel) {
            if (clean) {
                channel.truncate(0);
                channel.force(true);
            }
            lock.release();
        } finally {
            HELD.remove(folder);
        }
    }
}
