package dev.cinnabar.server.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private final SecureRandom random = new SecureRandom();

    @Test
    void hasTheFormAndReadsBack() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String text = Secret.fresh(random).reveal();
            assertThat(text).matches("cb-[0-9a-hjkmnp-tv-z]{33}");
            assertThat(seen.add(text)).isTrue();
            assertThat(Secret.in(text).orElseThrow().digest())
                    .isEqualTo(Secret.in(text).orElseThrow().digest());
        }
    }

    @Test
    void carriesEveryRandomBit() {
        // Each of the 32 characters must take all 32 values: a lost or repeated bit would halve some of them.
        int[] values = new int[32];
        for (int i = 0; i < 4_000; i++) {
            String text = Secret.fresh(random).reveal();
            for (int at = 0; at < 32; at++) {
                values[at] |= 1 << ALPHABET.indexOf(text.charAt(3 + at));
            }
        }
        assertThat(values).containsOnly(-1);
    }

    @Test
    void aMistypedCharacterOrTwoSwappedOnesAreSeen() {
        Seeded.strings(500, made -> Secret.fresh(random).reveal(), text -> {
            for (int at = 3; at < text.length(); at++) {
                for (int i = 0; i < ALPHABET.length(); i++) {
                    char other = ALPHABET.charAt(i);
                    String typo = text.substring(0, at) + other + text.substring(at + 1);
                    if (other != text.charAt(at) && Secret.in(typo).isPresent()) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    @Test
    void neverShowsItselfUnasked() {
        Secret secret = Secret.fresh(random);
        assertThat(secret.toString()).doesNotContain(secret.reveal().substring(3, 30));
        assertThat(secret.toString()).hasSize("cb-…".length() + 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cb-",
                "cb-000000000000000000000000000000001",
                "CB-000000000000000000000000000000000",
                "sk-000000000000000000000000000000000",
                "cb-00000000000000000000000000000000O",
                "cb-0000000000000000000000000000000000",
                "cb-00000000000000000000000000000000",
                "cb-苹果派对00000000000000000000000000000",
                " cb-00000000000000000000000000000000"
            })
    void whatIsNoKeyIsNotAskedFor(String presented) {
        assertThat(Secret.in(presented)).isEmpty();
    }
}
