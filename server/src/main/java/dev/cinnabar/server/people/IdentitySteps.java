package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes steps of a user's real identity: the turn first, then what it means in the table, then the word to memory. The caller holds the user's lock. */
final class IdentitySteps {
    private static final Words UNANSWERED = new Words("核验方未在时限内答复。", "The verifier did not answer in time.");

    private final Ground ground;
    private final UserStore users = new UserStore();
    private final VerificationStore verifications = new VerificationStore();

    IdentitySteps(Ground ground) {
        this.ground = ground;
    }

    /** Takes the step if the actor may. */
    Outcome<Account> take(Handle handle, Account user, String step, Actor actor, String reason, Fields fields) {
        return ground.cases()
                .take(handle, IdentityRules.IDENTITY, user.id(), step, actor, reason)
                .then(turn -> Outcome.done(write(handle, user, turn, fields)));
    }

    /** Takes a step of the system itself, which the state allows. */
    Account system(Handle handle, Account user, String step, String reason, Fields fields) {
        return switch (take(handle, user, step, Actor.SYSTEM, reason, fields)) {
            case Outcome.Done<Account>(Account next) -> next;
            case Outcome.Not<Account>(var refused) ->
                throw new IllegalStateException("step " + step + " of user " + user.id() + ": "
                        + refused.reason().en());
        };
    }

    private Account write(Handle handle, Account user, Turn turn, Fields fields) {
        Account next = fields.in(user, Identity.valueOf(turn.to()));
        users.update(handle, next);
        ground.changed(handle, next);
        return next;
    }

    /** Records what time did to the user since the last step. */
    Account catchUp(Handle handle, Account user, Instant now) {
        Account at = user;
        while (at.stored() != at.at(now)) {
            at = switch (at.stored()) {
                case PENDING -> unanswered(handle, at, now);
                case LOCKED -> system(handle, at, "unlock", "", Fields.of(at).fails(0, Optional.empty()));
                case VERIFIED -> system(handle, at, "fall_due", "", Fields.of(at));
                case RECHECK_DUE -> system(handle, at, "lapse", "", Fields.of(at));
                case UNVERIFIED, LAPSED, FAILED, REVOKED ->
                    throw new IllegalStateException("time does nothing to " + at.stored());
            };
        }
        return at;
    }

    private Account unanswered(Handle handle, Account user, Instant now) {
        verifications.forgetWaiting(handle, user.id(), now, UNANSWERED);
        return system(handle, user, "forget", UNANSWERED.en(), Fields.of(user).pendingUntil(Optional.empty()));
    }

    /** A verifier said yes. */
    Account passed(
            Handle handle, Account user, Verification attempt, Optional<VerificationStore.Trace> trace, Instant now) {
        String step = user.stored() == Identity.PENDING ? "pass" : "renew";
        return system(handle, user, step, attempt.id(), Fields.of(user).passed(attempt, trace, now));
    }

    /** A verifier said no: an authentication that holds is not lost by it, but too many failures lock either way. */
    Account failed(Handle handle, Account user, Verification attempt, Instant now) {
        // A lock that is over begins a new count.
        boolean over = user.lockedUntil().filter(until -> !until.isAfter(now)).isPresent();
        int inARow = over ? 1 : user.fails() + 1;
        boolean enough = inARow >= IdentityRules.TRIES;
        Optional<Instant> until = enough ? Optional.of(IdentityRules.after("locked", now)) : Optional.empty();
        Fields fields = Fields.of(user).fails(inARow, until);
        if (user.stored() != Identity.PENDING) {
            Account next = fields.in(user, user.stored());
            users.update(handle, next);
            ground.changed(handle, next);
            return next;
        }
        Account failed = system(handle, user, "fail", attempt.id(), fields);
        return enough ? system(handle, failed, "lock", attempt.id(), fields) : failed;
    }
}
