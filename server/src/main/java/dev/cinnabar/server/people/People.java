package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.people.Standing.Restriction;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.store.Timers;
import dev.cinnabar.server.web.Routes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The users of the service (Articles 7 and 9): who is registered, how far their real identity is, what they accepted, what binds them. */
@Article({"9", "7"})
public final class People {
    /** How many standings are kept in memory. */
    private static final int WARM = 200_000;

    private final Ground ground;
    private final SecureRandom random;
    private final NumberDigests digests;
    private final UserStore users = new UserStore();
    private final Restrictions restrictions = new Restrictions();
    private final IdentitySteps steps;
    private final Identities identities;
    private final Revocations revocations;
    private final Agreements agreements;
    private final AttestationImport attestations;
    private final WarmStandings standings;

    /** What the room needs, and the verifiers that are switched on. */
    public People(
            Database database,
            Outbox outbox,
            Changes changes,
            Timers timers,
            CaseStore cases,
            InstantSource clock,
            Ulid ids,
            SecureRandom random,
            NumberDigests digests,
            Collection<Verifier> verifiers) {
        this(new Ground(database, outbox, changes, cases, clock, ids), random, digests, verifiers, WARM);
        timers.every("people.timers", Duration.ofMinutes(1), this::recordTimers);
    }

    People(Ground ground, SecureRandom random, NumberDigests digests, Collection<Verifier> verifiers, int warm) {
        this.ground = ground;
        this.random = random;
        this.digests = digests;
        this.steps = new IdentitySteps(ground);
        this.identities = new Identities(ground, digests, verifiers);
        this.revocations = new Revocations(ground);
        this.agreements = new Agreements(ground);
        this.attestations = new AttestationImport(this, identities, ground);
        this.standings = new WarmStandings(ground, warm);
    }

    /** What the gate asks on every request. */
    public Standings standings() {
        return standings;
    }

    /** The list of users and the revocations, for the console. */
    public Routes routes() {
        return new PeopleRoutes(this);
    }

    /** The authentication of real identities. */
    public Identities identities() {
        return identities;
    }

    /** The two people who revoke an authentication. */
    public Revocations revocations() {
        return revocations;
    }

    /** The rules and agreements. */
    public Agreements agreements() {
        return agreements;
    }

    /** Attested verifications in bulk. */
    public AttestationImport attestations() {
        return attestations;
    }

    /**
     * A registration.
     *
     * @param created false where the user was there before
     */
    public record Registered(User user, boolean created) {}

    /** Registers a user, or finds them again; the age may be told anew, but a minor by document stays one until authenticated again. */
    @Article("7")
    public Outcome<Registered> register(
            String appId, String externalId, User.Kind kind, Optional<Boolean> minor, Actor actor) {
        Optional<Refused> wrong = wrongName(externalId);
        return wrong.isPresent()
                ? Outcome.not(wrong.get())
                : ground.database()
                        .inTransaction(handle -> register(handle, new Name(appId, externalId), kind, minor, actor));
    }

    static Optional<Refused> wrongName(String externalId) {
        if (!Name.formed(externalId)) {
            return Optional.of(Refusals.badName());
        }
        return Plaintext.in(externalId) ? Optional.of(Refusals.numberAsName()) : Optional.empty();
    }

    Outcome<Registered> register(Handle handle, Name name, User.Kind kind, Optional<Boolean> minor, Actor actor) {
        Optional<Account> found = users.lock(handle, name);
        if (found.isEmpty()) {
            Account fresh = fresh(name, kind, minor.orElse(false));
            if (users.insert(handle, fresh)) {
                return Outcome.done(new Registered(opened(handle, fresh, name, actor), true));
            }
            found = users.lock(handle, name);
        }
        Account user = found.orElseThrow();
        if (user.kind() != kind) {
            return Outcome.not(Refusals.otherKind(user.kind()));
        }
        boolean young = minor.orElse(user.minor());
        if (user.minorByNumber() && user.minor() && !young) {
            return Outcome.not(Refusals.minorByNumber());
        }
        return Outcome.done(
                new Registered((young == user.minor() ? user : aged(handle, user, young, actor)).seen(now()), false));
    }

    /** Registers whoever is not there yet; for those who are, only what is said is looked at. True where somebody was registered. */
    Outcome<Boolean> enter(Handle handle, Name name, Optional<User.Kind> kind, Optional<Boolean> minor, Actor actor) {
        User.Kind asked =
                kind.or(() -> users.byName(handle, name).map(Account::kind)).orElse(User.Kind.PERSON);
        return register(handle, name, asked, minor, actor).then(registered -> Outcome.done(registered.created()));
    }

