package dev.cinnabar.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The files a command was given: named ones, and with {@code -r} those below named folders. Symbolic links below a folder are not followed. */
record Inputs(List<Path> named, boolean recursive) {
    /** Takes the files one by one, so that a million of them need no memory. */
    interface Taker {
        /**
         * Takes a file.
         *
         * @param below the file relative to the folder it was found in; its own name where it was named
         */
        void file(Path file, Path below);

        /** Takes note of something named or met that could not be taken. */
        void unreadable(Path path, String reason, String remedy);
    }

    void each(Taker taker) {
        for (Path path : named) {
            if (!Files.exists(path)) {
                taker.unreadable(path, "there is no such file", "check the name");
            } else if (!Files.isDirectory(path)) {
                taker.file(path, path.getFileName());
            } else if (recursive) {
                walk(path, taker);
            } else {
                taker.unreadable(path, "it is a folder", "add -r to take the files in it");
            }
        }
    }

    private static void walk(Path root, Taker taker) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        taker.file(file, root.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    taker.unreadable(file, reason(failure), "check its permissions");
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path folder, java.io.@org.jspecify.annotations.Nullable IOException failure) {
                    if (failure != null) {
                        taker.unreadable(folder, reason(failure), "check the folder's permissions");
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            taker.unreadable(root, reason(e), "check the folder's permissions");
        }
    }

    /** An exception's message, with its kind where the message is only a file name. */
    static String reason(IOException failure) {
        return failure instanceof java.nio.file.FileSystemException named && named.getReason() == null
                ? failure.getClass()
                        .getSimpleName()
                        .replace("Exception", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(java.util.Locale.ROOT)
                : String.valueOf(failure.getMessage());
    }
}
