package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.label.glyphs.Outlines;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of wordings, and the words of the faults. */
class WordingsTest {
    private final Wordings wordings = Wordings.standard();

    @Test
    void theGatewaysPrefixesAreThoseOfTheInterface() {
        assertThat(wordings.wording(Wordings.Medium.TEXT, ServiceKind.DIALOGUE, Lang.ZH))
                .isEqualTo("【AI生成】");
        assertThat(wordings.wording(Wordings.Medium.TEXT, ServiceKind.OTHER, Lang.EN))
                .isEqualTo("【AI生成】 AI-generated. ");
    }

    @Test
    void everyWordingHasBothElementsAndCanBeDrawn() {
        for (Wordings.Medium medium : new Wordings.Medium[] {Wordings.Medium.TEXT, Wordings.Medium.IMAGE}) {
            for (String wording : wordings.all(medium)) {
                assertThat(Wordings.missing(wording, Lang.EN)).as(wording).isEmpty();
                assertThat(Outlines.shipped().missing(wording)).as(wording).isEmpty();
            }
        }
        for (ServiceKind service : ServiceKind.values()) {
            for (Lang lang : Lang.values()) {
                for (Wordings.Medium medium : Wordings.Medium.values()) {
                    assertThat(wordings.wording(medium, service, lang)).isNotBlank();
                }
            }
        }
    }

    @Test
    void anExplicitLabelIsToldFromASentenceAboutOne() {
        assertThat(wordings.opens("【AI生成】你好")).isTrue();
        assertThat(wordings.opens("  （本文由人工智能生成）正文")).isTrue();
        assertThat(wordings.opens("[AI生成] text")).isTrue();
        assertThat(wordings.opens("AI生成内容的监管")).isFalse();
        assertThat(wordings.opens("【新闻】AI生成")).isFalse();
        assertThat(wordings.opens("【MAIL生成】")).isFalse();
        assertThat(wordings.opens("【AI】生成")).isFalse();
        assertThat(wordings.opens("")).isFalse();
        assertThat(wordings.opens("【AI生成" + "长".repeat(100) + "】")).isFalse();
        assertThat(wordings.closes("正文【AI合成】\n")).isTrue();
        assertThat(wordings.closes("正文【AI合成】后")).isFalse();
        assertThat(wordings.closes("】")).isFalse();
    }

    @Test
    void everyFaultHasItsWordsInBothLanguages() {
        Set<String> messages = new HashSet<>();
        for (Fault fault : Fault.values()) {
            for (Lang lang : Lang.values()) {
                Finding finding = Finding.of(fault, "d0", "d1", "d2");
                assertThat(finding.message(lang)).isNotBlank().doesNotContain("{");
                assertThat(finding.remedy(lang)).isNotBlank().doesNotContain("{");
                assertThat(messages.add(finding.message(lang))).isTrue();
            }
        }
    }
}
