package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.util.List;

/** A proposal to revoke an authentication, which a second person decides. */
public record Revocation(String id, String userId, Instant opened, State state, List<Turn> turns) {
    public Revocation {
        turns = List.copyOf(turns);
    }

    /** How far the proposal is. */
    public enum State {
        PROPOSED("待第二人批准", "waits for a second person"),
        DONE("已撤销", "revoked"),
        DECLINED("未予撤销", "declined");

        private final String zh;
        private final String en;

        State(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }

        /** What people call it. */
        public Words label() {
            return new Words(zh, en);
        }
    }
}
