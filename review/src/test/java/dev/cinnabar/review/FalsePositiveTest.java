package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ordinary sentences pass, also those that come near a pattern. */
class FalsePositiveTest {
    private static final List<String> SENTENCES = Resource.lines("ordinary.txt");

    @Test
    void theStarterLibraryLeavesOrdinaryTextAlone() {
        assertThat(SENTENCES).hasSizeGreaterThan(100);
        assertThat(flagged(Starter.library())).isEmpty();
        assertThat(Starter.library().review(String.join("\n", SENTENCES)).hits())
                .isEmpty();
    }

    @Test
    void shortWordsStayOutOfLongerOnes() {
        String[] words = {
            "cat", "god", "ass", "art", "pen", "hell", "omen", "eat", "ear", "rot", "urn", "ore", "ova", "ion", "lab",
            "emu", "ham", "ink", "oar", "tea", "pea", "rat", "sin", "war"
        };
        assertThat(flagged(Samples.blocking(words))).isEmpty();
        assertThat(flagged(Samples.blocking(Samples.folds("case+inside-words"), words)))
                .hasSizeGreaterThan(20);
    }

    @Test
    void shortChineseWordsAcrossWordsAreTheOperatorsChoice() {
        Library strict = Samples.blocking(Samples.folds("width+case+traditional+zero-width"), "\u679c\u5b9e");
        assertThat(strict.review("\u82f9\u679c\u3002\u5b9e\u9645")).isInstanceOf(Verdict.Pass.class);
        Library wide = Samples.blocking("\u679c\u5b9e");
        assertThat(wide.review("\u82f9\u679c\u3002\u5b9e\u9645")).isInstanceOf(Verdict.Block.class);
    }

    private static List<String> flagged(Library library) {
        return SENTENCES.stream()
                .filter(line -> !library.review(line).hits().isEmpty())
                .toList();
    }
}
