package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The label as a value: GB 45438-2025 Annex E. */
class AigcLabelTest {
    @Test
    void theFirstWritingEqualsBothSides() {
        assertThat(AigcLabel.first("code", "id").toJson())
                .isEqualTo("{\"Label\":\"1\",\"ContentProducer\":\"code\",\"ProduceID\":\"id\",\"ReservedCode1\":\"\","
                        + "\"ContentPropagator\":\"code\",\"PropagateID\":\"id\",\"ReservedCode2\":\"\"}");
    }

    @Test
    void theWrappedFormIsTheOneOfAnnexE() {
        AigcLabel label = AigcLabel.first(Level.SUSPECTED, "c", "i");
        assertThat(label.toWrappedJson())
                .isEqualTo("{\"AIGC\":" + label.toJson() + "}")
                .contains("\"Label\":\"3\"");
    }

    @Test
    void aQuoteIsTheOnlyEscape() {
        AigcLabel label = AigcLabel.first("c", "i").withReservedCode1("{\"a\":1}");
        assertThat(label.toJson()).contains("\"ReservedCode1\":\"{\\\"a\\\":1}\"");
    }

    @Test
    void everyOtherCharacterIsRefused() {
        for (char c = 0; c < 0x200; c++) {
            boolean legal = c == '"' || (c >= 0x21 && c <= 0x7E && c != '\\');
            assertThat(AigcLabel.allowed(c)).isEqualTo(legal);
            String text = "a" + c;
            if (legal) {
                assertThat(AigcLabel.first("c", text).produceId()).isEqualTo(text);
            } else {
                assertThatThrownBy(() -> AigcLabel.first("c", text))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("ProduceID")
                        .hasMessageContaining("Annex E j)");
            }
        }
        assertThatThrownBy(() -> AigcLabel.first("小明科技", "i")).hasMessageContaining("code instead of a name");
    }

    @Test
    void valuesAreBounded() {
        assertThat(AigcLabel.first("c", "x".repeat(1024)).produceId()).hasSize(1024);
        assertThatThrownBy(() -> AigcLabel.first("c", "x".repeat(1025))).hasMessageContaining("1025");
    }

    @Test
    void propagationKeepsTheProducersSide() {
        AigcLabel label = AigcLabel.first("c", "i").withReservedCode1("r1").withReservedCode2("r2");
        AigcLabel spread = label.propagatedBy(Level.MAY, "platform", "p");
        assertThat(spread).isEqualTo(new AigcLabel(Level.MAY, "c", "i", "r1", "platform", "p", ""));
    }
}
