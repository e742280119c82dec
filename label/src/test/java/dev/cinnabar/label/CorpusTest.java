package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real files: each is read, and labelled unless there is a reason that is said. */
class CorpusTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "corpus-1");

    private final Labels labels = new Labels(Limits.standard());

    private static List<Path> files(String... folders) throws IOException {
        Optional<Path> corpus = Corpus.folder();
        Assumptions.assumeTrue(corpus.isPresent(), Corpus.ABSENT + ": set CINNABAR_CORPUS");
        List<Path> all = new java.util.ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(corpus.orElseThrow().resolve(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(png|jpg|wav)"))
                        .sorted()
                        .forEach(all::add);
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    @Test
    void aRealGeneratorsLabelIsRead() throws IOException {
        Path doubao = files("real-ai").stream()
                .filter(file -> file.toString().contains("doubao"))
                .findFirst()
                .orElseThrow();
        Reading reading = labels.read(Source.of(doubao), Look.METADATA);
        assertThat(reading.verdict()).isEqualTo(new Verdict.Compliant());
        assertThat(reading.labels().getFirst().value(Field.CONTENT_PRODUCER)).contains("001191110102MACQD9K64010000");
    }

    @Test
    void sealedFilesAreRecognisedAndLeftAlone() throws IOException {
        for (Path file : files("c2pa")) {
            assertThat(labels.read(Source.of(file), Look.METADATA).signatures())
                    .as("%s", file.getFileName())
                    .anyMatch(seen -> seen.scheme() == SignatureSeen.Scheme.C2PA);
            Written written = labels.write(Source.of(file), Order.implicitOnly(LABEL), new Memory());
            assertThat(written)
                    .isInstanceOfSatisfying(
                            Written.Impossible.class,
                            impossible -> assertThat(impossible.why().fault()).isEqualTo(Fault.C2PA_SEALED));
        }
    }

    @Test
    void everyUnsealedFileTakesAnImplicitLabel() throws IOException {
        for (Path file : files("png", "jpeg", "audio")) {
            Memory target = new Memory();
            Written written = labels.write(Source.of(file), Order.implicitOnly(LABEL), target);
            assertThat(written).as("%s", file.getFileName()).isInstanceOf(Written.Done.class);
            Reading reading = labels.read(Source.of(file.getFileName().toString(), target.bytes()), Look.METADATA);
            assertThat(reading.verdict()).as("%s", file.getFileName()).isEqualTo(new Verdict.Compliant());
        }
    }

    @Test
    @Tag("deep")
    void everyFileTakesAMarkOrSaysWhyNot() throws IOException {
        for (Path file : files("png", "jpeg", "audio")) {
            Written written = labels.write(Source.of(file), Order.of(LABEL), new Memory());
            switch (written) {
                case Written.Done done ->
                    assertThat(done.explicit()).as("%s", file.getFileName()).hasSize(1);
                case Written.Impossible impossible ->
                    assertThat(impossible.why().fault())
                            .as("%s", file.getFileName())
                            .isIn(Fault.TOO_SMALL, Fault.CODING);
            }
        }
    }
}
