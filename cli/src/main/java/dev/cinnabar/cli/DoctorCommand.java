package dev.cinnabar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cinnabar doctor}: what this machine has of what Cinnabar wants, what is missing, and how to mend it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at JDK, memory, disk, fonts, codecs, database and ports: what is there, what is missing, how to mend it.",
        footer = {"", "Exit codes: 0 all needed is there, 1 something needed is missing."})
final class DoctorCommand implements Callable<Integer> {
    private static final long GIB = 1L << 30;

    /** How much a finding weighs. */
    enum Weight {
        GOOD,
        OPTIONAL,
        NEEDED
    }

    record Line(String what, Weight weight, String found, String remedy) {}

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder (default: cinnabar-data).")
    private Path data = Path.of("cinnabar-data");

    @Option(names = "--port", paramLabel = "PORT", description = "The port that serve would take (default: 8080).")
    private int port = 8080;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<Line> lines = new ArrayList<>();
        lines.add(jdk());
        lines.add(memory());
        lines.add(disk());
        lines.add(database());
        lines.add(port());
        lines.add(fonts());
        lines.add(tool(
                "exiftool",
                "-ver",
                "an independent reader of labels, used by the tests",
                "apt-get install libimage-exiftool-perl"));
        lines.add(tool(
                "ffmpeg",
                "-version",
                "an independent reader of sound and video, used by the tests",
                "apt-get install ffmpeg"));
        lines.add(tool(
                "chromium",
                "--version",
                "the browser of the page tests",
                "apt-get install chromium fonts-wqy-microhei"));
        lines.add(tool(
                "node", "--version", "runs the OpenAI JavaScript client in the tests", "apt-get install nodejs npm"));
        lines.forEach(this::print);
        return lines.stream().anyMatch(line -> line.weight() == Weight.NEEDED) ? Exit.FINDING.code() : Exit.WELL.code();
    }

    private static Line jdk() {
        int feature = Runtime.version().feature();
        String found = "Java " + Runtime.version() + " at " + System.getProperty("java.home");
        return line("JDK", feature >= 25, Weight.NEEDED, found, "install a JDK 25 and set JAVA_HOME");
    }

    private static Line memory() {
        long bytes = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        return line(
                "memory",
                bytes >= 2 * GIB,
                Weight.NEEDED,
                gib(bytes) + " in all",
                "give the machine at least 2 GiB; 4 GiB for serve under load");
    }

    private Line disk() {
        try {
            Path at = data.toAbsolutePath();
            while (!Files.exists(at) && at.getParent() != null) {
                at = at.getParent();
            }
            FileStore store = Files.getFileStore(at);
            boolean well = Files.isWritable(at) && store.getUsableSpace() >= 5 * GIB;
            String found =
                    gib(store.getUsableSpace()) + " free at " + at + (Files.isWritable(at) ? "" : ", not writable");
            return line("disk", well, Weight.NEEDED, found, "free at least 5 GiB, or name another folder with --data");
        } catch (IOException e) {
            return new Line(
                    "disk", Weight.NEEDED, "cannot be looked at: " + e.getMessage(), "name another folder with --data");
        }
    }

    private static Line database() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        boolean well = os.contains("linux") && (arch.equals("amd64") || arch.equals("aarch64"));
        String found = well
                ? "PostgreSQL binaries for " + os + " " + arch + " come with Cinnabar"
                : "none for " + os + " " + arch;
        return line(
                "database",
                well,
                Weight.OPTIONAL,
                found,
                "serve on Linux x86-64 or arm64, or name a PostgreSQL server by its JDBC URL (database.url)");
    }

    private Line port() {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return new Line("port", Weight.GOOD, socket.getLocalPort() + " is free", "");
        } catch (IOException e) {
            return new Line(
                    "port",
                    Weight.NEEDED,
                    port + " is taken (" + e.getMessage() + ")",
                    "stop what listens there, or serve with --port");
        }
    }

    private static Line fonts() {
        return new Line(
                "fonts",
                Weight.GOOD,
                "outlines for the wordings of labels come with Cinnabar; no system font is needed",
                "");
    }

    private static Line tool(String name, String flag, String use, String remedy) {
        String path = System.getenv("PATH");
        boolean there = path != null
                && Stream.of(path.split(java.io.File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        return line(
                name,
                there,
                Weight.OPTIONAL,
                there ? "found (" + use + "; ask it with " + flag + ")" : "not found: " + use,
                remedy);
    }

    private static Line line(String what, boolean well, Weight otherwise, String found, String remedy) {
        return new Line(what, well ? Weight.GOOD : otherwise, found, well ? "" : remedy);
    }

    private static String gib(long bytes) {
        return "%.1f GiB".formatted((double) bytes / GIB);
    }

    private void print(Line line) {
        PrintWriter out = spec.commandLine().getOut();
        String word = switch (line.weight()) {
            case GOOD -> "ok";
            case OPTIONAL -> "optional";
            case NEEDED -> "missing";
        };
        if (json) {
            out.println(new Json()
                    .with("what", line.what())
                    .with("state", word)
                    .with("found", line.found())
                    .with("remedy", line.remedy()));
        } else {
            out.printf("%-9s %-9s %s%n", word, line.what(), line.found());
            if (!line.remedy().isEmpty()) {
                out.println("                    mend: " + line.remedy());
            }
        }
    }
}
