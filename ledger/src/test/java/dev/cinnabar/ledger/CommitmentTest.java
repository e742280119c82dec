package dev.cinnabar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommitmentTest {
    private final byte[] content = "苹果派对".getBytes(UTF_8);

    @Test
    void isTheHashOfSaltAndContent() throws Exception {
        byte[] salt = Commitment.salt(new SecureRandom());
        byte[] both = Arrays.copyOf(salt, salt.length + content.length);
        System.arraycopy(content, 0, both, salt.length, content.length);
        Commitment commitment = Commitment.of(salt, content);
        assertThat(commitment.hash().bytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(both));
        assertThat(commitment.opens(salt, content)).isTrue();
        assertThat(commitment.opens(salt, "moonlit-teapot".getBytes(UTF_8))).isFalse();
        assertThat(commitment.opens(Commitment.salt(new SecureRandom()), content))
                .isFalse();
        assertThat(commitment.opens(new byte[0], both)).isFalse();
    }

    @Test
    void asksForTheWholeSalt() {
        assertThatThrownBy(() -> Commitment.of(new byte[31], content)).isInstanceOf(IllegalArgumentException.class);
    }
}
