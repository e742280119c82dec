package dev.cinnabar.server.oversight;

import dev.cinnabar.server.logs.GovernanceFollower;
import java.util.List;

/** How many decisions are committed and not yet in the governance log: a few for a moment, more when the log cannot write. */
final class OutboxGauge implements Gauge {
    /** A default of ours: the follower runs several times a second. */
    private static final long MANY = 100;

    private final GovernanceFollower follower;

    OutboxGauge(GovernanceFollower follower) {
        this.follower = follower;
    }

    @Override
    public List<Tile> read() {
        long waiting = follower.waitingCount();
        Tile.State state = waiting < MANY ? Tile.State.GOOD : Tile.State.BAD;
        return List.of(Tile.of("overview.outbox", state, waiting).at("/console/ledger/governance"));
    }
}
