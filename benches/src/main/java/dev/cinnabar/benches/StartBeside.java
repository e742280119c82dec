package dev.cinnabar.benches;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * How long somebody waits: {@code cinnabar label} and {@code verify} of one small PNG, each in a new process, beside ExifTool doing the same and a JVM that does
 * nothing; and {@code cinnabar serve} until it says Ready.
 */
final class StartBeside {
    private final Path cinnabar;
    private final Path root;

    private StartBeside(Path cinnabar, Path root) {
        this.cinnabar = cinnabar;
        this.root = root;
    }

    static void run(int starts, int restarts) throws Exception {
        Path home = Path.of(System.getProperty("cinnabar.home", ".")).toAbsolutePath();
        Path root = Files.createTempDirectory("start-bench");
        try {
            StartBeside beside = new StartBeside(home.resolve("cinnabar"), root);
            beside.commands(starts);
            beside.serve(restarts);
        } finally {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void commands(int starts) throws Exception {
        Path picture = root.resolve("a.png");
        ImageIO.write(new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        Path labelled = root.resolve("b.png");
        Path config = Files.writeString(root.resolve("exiftool.config"), LabelBeside.CONFIG);
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        Rounds.program(
                cinnabar.toString(), "label", picture.toString(), "-o", labelled.toString(), "--producer", "bench");
        Rounds rounds = new Rounds()
                .with(
                        "cinnabar label",
                        () -> Rounds.program(
                                cinnabar.toString(),
                                "label",
                                picture.toString(),
                                "-o",
                                root.resolve("c.png").toString(),
                                "--producer",
                                "bench"))
                .with(
                        "exiftool, the implicit label only",
                        () -> Rounds.program(
                                "exiftool",
                                "-config",
                                config.toString(),
                                "-q",
                                "-overwrite_original",
                                "-XMP-TC260:AIGC={\"Label\":\"1\"}",
                                picture.toString()))
                .with("cinnabar verify", () -> Rounds.program(cinnabar.toString(), "verify", labelled.toString()))
                .with("exiftool, reading", () -> Rounds.program("exiftool", "-XMP:all", labelled.toString()))
                .with("java -version", () -> Rounds.program(java, "-XX:+UseSerialGC", "-version"))
                .run(starts);
        System.out.println("One small PNG, a new process each, " + starts + " times\n\n" + rounds.seconds());
    }

    private void serve(int restarts) throws Exception {
        double fresh = ready();
        Rounds rounds = new Rounds()
                .with("cinnabar serve, warm restart to Ready", this::ready)
                .run(restarts);
        System.out.printf("Until `Ready`; the first start of this folder took %.2f s%n%n%s", fresh, rounds.seconds());
    }

    /** Starts the server on the folder, waits for Ready, asks it to stop and waits for that too; gives the seconds to Ready. */
    private double ready() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        cinnabar.toString(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        root.resolve("data").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder said = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith("Ready ")) {
                    return (System.nanoTime() - start) / 1e9;
                }
            }
            throw new IOException("it did not become ready: " + said);
        } finally {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
