package dev.cinnabar.cli;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Explicit;
import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Origin;
import dev.cinnabar.label.ProviderCode;
import dev.cinnabar.label.ServiceKind;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.SourceType;
import dev.cinnabar.label.Written;
import dev.cinnabar.label.sign.KeyFailed;
import dev.cinnabar.label.sign.KeyRing;
import dev.cinnabar.label.sign.LabelSigner;
import dev.cinnabar.label.sign.Passwords;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cinnabar label}: puts the implicit and the explicit label of GB 45438-2025 on files. A file is never left half written. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        description =
                "Labels files by GB 45438-2025: one implicit label a file, and an explicit label that people see or hear.",
        footer = {
            "",
            "The producer is taken from --producer, else from CINNABAR_LABEL_PRODUCER.",
            "The password of a key file is taken from CINNABAR_SIGN_PASSWORD, else from the file that CINNABAR_SIGN_PASSWORD_FILE names.",
            "Exit codes: 0 all labelled, 2 wrong usage, 3 a file could not be read, labelled or written."
        })
final class LabelCommand implements Callable<Integer>, Work {
    @Mixin
    private Batch batch = new Batch();

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(
            names = "--producer",
            paramLabel = "CODE",
            description = "Who made the content: the provider's 27-character code, or its name in visible ASCII.")
    private Optional<String> producer = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The content's number at the producer (default: a new one for each file).")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--level",
            paramLabel = "is|may|suspected",
            description = "Is, may be, or is suspected to be generated (default: is).")
    private Level level = Level.IS;

    @Option(
            names = "--service",
            paramLabel = "dialogue|writing|voice|face|scene|other",
            description = "The kind of service, which chooses the wording (default: other).")
    private ServiceKind service = ServiceKind.OTHER;

    @Option(
            names = "--explicit",
            paramLabel = "auto|none|TEXT",
            description = "The explicit label: the wording of the table, none, or your own (default: auto).")
    private String explicit = "auto";

    @Option(names = "--lang", paramLabel = "zh|en", description = "Language of the explicit label (default: zh).")
    private Lang lang = Lang.ZH;

    @Option(names = "--break-c2pa", description = "Label even a file whose C2PA manifest loses its validity by it.")
    private boolean breakC2pa;

    @Option(
            names = "--source-type",
            paramLabel = "auto|none|CODE",
            description =
                    "The IPTC digital source type beside the label, where the format carries XMP: trainedAlgorithmicMedia for level is (auto), none, or another code (default: auto). One that is there is kept.")
    private String sourceType = "auto";

    @Option(
            names = "--sign",
            paramLabel = "KEYFILE",
            description =
                    "Sign the label (TC260-PG-202511A) with the key of FILE, FILE#ALIAS (PEM, PKCS#12, JCEKS), a ring FILE.keys, or pkcs11:CONFIG#ALIAS.")
    private Optional<String> sign = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Labels labels = new Labels(Limits.standard());
    private final ContentId ids = new ContentId(InstantSource.system(), new SecureRandom());
    private String producerCode = "";
    private Optional<LabelSigner> signer = Optional.empty();

    @Override
    public Integer call() throws KeyFailed {
        producerCode = producer();
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

    private String producer() {
        String named = producer.or(() -> Optional.ofNullable(System.getenv("CINNABAR_LABEL_PRODUCER")))
                .orElse("");
        if (named.isBlank()) {
            throw wrong(
                    "a label must name who made the content (GB 45438-2025 6.1 a): give --producer CODE or set CINNABAR_LABEL_PRODUCER");
        }
        return named;
    }

    private void checkUsage() {
        boolean many = batch.many();
        if (target.one() && many) {
            throw wrong("-o names one file: for several give --into DIR or --in-place");
        }
        if (id.isPresent() && many) {
            throw wrong(
                    "--id numbers one content (GB 45438-2025 6.1 a): label several files without it, each gets its own");
        }
        try {
            order(id.orElse("0"));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        if (!batch.json() && producerCode.length() == 27) {
            ProviderCode.faults(producerCode)
                    .forEach(fault ->
                            spec.commandLine().getErr().println("note: the producer code looks wrong: " + fault));
        }
    }

    private Order order(String contentId) {
        AigcLabel label = AigcLabel.first(level, producerCode, contentId);
        Explicit mark = switch (explicit) {
            case "auto" -> Explicit.auto();
            case "none" -> Explicit.none();
            default -> new Explicit.Text(explicit);
        };
        return new Order(label, mark, lang, service, breakC2pa).with(origin());
    }

    private Origin origin() {
        return switch (sourceType) {
            case "auto" -> Origin.auto();
            case "none" -> Origin.none();
            default ->
                new Origin.Of(SourceType.of(sourceType)
                        .orElseThrow(() -> new IllegalArgumentException("--source-type " + sourceType
                                + " is not a code of IPTC's digitalsourcetype vocabulary")));
        };
    }

    private Order signed(Order order) throws KeyFailed {
        return signer.isEmpty() ? order : order.with(signer.get().producer(order.label()));
    }

    @Override
    public Optional<Told> objection(Path file, Path below) {
        return target.objection(file, below).map(no -> unreadable(file, no.reason(), no.remedy()));
    }

    @Override
    public Told file(Path file, Path below) {
        Path to = target.to(file, below);
        try {
            target.prepare(to);
            String contentId = id.orElseGet(ids::next);
            return switch (labels.write(Source.of(file), signed(order(contentId)), to)) {
                case Written.Done done -> done(file, to, contentId, done);
                case Written.Impossible impossible -> refused(file, impossible);
            };
        } catch (KeyFailed e) {
            return unreadable(file, "the label could not be signed: " + e.getMessage(), "check the key or the module");
        } catch (IOException e) {
            return unreadable(file, Inputs.reason(e), "check permissions and free space; nothing was changed");
        }
    }

    private Told done(Path file, Path to, String contentId, Written.Done done) {
        Json line = new Json()
                .with("file", file.toString())
                .with("out", to.toString())
                .with("format", done.format().word())
                .with("place", done.place())
                .with("ContentProducer", producerCode)
                .with("ProduceID", contentId)
                .with(
                        "explicit",
                        done.explicit().stream().map(LabelCommand::json).toList())
                .with("bytes", done.bytes())
                .with("notes", done.notes().stream().map(LabelCommand::json).toList());
        List<String> lines = new ArrayList<>();
        lines.add(
                to + ": labelled" + (done.place().isEmpty() ? "" : " at " + done.place()) + ", ProduceID " + contentId);
        done.explicit().forEach(mark -> lines.add("  explicit " + mark.kind().word() + " at " + mark.where()));
        done.notes().forEach(note -> lines.add("  note [" + note.clause() + "] " + note.message(Lang.EN)));
        return Told.result(Exit.WELL, line.toString(), lines);
    }

    private Told refused(Path file, Written.Impossible impossible) {
        return failure(
                file,
                impossible.why().fault().name(),
                impossible.clause(),
                impossible.reason(Lang.EN),
                impossible.remedy(Lang.EN));
    }

    @Override
    public Told unreadable(Path path, String reason, String remedy) {
        return failure(path, "UNREAD", "-", reason, remedy);
    }

    private static Told failure(Path file, String code, String clause, String reason, String remedy) {
        Json error = new Json()
                .with("code", code)
                .with("clause", clause)
                .with("reason", reason)
                .with("remedy", remedy);
        String said = reason.endsWith(".") ? reason + " " + remedy : reason + "; " + remedy;
        return Told.failure(
                new Json().with("file", file.toString()).with("error", error).toString(),
                file + ": not labelled: " + (clause.equals("-") ? "" : "[" + clause + "] ") + said);
    }

    private static Json json(ExplicitMark mark) {
        return new Json().with("kind", mark.kind().word()).with("where", mark.where());
    }

    private static Json json(Finding note) {
        return new Json()
                .with("code", note.fault().name())
                .with("clause", note.clause())
                .with("severity", note.severity().word())
                .with("message", note.message(Lang.EN));
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
