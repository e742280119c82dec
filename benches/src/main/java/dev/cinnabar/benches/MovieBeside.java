package dev.cinnabar.benches;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The implicit label on one large film in memory-backed files, its header first or last, beside a plain copy. The film is made by ffmpeg, uncompressed. */
final class MovieBeside {
    private static final int FRAME_BYTES = 1920 * 1080 * 2;

    private final Path root;
    private final Labels labels = new Labels(Limits.standard());

    private MovieBeside(Path root) {
        this.root = root;
    }

    static void run(long bytes, int rounds) throws Exception {
        Path root = Files.createTempDirectory(
                Path.of(Files.isDirectory(Path.of("/dev/shm")) ? "/dev/shm" : System.getProperty("java.io.tmpdir")),
                "movie-bench");
        MovieBeside bench = new MovieBeside(root);
        try {
            for (boolean first : new boolean[] {false, true}) {
                bench.measure(bench.film(bytes, first), first, rounds);
            }
        } finally {
            for (String name : List.of("first.mov", "last.mov", "copy", "labelled")) {
                Files.deleteIfExists(root.resolve(name));
            }
            Files.delete(root);
        }
    }

    private void measure(Path film, boolean first, int rounds) throws Exception {
        Path copy = root.resolve("copy");
        Path labelled = root.resolve("labelled");
        Rounds write = new Rounds()
                .with("cp", () -> anew(copy, () -> Rounds.program("cp", film.toString(), copy.toString())))
                .with("cinnabar", () -> anew(labelled, () -> Rounds.timed(() -> write(film, labelled))))
                .run(rounds);
        System.out.printf(
                "A film of %,d bytes, its header %s%n%n%s%n",
                Files.size(film), first ? "first" : "last", write.table("films", 1));
        System.out.printf(
                "Cinnabar labels %.2f times as many films a second as cp copies.%n%n", write.times("cinnabar", "cp"));
        Files.delete(film);
    }

    private Path film(long bytes, boolean first) throws Exception {
        Path film = root.resolve(first ? "first.mov" : "last.mov");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i"));
        command.addAll(List.of("testsrc2=s=1920x1080:r=30", "-frames:v", String.valueOf(bytes / FRAME_BYTES)));
        command.addAll(List.of("-pix_fmt", "uyvy422", "-c:v", "rawvideo"));
        command.addAll(first ? List.of("-movflags", "+faststart") : List.of());
        command.add(film.toString());
        Rounds.program(command.toArray(String[]::new));
        return film;
    }

    private void write(Path film, Path to) throws IOException {
        AigcLabel label = AigcLabel.first("001191330106MA2CFLDG4R10001", "BENCH");
        Written written = labels.write(Source.of(film), Order.implicitOnly(label), to);
        if (!(written instanceof Written.Done)) {
            throw new IllegalStateException("not written: " + written);
        }
    }

    private interface Work {
        double time() throws Exception;
    }

    /** A new file each time: overwriting is another work than writing. */
    private static double anew(Path target, Work work) throws Exception {
        Files.deleteIfExists(target);
        double seconds = work.time();
        Files.delete(target);
        return seconds;
    }
}
