package dev.cinnabar.cli;

import dev.cinnabar.label.Lang;
import dev.cinnabar.label.ProviderCode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cinnabar code}: explains provider codes, and makes one of a unified social credit code. */
@Command(
        name = "code",
        mixinStandardHelpOptions = true,
        description = {
            "Checks provider codes (27 characters) and says what is wrong with one: which character, which check character, which was expected.",
            "A unified social credit code (18 characters) is made into a provider code."
        },
        footer = {"", "Exit codes: 0 all right, 1 a code is wrong, 2 wrong usage."})
final class CodeCommand implements Callable<Integer> {
    private static final int CREDIT_CODE = 18;

    @Parameters(paramLabel = "CODE", arity = "1..*", description = "Provider codes, or credit codes to make one of.")
    private List<String> codes = new ArrayList<>();

    @Option(
            names = "--role",
            paramLabel = "generation|propagation",
            description = "For a code to be made: the role of the service (with --service).")
    private Optional<ProviderCode.Role> role = Optional.empty();

    @Option(
            names = "--service",
            paramLabel = "XXXX",
            description = "For a code to be made: the four characters (0-9, A-Z) that you gave the service.")
    private Optional<String> service = Optional.empty();

    @Option(names = "--lang", paramLabel = "zh|en", description = "Language of the messages (default: en).")
    private Lang lang = Lang.EN;

    @Option(names = "--json", description = "One JSON object a code, one a line.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (role.isPresent() != service.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--role and --service go together");
        }
        Exit worst = Exit.WELL;
        for (String code : codes) {
            worst = worst.worse(
                    code.length() == CREDIT_CODE ? made(code) : judged(code, ProviderCode.faults(code, lang)));
        }
        return worst.code();
    }

    private Exit made(String creditCode) {
        String extension =
                role.map(ProviderCode.Role::code).map(String::valueOf).orElse("0") + service.orElse("0000");
        String code = "0011" + creditCode + extension;
        return judged(code, ProviderCode.faults(code, lang));
    }

    private Exit judged(String code, List<String> faults) {
        Optional<ProviderCode> right = ProviderCode.parse(code);
        if (json) {
            Json line = new Json()
                    .with("code", code)
                    .with("right", right.isPresent())
                    .with(
                            "faults",
                            faults.stream()
                                    .map(fault -> new Json().with("message", fault))
                                    .toList());
            right.flatMap(ProviderCode::creditCode).ifPresent(credit -> line.with("creditCode", credit));
            right.ifPresent(known -> line.with("extension", known.extension()));
            out().println(line);
        } else {
            out().println(code + (right.isPresent() ? ": right" : ": wrong"));
            faults.forEach(fault -> out().println("  " + fault));
            right.ifPresent(known -> out().println("  " + known.explained(lang)));
        }
        return right.isPresent() ? Exit.WELL : Exit.FINDING;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
