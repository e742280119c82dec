package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Passwords: their rules, their hashes (Argon2id, 19 MiB, two passes), and random ones for one use. */
final class Passwords {
    /** A default of ours: long enough that length does the work; no rule asks for odd characters. */
    static final int SHORTEST = 12;

    static final int LONGEST = 200;
    private static final int FEWEST_DIFFERENT = 6;
    private static final char[] ALPHABET = "abcdefghjkmnpqrstvwxyz23456789".toCharArray();

    /** Memory of one hash in KiB. */
    static final int MEMORY = 19 << 10;

    private final Argon2PasswordEncoder argon;
    /** Two at a time: each takes 19 MiB, and a flood of sign-ins must not take the heap. */
    private final Semaphore seats = new Semaphore(2, true);

    private final SecureRandom random;
    private final String nobody;

    /** Passwords whose hashes take this much memory: {@link #MEMORY}, less in tests that sign in again and again. */
    Passwords(SecureRandom random, int memory) {
        this.argon = new Argon2PasswordEncoder(16, 32, 1, memory, 2);
        this.random = random;
        this.nobody = hash(fresh());
    }

    /** A password for one use: 24 letters and digits that are hard to mix up, in groups (117 random bits). */
    String fresh() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            if (i > 0 && i % 6 == 0) {
                password.append('-');
            }
            password.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return password.toString();
    }

    /** The hash to keep. */
    String hash(String password) {
        seats.acquireUninterruptibly();
        try {
            return java.util.Objects.requireNonNull(argon.encode(normal(password)), "a password has a hash");
        } finally {
            seats.release();
        }
    }

    /** Whether the password is the one of this hash; without a hash it takes as long and says no, so that time does not tell which names exist. */
    boolean is(String password, Optional<String> hash) {
        String typed = password.length() > LONGEST ? "" : normal(password);
        seats.acquireUninterruptibly();
        try {
            return argon.matches(typed, hash.orElse(nobody)) && hash.isPresent() && !typed.isEmpty();
        } finally {
            seats.release();
        }
    }

    /** Why the password may not be taken by the person of this name; empty where it may. */
    Optional<Refused> wrong(String password, String name) {
        String plain = normal(password).toLowerCase(Locale.ROOT);
        int length = plain.codePointCount(0, plain.length());
        if (length < SHORTEST || length > LONGEST) {
            return no(
                    "密码的长度须在 " + SHORTEST + " 到 " + LONGEST + " 个字符之间。",
                    "A password has " + SHORTEST + " to " + LONGEST + " characters.");
        }
        if (plain.contains(name) || (plain.length() >= 4 && name.contains(plain))) {
            return no("密码不得包含登录名。", "The password must not contain the sign-in name.");
        }
        if (plain.codePoints().distinct().count() < FEWEST_DIFFERENT || isRun(plain)) {
            return no("密码过于简单，容易被猜到。", "The password is too simple to guess.");
        }
        return Optional.empty();
    }

    static Optional<Refused> no(String zh, String en) {
        return Optional.of(Refused.of(
                Code.INVALID_REQUEST,
                "",
                zh,
                en,
                new Words("请换一个密码，例如几个不相关的词。", "Choose another one: a few unrelated words make a good password.")));
    }

    /** Whether it only counts up or down, like 123456789012 or abcdefghijkl. */
    private static boolean isRun(String plain) {
        int steps = 0;
        for (int i = 1; i < plain.length(); i++) {
            if (Math.abs(plain.charAt(i) - plain.charAt(i - 1)) <= 1) {
                steps++;
            }
        }
        return steps >= plain.length() - 3;
    }

    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }
}
