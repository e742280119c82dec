package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.label.write.Writer;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/label-formats.md true: what it says of a format is what comes out when the format's contract sample is labelled. Written anew with {@code -Dcinnabar.write=true}.
 */
class LabelFormatsTest {
    /** Formats that no guide names a place for; the place is vendors' habit or the format's own way. */
    private static final Set<Format> NO_GUIDE =
            EnumSet.of(Format.HTML, Format.ODT, Format.EPUB, Format.GLB, Format.TEXT);

    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "table");

    private static List<FormatContract> contracts() throws IOException, URISyntaxException {
        URI here = LabelFormatsTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        List<FormatContract> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(here).resolve("dev/cinnabar/label"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith("FormatTest.class")) {
                    contract("dev.cinnabar.label." + name.replace(".class", ""), all);
                }
            }
        }
        return all;
    }

    private static void contract(String name, List<FormatContract> into) {
        try {
            Class<?> type = Class.forName(name);
            if (FormatContract.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                Constructor<?> maker = type.getDeclaredConstructor();
                maker.setAccessible(true);
                into.add((FormatContract) maker.newInstance());
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a contract cannot be made", e);
        }
    }

    /** The formats that share a writer with one. */
    private static List<String> sharing(Format format) {
        List<String> same = new ArrayList<>();
        for (Format each : Format.values()) {
            if (each != Format.UNKNOWN && writer(each).equals(writer(format))) {
                same.add(each.word());
            }
        }
        return same;
    }

    private static Class<?> writer(Format format) {
        try {
            Method of = Writer.class.getDeclaredMethod("of", Format.class);
            of.setAccessible(true);
            return of.invoke(null, format).getClass();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the writers cannot be asked", e);
        }
    }

    private static String row(FormatContract contract) throws IOException {
        byte[] sample = contract.samples().getFirst();
        Labels labels = new Labels(Limits.standard());
        Memory target = new Memory();
        Written written = labels.write(Source.of(contract.name(), sample), Order.of(LABEL), target);
        if (!(written instanceof Written.Done done)) {
            throw new AssertionError(contract.format() + ": " + written);
        }
        labels.write(Source.of(contract.name(), sample), Order.implicitOnly(LABEL), target);
        boolean appended = target.bytes().length > sample.length
                && Arrays.equals(target.bytes(), 0, sample.length, sample, 0, sample.length);
        String place = done.place().isEmpty() ? "none" : "`" + done.place() + "`";
        String basis = done.place().isEmpty() || NO_GUIDE.contains(contract.format()) ? "no" : "yes";
        String mark = done.explicit().isEmpty()
                ? "not made"
                : done.explicit().getFirst().kind().word() + ", "
                        + done.explicit().getFirst().where();
        String how = appended ? "appended, the file before it unchanged" : "edited, content bytes kept";
        return "| " + String.join(", ", sharing(contract.format())) + " | yes | yes | " + place + " | " + basis + " | "
                + mark + " | " + how + " | " + (done.place().isEmpty() ? "no" : "yes") + " |\n";
    }

    @Test
    void theTableSaysWhatTheCodeDoes() throws IOException, URISyntaxException {
        Set<String> rows = new java.util.TreeSet<>();
        List<String> covered = new ArrayList<>();
        for (FormatContract contract : contracts()) {
            String key = String.join(", ", sharing(contract.format()));
            if (!covered.contains(key)) {
                covered.add(key);
                rows.add(row(contract));
            }
        }
        for (Format format : Format.values()) {
            if (format != Format.UNKNOWN) {
                assertThat(covered)
                        .as("%s has a contract", format)
                        .anyMatch(key -> List.of(key.split(", ", -1)).contains(format.word()));
            }
        }
        String table = """
                # Formats

                Made from the code by `LabelFormatsTest` (`-Dcinnabar.write=true` writes it anew): each row is what came out when the format's sample was labelled.
                Every file is written as a new one beside the target and renamed over it, so "edited" and "appended" say what happens to the bytes, not to the file.
                The column *guide* says whether a TC260 practice guide names the place; where none does, the place is vendors' habit or the format's own way.
                *Signed* says whether the label can carry security data (TC260-PG-202511A). An explicit label that is not made is said in a note of the result.

                | format | read | written | place of the implicit label | guide | explicit label | bytes | signed |
                |---|---|---|---|---|---|---|---|
                """ + String.join("", rows);
        Path file = docs().resolve("label-formats.md");
        if (Boolean.getBoolean("cinnabar.write")) {
            Files.writeString(file, table);
        }
        assertThat(file).content().isEqualTo(table);
    }

    private static Path docs() {
        Path at = Path.of("").toAbsolutePath();
        return Files.isDirectory(at.resolve("docs/law")) ? at.resolve("docs") : at.resolveSibling("docs");
    }
}
