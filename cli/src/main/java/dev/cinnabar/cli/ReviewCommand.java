package dev.cinnabar.cli;

import dev.cinnabar.review.Feature;
import dev.cinnabar.review.FeatureCsv;
import dev.cinnabar.review.Hit;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Starter;
import dev.cinnabar.review.Verdict;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cinnabar review}: one text a line in, one verdict a line out (Article 10). */
@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        description = "Reviews texts against a feature library: one text a line in, one verdict a line out, as JSON.",
        footer = {
            "",
            "FILE.csv has the header pattern,kind,risk,severity,action,folds.",
            "Exit codes: 0 all pass, 1 a text is held or blocked, 2 wrong usage, 3 a line or file could not be read."
        })
final class ReviewCommand implements Callable<Integer> {
    /** The longest line taken; a longer one is refused, so that one hostile line cannot take all memory. */
    private static final int LONGEST_LINE = 64 << 20;

    @Parameters(paramLabel = "FILE", description = "The texts, one a line, UTF-8; - for standard input.")
    private String input = "-";

    @Option(
            names = "--features",
            paramLabel = "FILE.csv",
            description = "The feature library (default: the starter library of harmless stand-ins).")
    private Optional<Path> features = Optional.empty();

    @Option(names = "--json", description = "The output is JSON lines anyway; accepted so that every command takes it.")
    @SuppressWarnings("UnusedVariable") // the output is the same either way
    private boolean json;

    @Option(
            names = "--explain",
            description = "Say of every hit what the feature is and how the text was folded to meet it.")
    private boolean explain;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Exit worst = Exit.WELL;

    @Override
    public Integer call() throws IOException {
        Optional<Library> library = library();
        if (library.isEmpty()) {
            return Exit.FAILED.code();
        }
        try (InputStream in = input.equals("-") ? System.in : Files.newInputStream(Path.of(input));
                BufferedInputStream lines = new BufferedInputStream(in, 1 << 16)) {
            review(library.get(), lines);
        } catch (java.nio.file.NoSuchFileException e) {
            spec.commandLine().getErr().println(input + ": there is no such file; check the name");
            return Exit.FAILED.code();
        }
        return worst.code();
    }

    private Optional<Library> library() throws IOException {
        if (features.isEmpty()) {
            return Optional.of(Starter.library());
        }
        FeatureCsv.Parsed parsed;
        try (Reader reader = Files.newBufferedReader(features.get())) {
            parsed = FeatureCsv.parse(reader);
        } catch (IOException | java.io.UncheckedIOException e) {
            spec.commandLine()
                    .getErr()
                    .println(features.get() + ": cannot be read as UTF-8 text (" + e.getMessage()
                            + "); check the name and the encoding");
            return Optional.empty();
        }
        parsed.errors().forEach(error -> spec.commandLine().getErr().println(features.get() + ": " + error));
        for (Feature feature : parsed.features()) {
            Library.objection(feature)
                    .ifPresent(no -> spec.commandLine()
                            .getErr()
                            .println(features.get() + ": feature " + feature.pattern() + ": " + no.reason() + "; "
                                    + no.remedy()));
        }
        boolean all = parsed.errors().isEmpty()
                && parsed.features().stream().allMatch(f -> Library.objection(f).isEmpty());
        return all
                ? Optional.of(Library.compile(String.valueOf(features.get().getFileName()), parsed.features()))
                : Optional.empty();
    }

    private void review(Library library, InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);
        long number = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                one(library, line, ++number);
                line.reset();
            } else if (line.size() <= LONGEST_LINE) {
                line.write(b);
            }
        }
        if (line.size() > 0) {
            one(library, line, ++number);
        }
        spec.commandLine().getOut().flush();
    }

    private void one(Library library, ByteArrayOutputStream line, long number) {
        if (line.size() > LONGEST_LINE) {
            failed(number, "the line is longer than " + LONGEST_LINE + " bytes", "split it");
            return;
        }
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            Verdict verdict = library.review(text);
            out().println(json(library, verdict));
            worst = worst.worse(verdict instanceof Verdict.Stop ? Exit.FINDING : Exit.WELL);
        } catch (CharacterCodingException e) {
            failed(number, "the line is not UTF-8", "convert the file to UTF-8; an unread text is never called passed");
        }
    }

    private void failed(long number, String reason, String remedy) {
        out().println(new Json().with("error", reason).with("line", number).with("remedy", remedy));
        worst = Exit.FAILED;
    }

    private Json json(Library library, Verdict verdict) {
        List<Json> hits = verdict.hits().stream().map(this::json).toList();
        Json line = new Json().with("verdict", verdict.word()).with("hits", hits);
        return explain ? line.with("library", library.version()) : line;
    }

    private Json json(Hit hit) {
        Feature feature = hit.feature();
        Json one = new Json()
                .with("feature", feature.id())
                .with("risk", feature.risk().code())
                .with("start", hit.start())
                .with("end", hit.end())
                .with("matched", hit.matched());
        if (explain) {
            one.with("pattern", feature.pattern())
                    .with("kind", feature.kind().word())
                    .with("version", feature.version())
                    .with("severity", feature.severity().word())
                    .with("action", feature.action().word())
                    .with("folds", feature.folds().text())
                    .with("exact", feature.pattern().equals(hit.matched()));
        }
        return one;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
