package dev.cinnabar.label;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls of the library: what reads back shares nothing with what writes but values and outlines. */
class LibraryTest {
    private static final String READ = "dev.cinnabar.label.read";
    private static final String SIGN = "dev.cinnabar.label.sign";
    private static final String WRITE = "dev.cinnabar.label.write";

    /** What readers and writers may both know: values, tables, the bytes of a source, outlines. A new name here needs a good reason. */
    private static final Set<String> SHARED = Set.of(
            "AigcLabel",
            "ExplicitMark",
            "ExplicitMark$Kind",
            "Fault",
            "Field",
            "Finding",
            "Format",
            "Lang",
            "Limits",
            "Source$Bytes",
            "SourceType",
            "Wordings",
            "Wordings$Medium",
            "glyphs.Outline",
            "glyphs.Outline$Stroke",
            "glyphs.Outline$Move",
            "glyphs.Outline$Line",
            "glyphs.Outline$Curve",
            "glyphs.Outline$Close",
            "glyphs.Outlines");

    private final JavaClasses library = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cinnabar.label");

    @Test
    void readersAndWritersDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(READ)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(WRITE)
                .check(library);
        noClasses()
                .that()
                .resideInAPackage(WRITE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(READ)
                .check(library);
    }

    @Test
    void whatBothKnowIsOnlyValues() {
        Set<String> both = used(READ);
        both.retainAll(used(WRITE));
        assertThat(both).isSubsetOf(SHARED);
    }

    private Set<String> used(String room) {
        return library.stream()
                .filter(type -> type.getPackageName().equals(room))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass())
                .filter(type -> type.getPackageName().equals("dev.cinnabar.label")
                        || type.getPackageName().equals("dev.cinnabar.label.glyphs"))
                .map(JavaClass::getName)
                .map(name -> name.substring("dev.cinnabar.label.".length()))
                .collect(Collectors.toSet());
    }

    @Test
    void theLibraryStandsOnTheJdkAlone() {
        classes()
                .that()
                .resideOutsideOfPackage(SIGN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cinnabar.label..",
                        "java..",
                        "javax.imageio..",
                        "javax.xml.stream..",
                        "javax.security.auth.x500..",
                        "org.w3c.dom..",
                        "org.jspecify..")
                .check(library);
    }

    @Test
    void nobodyNeedsSigningToReadOrWrite() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SIGN)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SIGN)
                .check(library);
    }

    @Test
    void onlyPicturesNeedTheDesktop() {
        noClasses()
                .that()
                .doNotHaveSimpleName("JpegMarking")
                .and()
                .haveSimpleNameNotStartingWith("Luma")
                .and()
                .doNotHaveSimpleName("PictureEye")
                .and()
                .doNotHaveSimpleName("MarkTemplate")
                .and()
                .haveSimpleNameNotStartingWith("Ranges")
                .and()
                .doNotHaveSimpleName("Plane")
                .and()
                .doNotHaveSimpleName("SourceFailed")
                .and()
                .doNotHaveSimpleName("Stretch")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.imageio..")
                .because("a cold command line must not load them to write metadata")
                .check(library);
    }
}
