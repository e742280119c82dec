package dev.cinnabar.cli;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Origin;
import dev.cinnabar.label.ProviderCode;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Written;
import dev.cinnabar.label.propagation.Branch;
import dev.cinnabar.label.propagation.Decision;
import dev.cinnabar.label.propagation.DecisionJson;
import dev.cinnabar.label.propagation.Declared;
import dev.cinnabar.label.propagation.Elements;
import dev.cinnabar.label.propagation.Propagator;
import dev.cinnabar.label.sign.KeyFailed;
import dev.cinnabar.label.sign.KeyRing;
import dev.cinnabar.label.sign.LabelSigner;
import dev.cinnabar.label.sign.Passwords;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cinnabar propagate}: decides for uploads what Art. 6 of the Labeling Measures asks of who spreads them, says why, and writes the propagator's side into their label. */
@Command(
        name = "propagate",
        mixinStandardHelpOptions = true,
        description =
                "Decides whether uploads are, may be or are suspected to be generated (Labeling Measures, Art. 6), says why, and writes the propagator's side of the label.",
        footer = {
            "",
            "Where nothing is found and nothing declared nothing is written, and no copy is made.",
            "The password of a key file is taken from CINNABAR_SIGN_PASSWORD, else from the file that CINNABAR_SIGN_PASSWORD_FILE names.",
            "Exit codes: 0 all decided and written, 2 wrong usage, 3 a file could not be read, judged or written."
        })
final class PropagateCommand implements Callable<Integer>, Work {
    @Mixin
    private Batch batch = new Batch();

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(
            names = "--propagator",
            required = true,
            paramLabel = "CODE",
            description = "Who spreads the content: the platform's 27-character code, or its name in visible ASCII.")
    private String propagatorCode = "";

    @Option(
            names = "--propagate-id",
            paramLabel = "ID",
            description =
                    "The content's number at the propagator (default: a new one for each file). For several files it begins the number of each.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--declared",
            paramLabel = "yes|no",
            description = "What the user says: the content is generated, or not (default: nothing).")
    private Declared declared = Declared.UNSAID;

    @Option(names = "--break-c2pa", description = "Write even where a C2PA manifest loses its validity by it.")
    private boolean breakC2pa;

    @Option(
            names = "--sign",
            paramLabel = "KEYFILE",
            description = "Sign the propagator's side (TC260-PG-202511A); keys as for label --sign.")
    private Optional<String> sign = Optional.empty();

    @Option(names = "--lang", paramLabel = "zh|en", description = "Language of the messages (default: en).")
    private Lang lang = Lang.EN;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Labels labels = new Labels(Limits.standard());
    private final ContentId ids = new ContentId(InstantSource.system(), new SecureRandom());
    private Propagator propagator = new Propagator("-");
    private Optional<LabelSigner> signer = Optional.empty();

    @Override
    public Integer call() throws KeyFailed {
        checkUsage();
        if (sign.isPresent()) {
            Passwords passwords = Passwords.environment(System.getenv(), "CINNABAR_SIGN_PASSWORD");
            signer = Optional.of(
                    new LabelSigner(KeyRing.load(sign.get(), passwords).active()));
        }
        return batch.run(spec.commandLine(), this, target.folders());
    }

    @Override
    public boolean changesItsFiles() {
        return target.inPlace();
    }

