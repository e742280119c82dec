package dev.cinnabar.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The corpus of real media: looked for at {@code CINNABAR_CORPUS}, then in {@code ../shared/corpus} beside the project. It is never part of the project. */
public final class Corpus {
    private Corpus() {}

    /** What a test that wants the corpus gives as its reason when it skips; the build allows skips that start so, and no others. */
    public static final String ABSENT = "corpus absent";

    /** The corpus folder, or empty where this machine has none. */
    public static Optional<Path> folder() {
        String named = System.getenv("CINNABAR_CORPUS");
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isDirectory);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/corpus");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