    private User opened(Handle handle, Account fresh, Name name, Actor actor) {
        Outcome<?> turn = ground.cases().open(handle, IdentityRules.IDENTITY, fresh.id(), "register", actor, "");
        if (turn instanceof Outcome.Not<?>(Refused refused)) {
            throw new IllegalStateException("a new user: " + refused.reason().en());
        }
        restrictions
                .behind(handle, digests.of(name.appId(), name.externalId()), fresh.registered())
                .forEach(restriction -> restrictions.put(handle, fresh.id(), restriction));
        ground.changed(handle, name);
        ground.outbox()
                .add(
                        handle,
                        "user.registered",
                        actor,
                        fresh.id(),
                        Map.of("app", name.appId(), "kind", fresh.kind().name()));
        return fresh.seen(now());
    }

    private Account aged(Handle handle, Account user, boolean minor, Actor actor) {
        Account next = Fields.of(user).minor(minor).in(user, user.stored());
        users.update(handle, next);
        ground.changed(handle, next);
        ground.outbox()
                .add(
                        handle,
                        "user.minor",
                        actor,
                        user.id(),
                        Map.of("app", user.appId(), "minor", String.valueOf(minor)));
        return next;
    }

    private Account fresh(Name name, User.Kind kind, boolean minor) {
        byte[] noise = new byte[16];
        random.nextBytes(noise);
        return new Account(
                ground.ids().next(),
                name.appId(),
                Optional.of(name.externalId()),
                kind,
                minor,
                false,
                Optional.of("u" + HexFormat.of().formatHex(noise)),
                now(),
                Identity.UNVERIFIED,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The user that the application knows by this name. */
    public Optional<User> find(String appId, String externalId) {
        Name name = new Name(appId, externalId);
        return ground.database()
                .inTransaction(handle -> users.byName(handle, name))
                .map(user -> user.seen(now()));
    }

    /** The user of our id, erased ones too. */
    public Optional<User> byId(String id) {
        return ground.database().inTransaction(handle -> users.byId(handle, id)).map(user -> user.seen(now()));
    }

    /** Users, newest first, at most this many. */
    public List<User> list(Search search, int most) {
        Instant now = now();
        return ground.database().inTransaction(handle -> users.list(handle, search, most)).stream()
                .map(user -> user.seen(now))
                .toList();
    }

    /** What is in force against a user at this moment. */
    public List<Restriction> restrictions(String userId) {
        Instant now = now();
        return ground.database().inTransaction(handle -> restrictions.of(handle, userId)).stream()
                .filter(restriction -> Restrictions.inForce(restriction, now))
                .toList();
    }

    /**
     * What is left of an erased account: that somebody was registered and, where they were, authenticated, how and when.
     */
    public record Residue(String receipt, Optional<Method> method, Optional<Instant> verified, Instant erased) {}

    /** Destroys the personal fields of a user and every tie to the application and to the logs; open measures stay on whoever comes back under the same name. */
    @Article({"9", "7"})
    public Outcome<Residue> erase(String appId, String externalId, Actor actor) {
        Name name = new Name(appId, externalId);
        return ground.database().inTransaction(handle -> {
            Optional<Account> found = users.lock(handle, name);
            return found.isEmpty() ? Outcome.not(Refusals.noUser()) : erase(handle, found.get(), name, actor);
        });
    }

    private Outcome<Residue> erase(Handle handle, Account user, Name name, Actor actor) {
        Instant now = now();
        boolean bound = restrictions.of(handle, user.id()).stream().anyMatch(r -> Restrictions.inForce(r, now));
        return steps.take(handle, user, "erase", actor, "", Fields.of(user)).then(erased -> {
            if (bound) {
                restrictions.bar(handle, digests.of(name.appId(), name.externalId()), user.id());
            }
            users.erase(handle, user.id(), now);
            ground.outbox()
                    .add(
                            handle,
                            "user.erased",
                            actor,
                            user.id(),
                            Map.of("app", user.appId(), "under_measure", String.valueOf(bound)));
            return Outcome.done(new Residue(user.id(), user.method(), user.verified(), now));
        });
    }

    /** Puts what a measure leaves a user into force, in the place of what it left before; for {@code conduct}, inside its transaction. */
    @Article("10")
    public void restrict(Handle handle, String userId, Restriction restriction) {
        restrictions.put(handle, userId, restriction);
        for (String holder : restrictions.holders(handle, restriction.measureId())) {
            restrictions.put(handle, holder, restriction);
            changed(handle, holder);
        }
    }

    /** Takes away what a measure left; for {@code conduct}, inside its transaction. */
    @Article("10")
    public void release(Handle handle, String measureId) {
        restrictions.remove(handle, measureId).forEach(userId -> changed(handle, userId));
    }

    private void changed(Handle handle, String userId) {
        users.byId(handle, userId).ifPresent(user -> ground.changed(handle, user));
    }

    /** Records what time did; the gate never waits for it. */
    public void recordTimers() {
        identities.recordTimers();
        ground.database().useTransaction(handle -> restrictions.forgetBars(handle, now()));
    }

    private Instant now() {
        return ground.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }
}