    private void checkUsage() {
        if (target.one() && batch.many()) {
            throw wrong("-o names one file: for several give --into DIR or --in-place");
        }
        try {
            propagator = new Propagator(propagatorCode);
            AigcLabel.first(propagatorCode, number());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        if (!batch.json() && propagatorCode.length() == 27) {
            ProviderCode.faults(propagatorCode)
                    .forEach(fault ->
                            spec.commandLine().getErr().println("note: the propagator's code looks wrong: " + fault));
        }
    }

    /** The number of one content: the one given for one file, of its own for each of several. */
    private String number() {
        if (id.isEmpty()) {
            return ids.next();
        }
        return batch.many() ? id.get() + "-" + ids.next() : id.get();
    }

    @Override
    public Optional<Told> objection(Path file, Path below) {
        return target.objection(file, below).map(no -> unreadable(file, no.reason(), no.remedy()));
    }

    @Override
    public Told file(Path file, Path below) {
        try {
            Reading reading = labels.read(Source.of(file));
            Decision decision = propagator.decide(reading, declared);
            return switch (propagator.elements(decision, number())) {
                case Elements.Write(var label) -> write(file, below, decision, label);
                case Elements.Nothing() -> told(file, reading.format().word(), decision, Optional.empty(), List.of());
                case Elements.Hindered(var why) ->
                    hindered(file, reading.format().word(), decision, Optional.empty(), why);
            };
        } catch (KeyFailed e) {
            return unreadable(file, "the label could not be signed: " + e.getMessage(), "check the key or the module");
        } catch (IOException e) {
            return unreadable(file, Inputs.reason(e), "check permissions and free space; nothing was changed");
        }
    }

    private Told write(Path file, Path below, Decision decision, AigcLabel label) throws IOException, KeyFailed {
        Path to = target.to(file, below);
        target.prepare(to);
        AigcLabel signed = signer.isPresent() ? signer.get().propagator(label) : label;
        Order order = Order.implicitOnly(signed).with(Origin.none());
        return switch (labels.write(Source.of(file), breakC2pa ? order.breakingC2pa() : order, to)) {
            case Written.Done done -> done(file, to, decision, signed, done);
            case Written.Impossible impossible ->
                hindered(file, impossible.format().word(), decision, Optional.of(signed), impossible.why());
        };
    }

    private Told done(Path file, Path to, Decision decision, AigcLabel label, Written.Done done) {
        List<String> more = new ArrayList<>();
        more.add("  written to " + to + (done.place().isEmpty() ? "" : " at " + done.place()) + ", PropagateID "
                + label.propagateId());
        done.notes().forEach(note -> more.add("  note [" + note.clause() + "] " + note.message(lang)));
        Map<String, String> head = head(file, done.format().word());
        head.put("out", to.toString());
        head.put("place", done.place());
        String json = DecisionJson.of(head, decision, Optional.of(label), Optional.empty(), lang);
        return Told.result(Exit.WELL, json, lines(file, decision, more));
    }

    /** Nothing was written: because nothing is owed, or because the file could not be read well enough to say so. */
    private Told told(Path file, String format, Decision decision, Optional<AigcLabel> label, List<String> more) {
        String json = DecisionJson.of(head(file, format), decision, label, Optional.empty(), lang);
        Exit exit = decision.branch() == Branch.UNREAD ? Exit.FAILED : Exit.WELL;
        return Told.result(exit, json, lines(file, decision, more));
    }

    private Told hindered(Path file, String format, Decision decision, Optional<AigcLabel> label, Finding why) {
        String clause = why.clause().equals("-") ? "" : "[" + why.clause() + "] ";
        List<String> more = List.of("  not written: " + clause + why.message(lang) + " " + why.remedy(lang));
        String json = DecisionJson.of(head(file, format), decision, label, Optional.of(why), lang);
        return Told.result(Exit.FAILED, json, lines(file, decision, more));
    }

    private static Map<String, String> head(Path file, String format) {
        Map<String, String> head = new LinkedHashMap<>();
        head.put("file", file.toString());
        head.put("format", format);
        return head;
    }

    private List<String> lines(Path file, Decision decision, List<String> more) {
        List<String> lines = new ArrayList<>();
        String clause = decision.branch().clause();
        lines.add(file + ": " + decision.level().map(Level::word).orElse("none")
                + (clause.equals("-") ? "" : " [" + clause + "]"));
        decision.notice(lang).ifPresent(notice -> lines.add("  show around it: " + notice));
        decision.reasons().forEach(reason -> lines.add("  because: " + reason.message(lang)));
        lines.addAll(more);
        return lines;
    }

    @Override
    public Told unreadable(Path path, String reason, String remedy) {
        Json error = new Json()
                .with("code", "UNREAD")
                .with("clause", "-")
                .with("reason", reason)
                .with("remedy", remedy);
        return Told.failure(
                new Json().with("file", path.toString()).with("error", error).toString(),
                path + ": not propagated: " + reason + "; " + remedy);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
