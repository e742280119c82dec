package dev.cinnabar.review;

import static dev.cinnabar.review.Samples.blocking;
import static dev.cinnabar.review.Samples.matched;
import static dev.cinnabar.review.Samples.released;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each bound holds at its last allowed value and no further, whole and as a stream. */
class BoundsTest {
    private static final String LETTER_ONE = "\u7d2b";
    private static final String LETTER_TWO = "\u6a80";
    private static final Library LIBRARY = blocking(LETTER_ONE + LETTER_TWO, "tea");

    private static void matches(String text, String match) {
        assertThat(matched(LIBRARY, text)).containsExactly(match);
        assertThat(released(LIBRARY, text)).isEqualTo(text.substring(0, text.indexOf(match)));
    }

    private static void passes(String text) {
        assertThat(LIBRARY.review(text)).isInstanceOf(Verdict.Pass.class);
        assertThat(released(LIBRARY, text)).isEqualTo(text);
    }

    @Test
    void eightSeparatorsAndEmojiTogether() {
        for (String one : new String[] {".", " ", "\n", "\ud83d\ude00", "\u3002"}) {
            matches("x " + LETTER_ONE + one.repeat(8) + LETTER_TWO, LETTER_ONE + one.repeat(8) + LETTER_TWO);
            passes("x " + LETTER_ONE + one.repeat(9) + LETTER_TWO);
        }
        matches(
                LETTER_ONE + "....\ud83d\ude00 \ud83d\ude00 " + LETTER_TWO,
                LETTER_ONE + "....\ud83d\ude00 \ud83d\ude00 " + LETTER_TWO);
        passes(LETTER_ONE + ".....\ud83d\ude00 \ud83d\ude00 " + LETTER_TWO);
    }

    @Test
    void twoHundredAndFiftySixInvisibles() {
        for (String one : new String[] {"\u200b", "\u0301", "\u202e", "\ufe0f", "\udb40\udc41"}) {
            matches(LETTER_ONE + one.repeat(256) + LETTER_TWO, LETTER_ONE + one.repeat(256) + LETTER_TWO);
            passes(LETTER_ONE + one.repeat(257) + LETTER_TWO);
        }
        matches("tea" + "\u200b".repeat(256) + " pot", "tea");
        matches("tea" + "\u200b".repeat(257) + "pot", "tea");
        passes("tea" + "\u200b".repeat(256) + "pot");
        passes("s" + "\u200b".repeat(256) + "tea");
        matches("s" + "\u200b".repeat(257) + "tea", "tea");
    }

    @Test
    void sixtyFourRepeats() {
        matches("tea".replace("e", "e".repeat(64)), "t" + "e".repeat(64) + "a");
        passes("tea".replace("e", "e".repeat(65)));
    }

    @Test
    void ofALongRunAtTheBeginningTheLastLetterBegins() {
        String run = LETTER_ONE.repeat(64);
        matches(run + LETTER_TWO, run + LETTER_TWO);
        String longer = LETTER_ONE.repeat(1_000);
        assertThat(matched(LIBRARY, longer + LETTER_TWO)).containsExactly(LETTER_ONE + LETTER_TWO);
        assertThat(released(LIBRARY, longer + LETTER_TWO)).isEqualTo(longer.substring(1));
    }

    @Test
    void spanOfFourThousandAndNinetySix() {
        String gap = "\u200b".repeat(255);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 17; i++) {
            word.append((char) ('\u4e00' + i));
        }
        Library library = blocking(word.toString());
        String joined = String.join(gap, word.toString().split("", word.length()));
        assertThat(joined).hasSize(4_097);
        assertThat(matched(library, joined)).isEmpty();
        assertThat(released(library, joined)).isEqualTo(joined);
        String shorter = joined.replaceFirst("\u200b", "");
        assertThat(matched(library, shorter)).containsExactly(shorter);
        assertThat(released(library, shorter)).isEmpty();
    }

    @Test
    void aStreamHoldsNoLongerThanTheSpan() {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            word.append((char) ('\u4e00' + i));
        }
        Library library = blocking(word.toString());
        String gap = "\u200b".repeat(250);
        StreamReview stream = library.stream();
        for (String one : word.toString().split("", -1)) {
            stream.feed(one + gap);
            assertThat(stream.held()).isLessThanOrEqualTo(Bounds.SPAN);
        }
    }
}
