package dev.cinnabar.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files a command was given: named ones, and with {@code -r} those below named folders. Below a folder neither symbolic links are followed, nor devices and pipes opened,
 * nor unfinished files of this program taken.
 *
 * @param except folders that are not walked: where this very run writes
 */
record Inputs(List<Path> named, boolean recursive, List<Path> except) {
    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.\\d+\\.\\d+\\.part");

    Inputs {
        named = List.copyOf(named);
        except = except.stream().map(Inputs::plain).toList();
    }

    /** Takes the files one by one, so that a million of them need no memory. */
    interface Taker {
        /**
         * Takes a file.
         *
         * @param below the file relative to the folder it was found in; its own name where it was named
         * @return whether to go on
         */
        boolean file(Path file, Path below);

        /** Takes note of something named or met that could not be taken. */
        void unreadable(Path path, String reason, String remedy);

        /** Takes note of something met that is not for labelling: a link, a pipe, an unfinished file. */
        void skipped(Path path);
    }

    void each(Taker taker) {
        boolean on = true;
        for (int i = 0; on && i < named.size(); i++) {
            Path path = named.get(i);
            if (!Files.exists(path)) {
                taker.unreadable(path, "there is no such file", "check the name");
            } else if (Files.isRegularFile(path)) {
                on = taker.file(path, path.getFileName());
            } else if (!Files.isDirectory(path)) {
                taker.unreadable(path, "it is neither a file nor a folder", "copy what it holds into a file");
            } else if (recursive) {
                on = walk(path, taker);
            } else {
                taker.unreadable(path, "it is a folder", "add -r to take the files in it");
            }
        }
    }

    private boolean walk(Path root, Taker taker) {
        Walk walk = new Walk(root, taker);
        try {
            Files.walkFileTree(root, walk);
        } catch (IOException e) {
            taker.unreadable(root, reason(e), "check the folder's permissions");
        }
        return walk.on;
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Taker taker;
        private boolean on = true;

        Walk(Path root, Taker taker) {
            this.root = root;
            this.taker = taker;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return except.contains(plain(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean unfinished =
                    UNFINISHED.matcher(file.getFileName().toString()).matches();
            if (attributes.isRegularFile() && !unfinished) {
                on = taker.file(file, root.relativize(file));
            } else {
                taker.skipped(file);
            }
            return on ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            taker.unreadable(file, reason(failure), "check its permissions");
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            if (failure != null) {
                taker.unreadable(folder, reason(failure), "check the folder's permissions");
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static Path plain(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** An exception's message, with its kind where the message is only a file name. */
    static String reason(IOException failure) {
        return failure instanceof FileSystemException named && named.getReason() == null
                ? failure.getClass()
                        .getSimpleName()
                        .replace("Exception", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT)
                : String.valueOf(failure.getMessage());
    }
}
