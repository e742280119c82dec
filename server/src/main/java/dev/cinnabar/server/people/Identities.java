package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.people.AttemptForm.Formed;
import dev.cinnabar.server.people.Verifier.Answer;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The authentication of real identities (Article 9): attempts, what verifiers say, and what time does to them. */
@Article("9")
public final class Identities {
    private static final Words NEWER = new Words("已有新的认证请求。", "A newer attempt took its place.");

    private final Ground ground;
    private final UserStore users = new UserStore();
    private final VerificationStore verifications = new VerificationStore();
    private final IdentitySteps steps;
    private final Map<String, Verifier> verifiers = new LinkedHashMap<>();
    private final AttemptForm form;

    Identities(Ground ground, NumberDigests digests, Collection<Verifier> verifiers) {
        this.ground = ground;
        this.steps = new IdentitySteps(ground);
        verifiers.forEach(verifier -> this.verifiers.put(verifier.name(), verifier));
        this.form = new AttemptForm(this.verifiers, digests);
    }

    /**
     * What came of an attempt.
     *
     * @param fresh false where the same attempt was sent before, so that nothing changed
     */
    public record Tried(Verification verification, boolean fresh) {}

    /** The names of the verifiers at hand. */
    public Collection<String> verifiers() {
        return List.copyOf(verifiers.keySet());
    }

    /** The attempt, when its form is right. */
    Outcome<Formed> formed(Attempt attempt) {
        return form.of(attempt, ground.clock().instant());
    }

    /** Whether the name is registered. */
    boolean known(Handle handle, Name name) {
        return users.byName(handle, name).isPresent();
    }

    /** What would refuse the attempt of a user of this kind who is not registered yet. */
    Optional<Refused> guardNew(Handle handle, Name name, User.Kind kind, Formed formed) {
        return formed.method().fits(kind)
                ? crowded(handle, name.appId(), "", formed)
                : Optional.of(Refusals.wrongMethod(kind));
    }

    /** Takes an attempt: a verifier decides it at once or later, nobody else. */
    @Article("9")
    public Outcome<Tried> verify(String appId, String externalId, Attempt attempt, Actor actor) {
        return form.of(attempt, ground.clock().instant())
                .then(formed -> formed.verifier().local()
                        ? ground.database()
                                .inTransaction(handle -> here(handle, new Name(appId, externalId), formed, actor))
                        : elsewhere(new Name(appId, externalId), formed, actor));
    }

    /** The whole attempt inside one transaction, for a verifier that does not leave this process. */
    Outcome<Tried> here(Handle handle, Name name, Formed formed, Actor actor) {
        return begin(handle, name, formed, actor).then(tried -> {
            if (!tried.fresh()) {
                return Outcome.done(tried);
            }
            try {
                Answer answer = formed.verifier().check(request(tried, formed));
                return settled(
                                handle,
                                tried.verification().id(),
                                formed.verifier().name(),
                                answer)
                        .then(done -> Outcome.done(new Tried(done, true)));
            } catch (Verifier.Unreachable e) {
                throw new IllegalStateException(
                        "the local verifier " + formed.verifier().name() + " cannot be reached", e);
            }
        });
    }

    private Outcome<Tried> elsewhere(Name name, Formed formed, Actor actor) {
        return ground.database()
                .inTransaction(handle -> begin(handle, name, formed, actor))
                .then(tried -> {
                    if (!tried.fresh()) {
                        return Outcome.done(tried);
                    }
                    String id = tried.verification().id();
                    try {
                        return settle(
                                        formed.verifier().name(),
                                        id,
                                        formed.verifier().check(request(tried, formed)))
                                .then(done -> Outcome.done(new Tried(done, true)));
                    } catch (Verifier.Unreachable e) {
                        ground.database().useTransaction(handle -> forget(handle, id));
                        return Outcome.not(
                                Refusals.unreachable(formed.verifier().name()));
                    }
                });
    }

