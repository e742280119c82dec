package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TryCommandTest {
    @Test
    void everyStepOfTheTourHolds() {
        Ran ran = Ran.cinnabar("try");
        assertThat(ran.out()).contains("All 12 steps held.").doesNotContain("DID NOT HOLD");
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        List<String> steps = ran.lines().stream()
                .filter(line -> line.matches("\\d+\\. \\[Article .*"))
                .toList();
        assertThat(steps).hasSize(12);
        for (String came : List.of("came back: ", "look at:   ")) {
            assertThat(ran.lines().stream().filter(line -> line.strip().startsWith(came)))
                    .hasSize(12);
        }
    }
}
