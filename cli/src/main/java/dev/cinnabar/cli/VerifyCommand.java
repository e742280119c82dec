package dev.cinnabar.cli;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.ReadingJson;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cinnabar verify}: says of each file whether it carries the label of GB 45438-2025, where, and what is wrong with it. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Judges the labels of files by GB 45438-2025.",
        footer = {
            "",
            "Exit codes: 0 compliant, 1 not compliant or not found, 2 wrong usage, 3 a file could not be read or judged."
        })
final class VerifyCommand implements Callable<Integer>, Inputs.Taker {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to judge.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "-r", description = "Take the files in folders too.")
    private boolean recursive;

    @Option(names = "--json", description = "One JSON object a file, one a line.")
    private boolean json;

    @Option(names = "--require-explicit", description = "Call a missing explicit label a finding.")
    private boolean requireExplicit;

    @Option(names = "--lang", paramLabel = "zh|en", description = "Language of the messages (default: en).")
    private Lang lang = Lang.EN;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Labels labels = new Labels(Limits.standard());
    private Exit worst = Exit.WELL;
    private Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), InstantSource.system());

    @Override
    public Integer call() {
        progress = new Progress(spec.commandLine().getErr(), InstantSource.system());
        new Inputs(files, recursive).each(this);
        progress.end();
        return worst.code();
    }

    @Override
    public void file(Path file, Path below) {
        try {
            Reading reading = labels.read(Source.of(file));
            if (requireExplicit) {
                reading = reading.requiringExplicit();
            }
            print(file, reading);
            add(judged(reading));
        } catch (IOException e) {
            unreadable(file, Inputs.reason(e), "check its permissions");
        }
    }

    @Override
    public void unreadable(Path path, String reason, String remedy) {
        if (json) {
            out().println(new Json()
                    .with("file", path.toString())
                    .with("verdict", "inconclusive")
                    .with("why", reason)
                    .with("remedy", remedy));
        } else {
            spec.commandLine().getErr().println(path + ": " + reason + "; " + remedy);
        }
        add(Exit.FAILED);
    }

    private void add(Exit exit) {
        worst = worst.worse(exit);
        progress.step(exit == Exit.WELL);
    }

    /** Plain text has no place for metadata: one with its explicit label is as well labelled as text can be. */
    private static Exit judged(Reading reading) {
        boolean wellMarkedText =
                reading.format() == Format.TEXT && !reading.explicit().isEmpty();
        return switch (reading.verdict()) {
            case Verdict.Compliant() -> Exit.WELL;
            case Verdict.NonCompliant(var reasons) -> Exit.FINDING;
            case Verdict.NotFound() -> wellMarkedText ? Exit.WELL : Exit.FINDING;
            case Verdict.Inconclusive(var why) -> Exit.FAILED;
        };
    }

    private void print(Path file, Reading reading) {
        if (json) {
            out().println(ReadingJson.of(file.toString(), reading, lang));
            return;
        }
        out().println(file + ": " + reading.verdict().word() + " ("
                + reading.format().word() + ")");
        reading.labels().forEach(found -> out().println("  label at " + found.place() + ": " + fields(found)));
        for (ExplicitMark mark : reading.explicit()) {
            out().println("  explicit " + mark.kind().word() + " at " + mark.where());
        }
        reading.signatures().forEach(seen -> out().println("  signature " + seen.scheme() + " at " + seen.where()));
        for (Finding finding : reading.findings()) {
            out().println("  " + finding.severity().word() + " [" + finding.clause() + "] " + finding.message(lang));
        }
    }

    private static String fields(Found found) {
        return found.values().entrySet().stream()
                .map(entry -> key(entry.getKey()) + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String key(Field field) {
        return field.key();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
