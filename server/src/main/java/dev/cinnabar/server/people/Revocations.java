package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Revokes authentications: one person proposes, another decides (Article 9). */
@Article("9")
public final class Revocations {
    private final Ground ground;
    private final UserStore users = new UserStore();
    private final RevocationStore store = new RevocationStore();
    private final IdentitySteps steps;

    Revocations(Ground ground) {
        this.ground = ground;
        this.steps = new IdentitySteps(ground);
    }

    /** Proposes to revoke a user's authentication. */
    @Article("9")
    public Outcome<Revocation> propose(String userId, Actor actor, String reason) {
        if (Plaintext.in(reason)) {
            return Outcome.not(Refusals.plaintext("reason"));
        }
        return ground.database().inTransaction(handle -> {
            Optional<Account> locked =
                    users.lock(handle, userId).filter(user -> user.erased().isEmpty());
            if (locked.isEmpty()) {
                return Outcome.not(Refusals.noUser());
            }
            Instant now = ground.clock().instant();
            Account user = steps.catchUp(handle, locked.get(), now);
            if (!user.stored().authenticated()) {
                return Outcome.not(Refusals.notAuthenticated());
            }
            if (store.open(handle, userId).isPresent()) {
                return Outcome.not(Refusals.revocationOpen());
            }
            String id = ground.ids().next();
            return ground.cases()
                    .open(handle, IdentityRules.REVOCATION, id, "propose", actor, reason)
                    .then(turn -> {
                        store.insert(handle, id, userId, now);
                        tell(handle, "revocation.proposed", actor, userId, id);
                        return Outcome.done(found(handle, id));
                    });
        });
    }

    /** Approves a proposal, as another person: the authentication is revoked at once. */
    @Article("9")
    public Outcome<Revocation> approve(String id, Actor actor) {
        return decide(id, "approve", actor, "").then(revocation -> Outcome.done(revocation));
    }

    /** Declines a proposal. */
    @Article("9")
    public Outcome<Revocation> decline(String id, Actor actor, String reason) {
        return decide(id, "decline", actor, reason);
    }

    private Outcome<Revocation> decide(String id, String step, Actor actor, String reason) {
        if (Plaintext.in(reason)) {
            return Outcome.not(Refusals.plaintext("reason"));
        }
        return ground.database().inTransaction(handle -> {
            // The user first, as everywhere, so that nobody waits in a circle.
            Optional<Account> locked = store.userOf(handle, id).flatMap(userId -> users.lock(handle, userId));
            Optional<Account> user = locked.map(
                    found -> steps.catchUp(handle, found, ground.clock().instant()));
            if (step.equals("approve")
                    && user.filter(found -> !found.stored().authenticated()).isPresent()) {
                return Outcome.not(Refusals.notAuthenticated());
            }
            return ground.cases()
                    .take(handle, IdentityRules.REVOCATION, id, step, actor, reason)
                    .then(turn -> Outcome.done(carried(handle, id, user.orElseThrow(), turn, actor)));
        });
    }

    private Revocation carried(Handle handle, String id, Account user, Turn turn, Actor actor) {
        Revocation.State state = Revocation.State.valueOf(turn.to());
        store.state(handle, id, state);
        switch (state) {
            case DONE -> {
                revoke(handle, id, user, actor);
                tell(handle, "identity.revoked", actor, user.id(), id);
            }
            case DECLINED -> tell(handle, "revocation.declined", actor, user.id(), id);
            case PROPOSED -> throw new IllegalStateException("no step leads back to PROPOSED");
        }
        return found(handle, id);
    }

    private void revoke(Handle handle, String id, Account user, Actor actor) {
        Fields fields = Fields.of(user).revoked(ground.clock().instant());
        Outcome<Account> revoked = steps.take(handle, user, "revoke", actor, id, fields);
        if (revoked instanceof Outcome.Not<Account>(Refused refused)) {
            throw new IllegalStateException("an approved revocation could not be carried out: "
                    + refused.reason().en());
        }
    }

    private void tell(Handle handle, String kind, Actor actor, String userId, String id) {
        ground.outbox().add(handle, kind, actor, userId, Map.of("revocation", id));
    }

    /** The proposals about a user, newest first. */
    public List<Revocation> of(String userId) {
        return ground.database()
                .inTransaction(handle -> store.of(handle, userId).stream()
                        .map(id -> found(handle, id))
                        .toList());
    }

    private Revocation found(Handle handle, String id) {
        return store.find(handle, id, ground.cases().history(handle, IdentityRules.REVOCATION.kind(), id))
                .orElseThrow();
    }
}
