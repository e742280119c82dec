package dev.cinnabar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the table of allowed arrows between the server's packages, one line an arrow with its reason, and draws ARCHITECTURE.md's picture from it. */
class ArchitectureTest {
    private static final String ROOT = "dev.cinnabar.server";
    private static final Path TABLE = Path.of("src/test/resources/arrows.csv");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    record Arrow(String from, String to) {}

    @Test
    void everyArrowIsInTheTableAndTheTableHasNoOther() throws IOException {
        Map<Arrow, String> real = new LinkedHashMap<>();
        for (JavaClass type : CLASSES) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                arrow(dependency).ifPresent(found -> real.putIfAbsent(found, dependency.getDescription()));
            }
        }
        Map<Arrow, String> allowed = table();
        List<String> faults = new ArrayList<>();
        real.forEach((found, where) -> {
            if (!allowed.containsKey(found)) {
                faults.add("not in the table: " + found.from() + " -> " + found.to() + ", as in: " + where);
            }
        });
        allowed.forEach((listed, reason) -> {
            if (!real.containsKey(listed)) {
                faults.add("in the table, but nobody goes there: " + listed.from() + " -> " + listed.to());
            }
            if (reason.isBlank()) {
                faults.add("no reason: " + listed.from() + " -> " + listed.to());
            }
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void noArrowsRunInACircle() throws IOException {
        Map<String, Set<String>> next = new TreeMap<>();
        table().keySet()
                .forEach(a ->
                        next.computeIfAbsent(a.from(), k -> new TreeSet<>()).add(a.to()));
        Set<String> done = new HashSet<>();
        next.keySet().forEach(room -> visit(room, next, new ArrayList<>(), done));
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> bare = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(found -> !found.getName().startsWith(ROOT + ".views"))
                .filter(found -> found.tryGetAnnotationOfType(NullMarked.class).isEmpty())
                .map(found -> found.getName())
                .toList();
        assertThat(bare).isEmpty();
    }

    @Test
    void thePictureIsTheTable() throws IOException {
        Path page = Path.of("../ARCHITECTURE.md");
        String text = Files.readString(page);
        String drawn = text.replaceAll(
                "(?s)(<!-- arrows -->\n).*(<!-- /arrows -->)",
                "$1" + picture().replace("\\", "\\\\").replace("$", "\\$") + "$2");
        if (Boolean.getBoolean("cinnabar.write")) {
            Files.writeString(page, drawn);
        } else if (!drawn.equals(text)) {
            fail("ARCHITECTURE.md's picture is not the table in arrows.csv: run this test with -Dcinnabar.write=true");
        }
    }

    private static String picture() throws IOException {
        StringBuilder out = new StringBuilder("```mermaid\nflowchart TD\n");
        Map<String, Set<String>> next = new TreeMap<>();
        table().keySet()
                .forEach(a ->
                        next.computeIfAbsent(a.from(), k -> new TreeSet<>()).add(a.to()));
        // An arrow that a longer way already shows is left out of the picture, not of the table.
        next.forEach((from, all) -> all.stream()
                .filter(to -> all.stream().noneMatch(other -> !other.equals(to) && reaches(other, to, next)))
                .forEach(to ->
                        out.append("  ").append(from).append(" --> ").append(to).append('\n')));
        return out.append("```\n").toString();
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> next) {
        Set<String> there = next.getOrDefault(from, Set.of());
        return there.contains(to) || there.stream().anyMatch(step -> reaches(step, to, next));
    }

    private static void visit(String room, Map<String, Set<String>> next, List<String> way, Set<String> done) {
        if (way.contains(room)) {
            fail("a circle: " + String.join(" -> ", way) + " -> " + room);
        }
        if (done.add(room) || !way.isEmpty()) {
            way.add(room);
            next.getOrDefault(room, Set.of()).forEach(to -> visit(to, next, way, done));
            way.removeLast();
        }
    }

    private static Optional<Arrow> arrow(Dependency dependency) {
        Optional<String> from = room(dependency.getOriginClass());
        Optional<String> to = room(dependency.getTargetClass());
        return from.isPresent() && to.isPresent() && !from.equals(to)
                ? Optional.of(new Arrow(from.get(), to.get()))
                : Optional.empty();
    }

    /** The room of a class: the first package under the root, or {@code Wiring} for the root itself; templates belong to the page that shows them. */
    private static Optional<String> room(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT) || name.startsWith(ROOT + ".views")) {
            return Optional.empty();
        }
        String rest = name.substring(ROOT.length());
        return Optional.of(rest.isEmpty() ? "Wiring" : rest.substring(1).split("\\.", 2)[0]);
    }

    private static Map<Arrow, String> table() throws IOException {
        Map<Arrow, String> all = new LinkedHashMap<>();
        for (String line : Files.readAllLines(TABLE).stream().skip(1).toList()) {
            String[] cells = line.split(",", 3);
            all.put(new Arrow(cells[0], cells[1]), cells[2]);
        }
        return all;
    }
}
