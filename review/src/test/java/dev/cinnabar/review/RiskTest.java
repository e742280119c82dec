package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RiskTest {
    @Test
    void theStandardNamesThirtyOne() {
        List<Risk> all = Risk.all();
        assertThat(all).hasSize(31).doesNotHaveDuplicates();
        assertThat(all.stream()
                        .collect(Collectors.groupingBy(risk -> risk.code().substring(0, 3), Collectors.counting())))
                .containsEntry("A.1", 8L)
                .containsEntry("A.2", 9L)
                .containsEntry("A.3", 5L)
                .containsEntry("A.4", 7L)
                .containsEntry("A.5", 2L);
        assertThat(all).allSatisfy(risk -> {
            assertThat(risk.zh()).matches(name -> name.codePoints().anyMatch(Character::isIdeographic));
            assertThat(risk.en()).matches("[A-Z].*[a-z]");
        });
        assertThat(Risk.source()).contains("GB/T 45654-2025");
    }

    @Test
    void othersAreRefused() {
        assertThat(Risk.of(" A.4.g ")).contains(new Risk("A.4.g"));
        for (String code : List.of("A.1.i", "A.6.a", "a.1.a", "", "A.1")) {
            assertThat(Risk.of(code)).isEmpty();
            assertThatThrownBy(() -> new Risk(code)).hasMessageContaining("45654");
        }
    }
}