    private static Verifier.Request request(Tried tried, Formed formed) {
        return new Verifier.Request(
                tried.verification().id(),
                formed.method().fits(User.Kind.ORGANISATION) ? User.Kind.ORGANISATION : User.Kind.PERSON,
                formed.method(),
                formed.number(),
                formed.evidence(),
                formed.at());
    }

    private Outcome<Tried> begin(Handle handle, Name name, Formed formed, Actor actor) {
        Optional<Account> found = users.lock(handle, name);
        if (found.isEmpty()) {
            return Outcome.not(Refusals.noUser());
        }
        Instant now = ground.clock().instant();
        Account user = steps.catchUp(handle, found.get(), now);
        Verification attempt = new Verification(
                ground.ids().next(),
                user.id(),
                formed.method(),
                formed.verifier().name(),
                formed.verifier().assurance(),
                Optional.of(formed.evidence()),
                formed.at(),
                now,
                Verification.Result.PENDING,
                Optional.empty(),
                Optional.empty());
        Optional<Verification> same = verifications.same(handle, attempt);
        if (same.isPresent()) {
            // What still waits or holds is told again; evidence that lapsed or was revoked is used up.
            return user.stored() == Identity.PENDING || user.stored() == Identity.VERIFIED
                    ? Outcome.done(new Tried(same.get(), false))
                    : Outcome.not(Refusals.usedUp());
        }
        Optional<Refused> guard = guard(handle, user, formed, now);
        if (guard.isPresent()) {
            return Outcome.not(guard.get());
        }
        return start(handle, user, attempt, formed, actor);
    }

    private Optional<Refused> guard(Handle handle, Account user, Formed formed, Instant now) {
        if (!formed.method().fits(user.kind())) {
            return Optional.of(Refusals.wrongMethod(user.kind()));
        }
        if (user.locked(now)) {
            return user.lockedUntil().map(Refusals::locked);
        }
        if (user.stored() == Identity.REVOKED && before(formed.at(), user.revoked())) {
            return Optional.of(Refusals.olderThanRevocation());
        }
        return crowded(handle, user.appId(), user.id(), formed);
    }

    /** Whether the number authenticates as many accounts as it may. */
    private Optional<Refused> crowded(Handle handle, String appId, String userId, Formed formed) {
        return formed.trace()
                .filter(trace -> verifications.others(handle, appId, userId, trace.digest()) >= IdentityRules.ACCOUNTS)
                .map(trace -> Refusals.tooManyAccounts());
    }

    private static boolean before(Optional<Instant> at, Optional<Instant> moment) {
        return at.isPresent() && moment.isPresent() && !at.get().isAfter(moment.get());
    }

    private Outcome<Tried> start(Handle handle, Account user, Verification attempt, Formed formed, Actor actor) {
        if (user.stored() == Identity.PENDING || user.stored().authenticated()) {
            verifications.forgetWaiting(handle, user.id(), attempt.recorded(), NEWER);
        }
        Account ready = user.stored() == Identity.PENDING
                ? steps.system(
                        handle, user, "forget", attempt.id(), Fields.of(user).pendingUntil(Optional.empty()))
                : user;
        if (!ready.stored().authenticated()) {
            Instant until = IdentityRules.after("unanswered", attempt.recorded());
            Outcome<Account> started = steps.take(
                    handle,
                    ready,
                    "start",
                    actor,
                    attempt.id(),
                    Fields.of(ready).pendingUntil(Optional.of(until)));
            if (started instanceof Outcome.Not<Account>(Refused refused)) {
                return Outcome.not(refused);
            }
        }
        verifications.insert(handle, attempt, formed.trace());
        return Outcome.done(new Tried(attempt, true));
    }

    /**
     * Gives a verifier's answer to an attempt that it could not decide at once; for adapters. An attempt that was decided or forgotten meanwhile stays so.
     */
    @Article("9")
    public Outcome<Verification> settle(String verifier, String attempt, Answer answer) {
        return ground.database().inTransaction(handle -> settled(handle, attempt, verifier, answer));
    }

