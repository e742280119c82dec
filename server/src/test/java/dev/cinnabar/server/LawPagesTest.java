package dev.cinnabar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cinnabar.server.law.Article;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes docs/law/README.md: all 25 articles, each with the code and the tests that carry it, from {@link Article} in the server and its tests and from
 * {@code docs/law/libraries.csv} for the libraries, which carry no annotation of ours.
 */
class LawPagesTest {
    private static final Path LAW = Path.of("../docs/law");
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("dev.cinnabar.server");

    record Row(String number, String about, String status, String note) {}

    record Carrier(String article, String type, boolean test) {}

    @Test
    void thePageIsCurrent() throws IOException {
        Path page = LAW.resolve("README.md");
        String drawn = page();
        if (Boolean.getBoolean("cinnabar.write")) {
            Files.writeString(page, drawn);
        } else if (!Files.exists(page) || !Files.readString(page).equals(drawn)) {
            fail("docs/law/README.md is not what the code says: run this test with -Dcinnabar.write=true");
        }
    }

    @Test
    void anArticleThatIsCarriedHasCodeAndTests() throws IOException {
        Map<String, List<Carrier>> carriers = carriers();
        List<String> faults = new ArrayList<>();
        for (Row row : rows()) {
            List<Carrier> all = carriers.getOrDefault(row.number(), List.of());
            boolean claimed = row.status().equals("done") || row.status().equals("partly");
            if (claimed && all.stream().noneMatch(c -> !c.test())) {
                faults.add("Article " + row.number() + " is called " + row.status() + " and has no code");
            }
            if (claimed && all.stream().noneMatch(Carrier::test)) {
                faults.add("Article " + row.number() + " is called " + row.status() + " and has no test");
            }
            if (!claimed && !all.isEmpty()) {
                faults.add("Article " + row.number() + " is called " + row.status() + ", but "
                        + all.getFirst().type() + " carries it");
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void thereAreTwentyFiveArticles() throws IOException {
        assertThat(rows())
                .extracting(Row::number)
                .containsExactlyElementsOf(Stream.iterate(1, n -> n + 1)
                        .limit(25)
                        .map(String::valueOf)
                        .toList());
    }

    @Test
    void theClassesNamedForTheLibrariesExist() throws IOException {
        for (Carrier carrier : libraries()) {
            String path = carrier.type().replace('.', '/') + ".java";
            String module = carrier.type().split("\\.", 4)[2];
            Path file = Path.of("..", module, "src", carrier.test() ? "test" : "main", "java")
                    .resolve(path);
            assertThat(file).as("named in docs/law/libraries.csv").exists();
        }
    }

    private static String page() throws IOException {
        Map<String, List<Carrier>> carriers = carriers();
        StringBuilder out = new StringBuilder("""
                # The Provisions, article by article

                Generated from the code by `LawPagesTest`; do not edit. *Code* names what carries the article, *tests* what tries to break it.

                | article | about | state | code | tests | note |
                |---|---|---|---|---|---|
                """);
        for (Row row : rows()) {
            List<Carrier> all = carriers.getOrDefault(row.number(), List.of());
            out.append("| %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            row.number(), row.about(), row.status(), names(all, false), names(all, true), row.note()));
        }
        return out.toString();
    }

    private static String names(List<Carrier> all, boolean tests) {
        Set<String> names = new TreeSet<>();
        all.stream().filter(c -> c.test() == tests).forEach(c -> names.add("`" + shorter(c.type()) + "`"));
        return String.join(" ", names);
    }

    private static String shorter(String type) {
        return type.replace("dev.cinnabar.server.", "").replace("dev.cinnabar.", "");
    }

    private static Map<String, List<Carrier>> carriers() throws IOException {
        Map<String, List<Carrier>> all = new TreeMap<>();
        Stream.concat(annotated().stream(), libraries().stream())
                .forEach(c ->
                        all.computeIfAbsent(c.article(), k -> new ArrayList<>()).add(c));
        return all;
    }

    private static List<Carrier> annotated() {
        List<Carrier> all = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            boolean test = type.getSource()
                    .map(s -> s.getUri().toString().contains("test-classes"))
                    .orElse(false);
            if (type.isAnnotatedWith(Article.class)) {
                add(all, type.getAnnotationOfType(Article.class), type, test);
            }
            for (JavaMethod method : type.getMethods()) {
                if (method.isAnnotatedWith(Article.class)) {
                    add(all, method.getAnnotationOfType(Article.class), type, test);
                }
            }
        }
        return all;
    }

    private static void add(List<Carrier> all, Article article, JavaClass type, boolean test) {
        for (String value : article.value()) {
            all.add(new Carrier(value.replaceAll("\\D.*", ""), type.getName().replaceAll("\\$.*", ""), test));
        }
    }

    private static List<Carrier> libraries() throws IOException {
        return Files.readAllLines(LAW.resolve("libraries.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", 3))
                .map(cells -> new Carrier(cells[0], cells[1], cells[2].equals("test")))
                .toList();
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(LAW.resolve("articles.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", 4))
                .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3]))
                .toList();
    }
}
