package dev.cinnabar.server.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.law.Basis;
import dev.cinnabar.server.law.Words;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TermTest {
    private static final Words WORDS = new Words("期限", "a term");
    private static final Instant START = Instant.parse("2026-08-31T17:00:00Z"); // 1 September, 01:00 in Shanghai

    @Test
    void monthsAreCountedOnTheCalendarOfShanghaiAndHoursByTheClock() {
        assertThat(new Term("a", "P6M", Basis.INTERNAL, "", WORDS).from(START).at())
                .isEqualTo(Instant.parse("2027-02-28T17:00:00Z"));
        assertThat(new Term("a", "PT24H", Basis.INTERNAL, "", WORDS).from(START).at())
                .isEqualTo(START.plusSeconds(86_400));
    }

    @Test
    void isOverAtItsMomentAndNotBefore() {
        Term.Due due = new Term("a", "P1D", Basis.INTERNAL, "", WORDS).from(START);
        assertThat(due.over(due.at().minusNanos(1))).isFalse();
        assertThat(due.over(due.at())).isTrue();
    }

    @Test
    void aBasisOtherThanInternalNamesItsSource() {
        assertThatThrownBy(() -> new Term("a", "P6M", Basis.LAW, " ", WORDS)).hasMessageContaining("names no source");
        assertThatThrownBy(() -> new Term("a", "six", Basis.INTERNAL, "", WORDS))
                .hasMessageContaining("six");
        assertThatThrownBy(() -> new Term("a", "P-1D", Basis.INTERNAL, "", WORDS))
                .hasMessageContaining("forward");
    }

    @Test
    void isReadFromASheet() {
        Sheet sheet = Sheet.parse(
                "t",
                "# version: 1\n# source: s\nname | length | basis | source | zh | en\nx | P3D | LAW | art. 1 | 甲 | A\n");
        assertThat(Term.in(sheet, "x")).contains(new Term("x", "P3D", Basis.LAW, "art. 1", new Words("甲", "A")));
        assertThat(Term.in(sheet, "y")).isEmpty();
    }
}
