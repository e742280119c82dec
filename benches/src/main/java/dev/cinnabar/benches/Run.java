package dev.cinnabar.benches;

import dev.cinnabar.benches.gateway.GatewayBeside;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs one of the side-by-side benchmarks and prints its tables as Markdown, under the machine and the commit they were measured on. */
final class Run {
    private Run() {}

    public static void main(String[] args) throws Exception {
        String what = args.length > 0 ? args[0] : "";
        boolean smoke = List.of(args).contains("smoke");
        if (!List.of("label", "movie", "ledger", "gateway", "start").contains(what)) {
            System.err.println("usage: benches/run label|movie|ledger|gateway|start [smoke]");
            System.exit(2);
        }
        System.out.println(
                "## " + what + (smoke ? " (smoke: proves that it runs, its figures mean little)" : "") + "\n");
        System.out.println(machine() + "\n");
        switch (what) {
            case "label" -> LabelBeside.run(smoke ? 5 : 200, smoke ? 1 : 5);
            case "movie" -> MovieBeside.run(smoke ? 30_000_000 : 1_000_000_000, smoke ? 1 : 5);
            case "ledger" -> LedgerBeside.run(smoke ? 2_000 : 100_000, smoke ? 1 : 5);
            case "gateway" -> GatewayBeside.run(smoke ? 300 : 20_000, smoke ? 10 : 50, smoke ? 1 : 3);
            case "start" -> StartBeside.run(smoke ? 2 : 20, smoke ? 1 : 5);
            default -> throw new IllegalStateException(what);
        }
    }

    private static String machine() throws IOException, InterruptedException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
        return "%d cores of %s, Java %s; commit %s; load of the machine before the run %s."
                .formatted(Runtime.getRuntime().availableProcessors(), processor, Runtime.version(), commit(), load);
    }

    private static String commit() throws IOException, InterruptedException {
        Process git = new ProcessBuilder(
                        "git", "-C", System.getProperty("cinnabar.home", "."), "describe", "--always", "--dirty")
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 ? said : "unknown";
    }
}
