package dev.cinnabar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A process that appends until it is killed, and prints each index once it was acknowledged, with the beginning of the content. */
final class CrashChild {
    private static final int CALLERS = 16;

    private CrashChild() {}

    static Process start(Path folder, int life) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName(),
                folder.toString(),
                String.valueOf(life));
        return new ProcessBuilder(command)
                .redirectError(new File(folder + "-child-" + life + ".err"))
                .start();
    }

    /** The folder and the number of this life. */
    public static void main(String[] args) throws Exception {
        Rig rig = Rig.in(Path.of(args[0]));
        Ledger ledger = rig.open(Rig.small().checkpoints(Duration.ofMillis(100)));
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        out.println("open");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int c = 0; c < CALLERS; c++) {
                int caller = c;
                callers.execute(() -> run(ledger, out, "life " + args[1] + " caller " + caller));
            }
        }
    }

    private static void run(Ledger ledger, PrintStream out, String who) {
        try {
            for (int i = 0; ; i++) {
                String content = who + " entry " + i;
                long index = ledger.append((content + " ".repeat(1 + i % 700)).getBytes(UTF_8))
                        .index();
                out.println(index + " " + content + ";");
            }
        } catch (LedgerException e) {
            out.println("failed " + e.getMessage());
        }
    }
}
