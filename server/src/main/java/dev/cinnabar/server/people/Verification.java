package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to authenticate a user's real identity, and what came of it.
 *
 * @param evidence the reference that came with it; empty once erased
 * @param at when, by the account system's word, the identity was checked
 * @param why why it failed or was forgotten
 */
public record Verification(
        String id,
        String userId,
        Method method,
        String verifier,
        Assurance assurance,
        Optional<String> evidence,
        Optional<Instant> at,
        Instant recorded,
        Result result,
        Optional<Instant> decided,
        Optional<Words> why) {

    /** What came of an attempt. */
    public enum Result {
        PENDING("等待答复", "waiting"),
        PASSED("通过", "passed"),
        FAILED("未通过", "failed"),
        /** The verifier could not tell, or did not answer in time; it does not count as a failure. */
        FORGOTTEN("未得到答复", "no answer");

        private final String zh;
        private final String en;

        Result(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }

        /** What people call it. */
        public Words label() {
            return new Words(zh, en);
        }
    }
}
