package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final Passwords PASSWORDS = new Passwords(new SecureRandom(), Passwords.MEMORY);

    @Test
    void hashesAreArgon2idAtFullCostWithTheirOwnSalt() {
        String one = PASSWORDS.hash("cobalt teapots sing");
        assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PASSWORDS.hash("cobalt teapots sing")).isNotEqualTo(one);
        assertThat(PASSWORDS.is("cobalt teapots sing", Optional.of(one))).isTrue();
        assertThat(PASSWORDS.is("cobalt teapots sang", Optional.of(one))).isFalse();
        assertThat(PASSWORDS.is("", Optional.of(one))).isFalse();
        assertThat(PASSWORDS.is("cobalt teapots sing", Optional.empty())).isFalse();
    }

    @Test
    void aNameThatDoesNotExistTakesAsLong() {
        String hash = PASSWORDS.hash("cobalt teapots sing");
        long known = nanos(Optional.of(hash));
        long unknown = nanos(Optional.empty());
        assertThat(unknown).isGreaterThan(known / 3);
    }

    private static long nanos(Optional<String> hash) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            PASSWORDS.is("not the password", hash);
            best = Math.min(best, System.nanoTime() - begin);
        }
        return best;
    }

    @Test
    void thePasswordsTypedInTwoNormalFormsAreOne() {
        String hash = PASSWORDS.hash("caf\u00e9 teapots sing");
        assertThat(PASSWORDS.is("cafe\u0301 teapots sing", Optional.of(hash))).isTrue();
    }

    @Test
    void freshOnesDifferAndPassTheirOwnRules() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String fresh = PASSWORDS.fresh();
            assertThat(fresh).matches("[a-hj-kmnp-tv-z2-9]{6}(-[a-hj-kmnp-tv-z2-9]{6}){3}");
            assertThat(PASSWORDS.wrong(fresh, "some.name")).isEmpty();
            all.add(fresh);
        }
        assertThat(all).hasSize(1000);
    }
}
