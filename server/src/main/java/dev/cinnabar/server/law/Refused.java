package dev.cinnabar.server.law;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A no, said by the law or by the input: which article or clause, why, and what to do about it.
 *
 * @param article the article of the Provisions, or a clause like {@code GB 45438-2025 5.2 e)}; empty where only the form of the request is wrong
 * @param until from when the same request is worth sending again, where that is known
 */
public record Refused(Code code, String article, Words reason, Words remedy, Optional<Instant> until) {
    /** A refusal of which nobody knows when it ends. */
    public Refused(Code code, String article, Words reason, Words remedy) {
        this(code, article, reason, remedy, Optional.empty());
    }

    /** The same in the words of both languages. */
    public static Refused of(Code code, String article, String zh, String en, Words remedy) {
        return new Refused(code, article, new Words(zh, en), remedy);
    }

    /** The same, over at this moment. */
    public Refused until(Instant end) {
        return new Refused(code, article, reason, remedy, Optional.of(end));
    }

    /** In how many seconds to ask again, as Retry-After has it; what could not be confirmed or recorded may be in one. */
    public OptionalLong again(Instant now) {
        if (until.isPresent()) {
            return OptionalLong.of(Math.max(
                    1, Duration.between(now, until.get()).plusMillis(999).toSeconds()));
        }
        return switch (code) {
            case NOT_READY, NOT_RECORDED -> OptionalLong.of(1);
            default -> OptionalLong.empty();
        };
    }
}
