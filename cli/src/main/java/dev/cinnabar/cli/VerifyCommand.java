package dev.cinnabar.cli;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Look;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.ReadingJson;
import dev.cinnabar.label.SignatureSeen;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Verdict;
import dev.cinnabar.label.sign.KeyFailed;
import dev.cinnabar.label.sign.SignatureCheck;
import dev.cinnabar.label.sign.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
final class VerifyCommand implements Callable<Integer>, Work {
    @Mixin
    private Batch batch = new Batch();

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "The keys you trust: a PEM file, or lines of CODE KEY NAME (KEY in hex or @FILE.pem). Signatures by others are valid, not trusted.")
    private Optional<Path> trust = Optional.empty();

    @Option(names = "--require-explicit", description = "Call a missing explicit label a finding.")
    private boolean requireExplicit;

    @Option(
            names = "--metadata-only",
            description =
                    "Read the metadata and do not look through the content for explicit labels: many times faster.")
    private boolean metadataOnly;

    @Option(names = "--lang", paramLabel = "zh|en", description = "Language of the messages (default: en).")
    private Lang lang = Lang.EN;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Labels labels = new Labels(Limits.standard());
    private TrustList trusted = TrustList.none();

    @Override
    public Integer call() throws KeyFailed {
        if (metadataOnly && requireExplicit) {
            throw new ParameterException(
                    spec.commandLine(), "--require-explicit looks through the content: leave out --metadata-only");
        }
        trusted = trust.isPresent() ? TrustList.load(trust.get()) : TrustList.none();
        return batch.run(spec.commandLine(), this);
    }

    @Override
    public Told file(Path file, Path below) {
        try {
            Reading reading = labels.read(Source.of(file), metadataOnly ? Look.METADATA : Look.CONTENT);
            if (SignatureCheck.concerns(reading)) {
                reading = new SignatureCheck(trusted).check(reading);
            }
            if (requireExplicit) {
                reading = reading.requiringExplicit();
            }
            return Told.result(judged(reading), ReadingJson.of(file.toString(), reading, lang), lines(file, reading));
        } catch (IOException e) {
            return unreadable(file, Inputs.reason(e), "check its permissions");
        }
    }

    @Override
    public Told unreadable(Path path, String reason, String remedy) {
        Json line = new Json()
                .with("file", path.toString())
                .with("verdict", "inconclusive")
                .with("why", reason)
                .with("remedy", remedy);
        return Told.failure(line.toString(), path + ": " + reason + "; " + remedy);
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

    private List<String> lines(Path file, Reading reading) {
        List<String> lines = new ArrayList<>();
        lines.add(
                file + ": " + reading.verdict().word() + " (" + reading.format().word() + ")");
        reading.labels().forEach(found -> lines.add("  label at " + found.place() + ": " + fields(found)));
        for (ExplicitMark mark : reading.explicit()) {
            lines.add("  explicit " + mark.kind().word() + " at " + mark.where());
        }
        reading.signatures().forEach(seen -> lines.add("  signature " + said(seen)));
        for (Finding finding : reading.findings()) {
            lines.add("  " + finding.severity().word() + " [" + finding.clause() + "] " + finding.message(lang));
        }
        return lines;
    }

    private static String said(SignatureSeen seen) {
        String trusted = seen.trusted().orElse(false) ? ": valid, trusted" : ": valid, not trusted";
        String holds =
                seen.valid().map(valid -> valid ? trusted : ": not valid").orElse(": not checked");
        return seen.scheme() + " at " + seen.where() + holds
                + seen.by().map(by -> ", by " + by).orElse("");
    }

    private static String fields(Found found) {
        return found.values().entrySet().stream()
                .map(entry -> key(entry.getKey()) + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String key(Field field) {
        return field.key();
    }
}
