package dev.cinnabar.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What postmaster.pid of a cluster says, checked against the processes that really run: a pid may have passed to a stranger since. */
record Postmaster(long pid, int port) {
    /** The postmaster that runs on this cluster now, whoever started it. */
    static Optional<Postmaster> of(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() < 4) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            int port = Integer.parseInt(lines.get(3).strip());
            return worksIn(pid, cluster) ? Optional.of(new Postmaster(pid, port)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Every living process of PostgreSQL whose working folder is this cluster: the postmaster and its backends. */
    static List<Long> processesIn(Path cluster) throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) all::iterator) {
                String name = String.valueOf(process.getFileName());
                if (name.chars().allMatch(Character::isDigit) && worksIn(Long.parseLong(name), cluster)) {
                    found.add(Long.parseLong(name));
                }
            }
        }
        return found;
    }

    boolean alive(Path cluster) {
        return worksIn(pid, cluster);
    }

    private static boolean worksIn(long pid, Path cluster) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            Path program = Files.readSymbolicLink(process.resolve("exe"));
            Path folder = Files.readSymbolicLink(process.resolve("cwd"));
            return String.valueOf(program.getFileName()).startsWith("postgres") && folder.equals(cluster.toRealPath());
        } catch (IOException e) {
            // Gone, a zombie, or another account's: in none of these cases ours and alive.
            return false;
        }
    }
}
