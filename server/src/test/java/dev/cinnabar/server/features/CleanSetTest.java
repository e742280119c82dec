package dev.cinnabar.server.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import dev.cinnabar.review.Starter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanSetTest {
    @Test
    void theSetIsLargeEnoughAndHasBothLanguages() {
        assertThat(CleanSet.current().size()).isGreaterThan(200);
    }

    @Test
    void theStarterLibraryMatchesNoOrdinarySentence() {
        assertThat(CleanSet.current().trials(Starter.features()))
                .extracting(Entry.Trial::matched)
                .containsOnly(0);
    }

    @Test
    void countsSentencesNotHitsAndTriesEachByItself() {
        CleanSet set = CleanSet.parse("# version: t\ntea and tea\nmore tea\ncoffee\n");
        List<Entry.Trial> trials =
                set.trials(List.of(word("a", "tea"), word("b", "coffee"), word("c", "……"), word("d", "tea and")));
        assertThat(trials)
                .containsExactly(
                        new Entry.Trial("t", 3, 2),
                        new Entry.Trial("t", 3, 1),
                        new Entry.Trial("t", 0, 0),
                        new Entry.Trial("t", 3, 1));
    }

    @Test
    void moreHitsThanAVerdictListsAreStillCounted() {
        CleanSet set = CleanSet.parse("# version: t\n" + "tea ".repeat(40) + "\n");
        List<Feature> many = new ArrayList<>();
        for (int i = 0; i < 2 * Library.MOST_HITS / 40; i++) {
            many.add(word("w" + i, "tea"));
        }
        assertThat(set.trials(many)).extracting(Entry.Trial::matched).containsOnly(1);
    }

    @Test
    void aSetWithoutVersionOrSentencesIsRefused() {
        assertThatThrownBy(() -> CleanSet.parse("tea\n")).hasMessageContaining("version");
        assertThatThrownBy(() -> CleanSet.parse("# version: x\n")).hasMessageContaining("sentences");
    }

    private static Feature word(String id, String pattern) {
        return new Feature(id, 1, pattern, new Risk("A.1.g"), Severity.LOW, Action.BLOCK, Folds.DEFAULT);
    }
}