    private Outcome<Verification> settled(Handle handle, String attempt, String verifier, Answer answer) {
        Optional<Verification> asked = verifications
                .find(handle, attempt)
                .filter(found -> found.verifier().equals(verifier));
        if (asked.isEmpty()) {
            return Outcome.not(Refusals.noUser());
        }
        Account locked = users.lock(handle, asked.get().userId()).orElseThrow();
        Instant now = ground.clock().instant();
        Account user = steps.catchUp(handle, locked, now);
        Verification waiting = verifications.find(handle, attempt).orElseThrow();
        if (waiting.result() != Verification.Result.PENDING) {
            return Outcome.done(waiting);
        }
        switch (answer) {
            case Verifier.Passed passed -> pass(handle, user, waiting, now);
            case Verifier.Failed(Words why) -> fail(handle, user, waiting, now, why);
            case Verifier.Later later -> {}
        }
        return Outcome.done(verifications.find(handle, attempt).orElseThrow());
    }

    private void pass(Handle handle, Account user, Verification attempt, Instant now) {
        verifications.decide(handle, attempt.id(), Verification.Result.PASSED, now, Optional.empty());
        steps.passed(handle, user, attempt, verifications.trace(handle, attempt.id()), now);
        users.takeDigest(handle, user.id(), attempt.id());
        tell(handle, "identity.verified", user, attempt);
    }

    private void fail(Handle handle, Account user, Verification attempt, Instant now, Words why) {
        verifications.decide(handle, attempt.id(), Verification.Result.FAILED, now, Optional.of(why));
        Account failed = steps.failed(handle, user, attempt, now);
        tell(handle, failed.locked(now) ? "identity.locked" : "identity.failed", user, attempt);
    }

    private void forget(Handle handle, String attempt) {
        Verification waiting = verifications.find(handle, attempt).orElseThrow();
        Account user = steps.catchUp(
                handle,
                users.lock(handle, waiting.userId()).orElseThrow(),
                ground.clock().instant());
        if (verifications.find(handle, attempt).orElseThrow().result() != Verification.Result.PENDING) {
            return;
        }
        verifications.decide(
                handle,
                attempt,
                Verification.Result.FORGOTTEN,
                ground.clock().instant(),
                Optional.of(new Words("核验方无法答复。", "The verifier could not answer.")));
        if (user.stored() == Identity.PENDING) {
            steps.system(handle, user, "forget", attempt, Fields.of(user).pendingUntil(Optional.empty()));
        }
    }

    private void tell(Handle handle, String kind, Account user, Verification attempt) {
        ground.outbox()
                .add(
                        handle,
                        kind,
                        Actor.SYSTEM,
                        user.id(),
                        Map.of(
                                "app", user.appId(),
                                "method", attempt.method().name(),
                                "verifier", attempt.verifier(),
                                "assurance", attempt.assurance().name(),
                                "attempt", attempt.id()));
    }

    /** The attempts of a user, newest first, at most 200. */
    public List<Verification> of(String userId) {
        return ground.database().inTransaction(handle -> verifications.of(handle, userId));
    }

    /**
     * Records what time did to users since: the gate compares the moments itself and never waits for this.
     *
     * @return how many users were brought up to date
     */
    public int recordTimers() {
        int recorded = 0;
        while (true) {
            Instant now = ground.clock().instant();
            List<String> overdue = ground.database().inTransaction(handle -> users.overdue(handle, now, 500));
            for (String id : overdue) {
                ground.database()
                        .useTransaction(
                                handle -> users.lock(handle, id).ifPresent(user -> steps.catchUp(handle, user, now)));
            }
            recorded += overdue.size();
            if (overdue.size() < 500) {
                return recorded;
            }
        }
    }
}
