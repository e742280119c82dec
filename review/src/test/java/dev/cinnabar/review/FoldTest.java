package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fold alone does what it says, and without it the text does not match. */
class FoldTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            width        | tea      | \uff54\uff45\uff41
            width        | \u30ab\u30ad | \uff76\uff77
            case         | tea      | TeA
            case         | stra\u00dfe | STRASSE
            traditional  | \u8ba1\u5212 | \u8a08\u5283
            traditional  | \u9f8d   | \u9f99
            zero-width   | tea      | t\u200be\u00ada
            combining    | tea      | te\u0301a
            combining    | cafe     | caf\u00e9
            combining    | lodz     | l\u00f3d\u017a
            separators   | tea      | t-e.a
            separators   | tea pot  | teapot
            emoji        | tea      | t\ud83d\ude00e\u2b50a
            styles       | tea      | \u24e3\u24d4\u24d0
            styles       | \u4e00   | \u3220
            styles       | office   | o\ufb03ce
            styles       | a10      | a\u2469
            homoglyphs   | tea      | t\u0435\u0430
            homoglyphs   | mop      | \u043c\u043e\u0440
            repeated     | \u82f9\u679c\u6d3e | \u82f9\u82f9\u679c\u679c\u6d3e
            repeated     | tea      | teeea
            split        | \u6751\u6c11 | \u6728\u5bf8\u6c11
            split        | \u6797\u660e | \u6797\u65e5\u6708
            split+traditional | \u8a08\u5212 | \u8a00\u5341\u6208\u5200
            leet         | tea      | t3@
            inside-words | tea      | steam
            """)
    void alone(String fold, String pattern, String text) {
        Library with = Samples.blocking(Samples.folds(fold), pattern);
        Library without = Samples.blocking(Folds.NONE, pattern);
        assertThat(with.review("\u8bf4" + text + "\u8bf4")).isInstanceOf(Verdict.Block.class);
        assertThat(without.review("\u8bf4" + text + "\u8bf4")).isInstanceOf(Verdict.Pass.class);
        assertThat(without.review("\u8bf4" + pattern + "\u8bf4")).isInstanceOf(Verdict.Block.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            god  | good  | pass
            god  | goood | block
            good | god   | pass
            good | goood | block
            god  | ggoodd | block
            god  | ggood | pass
            good | ggoood | pass
            good | ggoooodd | block
            \u8c22\u8c22 | \u8c22 | pass
            \u8c22\u8c22 | \u8c22\u8c22\u8c22 | block
            \u5929\u6c14 | \u5929\u5929\u6c14 | block
            1000 | 10000 | pass
            100  | 1000  | pass
            """)
    void repeatsAreNotMistaken(String pattern, String text, String word) {
        assertThat(Samples.blocking(pattern).review(text).word()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tea | the tea.    | block
            tea | tea2        | block
            tea | \u8336tea\u8336 | block
            tea | t e a       | block
            tea | steam       | pass
            tea | team        | pass
            tea | s\u200btea  | pass
            tea | tea\u0301\u200bm | pass
            tea | \u0441tea   | pass
            tea | st ea       | pass
            12  | 3 12 4      | block
            12  | a12b        | block
            12  | 123         | pass
            12  | 0.12        | block
            """)
    void wordsHaveEdges(String pattern, String text, String word) {
        assertThat(Samples.blocking(pattern).review(text).word()).isEqualTo(word);
    }

    @Test
    void theWrittenFormIsReadBack() {
        assertThat(Folds.parse("default")).contains(Folds.DEFAULT);
        assertThat(Folds.parse(" NONE ")).contains(Folds.NONE);
        assertThat(Folds.parse("case+ZERO_WIDTH+inside-words"))
                .contains(new Folds(EnumSet.of(Fold.CASE, Fold.ZERO_WIDTH, Fold.INSIDE_WORDS)));
        assertThat(Folds.parse("case+nonsense")).isEmpty();
        assertThat(Folds.parse("case+")).isEmpty();
        for (Fold fold : Fold.values()) {
            Folds folds = new Folds(EnumSet.of(fold, Fold.CASE));
            assertThat(Folds.parse(folds.text())).contains(folds);
        }
        assertThat(Folds.DEFAULT.text()).isEqualTo("default");
        assertThat(Folds.NONE.text()).isEqualTo("none");
    }

    @Test
    void theCommittedTableIsWhatTheMakerMakes() {
        assertThat(new FoldsMaker().make()).isEqualTo(Resource.text("folds.txt"));
    }
}
