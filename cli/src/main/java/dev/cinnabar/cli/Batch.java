package dev.cinnabar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The part of a command that takes many files: what they are, how many at once, where the report goes. */
final class Batch {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "-r", description = "Take the files in folders too.")
    private boolean recursive;

    @Option(names = "--json", description = "One JSON object a file, one a line.")
    private boolean json;

    @Option(names = "--threads", paramLabel = "N", description = "How many files at once (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "A folder for the report: files.jsonl as the run goes, files.csv and report.html at its end.")
    private @Nullable Path report;

    @Option(
            names = "--resume",
            description = "Go on with the report of an earlier run: what was done and is unchanged is not done again.")
    private boolean resume;

    boolean json() {
        return json;
    }

    /** Whether there may be more than one file. */
    boolean many() {
        return files.size() > 1 || recursive;
    }

    List<Path> files() {
        return files;
    }

    /**
     * Runs the work over every file and tells what came of it, in the order of the files.
     *
     * @param written folders that the work itself writes into: files there are not taken
     */
    int run(CommandLine line, Work work, Path... written) {
        check(line);
        List<Path> except =
                Stream.concat(Stream.ofNullable(report), Stream.of(written)).toList();
        Inputs inputs = new Inputs(files, recursive, except);
        try (Run run = new Run(this, work, line, journal(line))) {
            return run.over(inputs);
        } catch (UncheckedIOException e) {
            line.getErr()
                    .println("the report cannot be written: " + e.getMessage()
                            + "; free space, then run again with --resume");
            return Exit.FAILED.code();
        }
    }

    private void check(CommandLine line) {
        if (threads < 1 || threads > 1024) {
            throw new ParameterException(line, "--threads: 1 to 1024");
        }
        if (resume && report == null) {
            throw new ParameterException(line, "--resume goes on with a report: name its folder with --report DIR");
        }
        if (report != null && !resume && Files.exists(report.resolve(Journal.NAME))) {
            throw new ParameterException(
                    line, report + " holds the report of an earlier run: go on with it (--resume), or name another");
        }
    }

    private Optional<Journal> journal(CommandLine line) {
        if (report == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(resume ? Journal.resume(report) : Journal.begin(report));
        } catch (IOException e) {
            throw new ParameterException(
                    line, "the report cannot be written to " + report + ": " + Inputs.reason(e), e);
        }
    }

    int threads() {
        return many() ? threads : 1;
    }

    Progress progress(PrintWriter err, Counting counting) {
        return new Progress(err, InstantSource.system(), counting::total);
    }
}
