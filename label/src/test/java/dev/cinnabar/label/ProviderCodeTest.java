package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Provider codes: those met in real files are right, and one wrong character is always noticed. */
class ProviderCodeTest {
    private static final List<String> REAL = List.of(
            "001191110102MACQD9K64010000",
            "001191330106MA2CFLDG4R10001",
            "001191440300708461136T1308L",
            "001191440300MA5G49LC9K1YO01",
            "001191310104MACE0YX63918020");

    @Test
    void realCodesAreRight() {
        for (String code : REAL) {
            assertThat(ProviderCode.faults(code)).as(code).isEmpty();
            assertThat(ProviderCode.parse(code)).get().hasToString(code);
        }
        assertThat(ProviderCode.parse(REAL.getFirst()).orElseThrow().creditCode())
                .contains("91110102MACQD9K640");
        assertThat(ProviderCode.parse(REAL.getFirst()).orElseThrow().extension())
                .isEqualTo("10000");
    }

    @Test
    void anyOtherCharacterInTheCreditCodeIsNoticed() {
        for (String code : REAL) {
            for (int i = 4; i < 22; i++) {
                for (char c : "0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ".toCharArray()) {
                    if (c != code.charAt(i)) {
                        String wrong = code.substring(0, i) + c + code.substring(i + 1);
                        assertThat(ProviderCode.faults(wrong)).as(wrong).isNotEmpty();
                    }
                }
            }
        }
    }

    @Test
    void faultsAreExplainedInBothLanguages() {
        assertThat(ProviderCode.faults("doubao")).singleElement().asString().contains("6 characters");
        assertThat(ProviderCode.faults("doubao", Lang.ZH))
                .singleElement()
                .asString()
                .contains("27 位");
        assertThat(ProviderCode.faults("011191110102MACQD9K64010000")).anyMatch(fault -> fault.contains("00"));
        assertThat(ProviderCode.faults("003191110102MACQD9K64010000"))
                .anyMatch(fault -> fault.contains("subject type"));
        assertThat(ProviderCode.faults("001291110102MACQD9K64010000")).anyMatch(fault -> fault.contains("binding"));
        assertThat(ProviderCode.faults("001191110102MACQD9K65010000")).anyMatch(fault -> fault.contains("GB 32100"));
        assertThat(ProviderCode.faults("001191110102macqd9k64010000")).anyMatch(fault -> fault.contains("capital"));
    }

    @Test
    void codesAreBuiltFromACreditCode() {
        assertThat(ProviderCode.of("91110102MACQD9K640")).hasToString("001191110102MACQD9K64000000");
        assertThat(ProviderCode.of("91110102MACQD9K640", ProviderCode.Role.PROPAGATION, "00A1"))
                .hasToString("001191110102MACQD9K640200A1");
        assertThatThrownBy(() -> ProviderCode.of("91110102MACQD9K641")).hasMessageContaining("GB 32100");
        assertThatThrownBy(() -> ProviderCode.of("9111")).hasMessageContaining("13 characters");
    }
}
