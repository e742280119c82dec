package dev.cinnabar.server.apps;

import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.cases.Term;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The applications that call the gateway, and their keys. Admins manage them; every change is in force at the next request. */
public final class Apps {
    /** The longest that a rotated key may go on beside its successor. */
    public static final Term OVERLAP =
            Term.in(Sheet.of(Apps.class, "terms.txt"), "key.overlap").orElseThrow();

    /** Who may manage applications and keys: an admin, and the system at the first start. */
    public static final Role MANAGED_BY = Role.ADMIN;

    private final Database database;
    private final Changes changes;
    private final Outbox outbox;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Ulid ids;
    private final AppStore store = new AppStore();
    private final KeyRing ring;

    /**
     * The applications of this database.
     *
     * @param background what loads memory, so that its statements are not counted as those of requests
     */
    public Apps(
            Database database,
            Database background,
            Changes changes,
            Outbox outbox,
            InstantSource clock,
            SecureRandom random,
            Ulid ids) {
        this.database = database;
        this.changes = changes;
        this.outbox = outbox;
        this.clock = clock;
        this.random = random;
        this.ids = ids;
        this.ring = new KeyRing(background, changes, store, clock);
    }

    /** A key at the one moment at which it can be read. */
    public record Issued(Key key, Secret secret) {}

    /** Lets the keys into memory and follows their changes; until the first reading nobody is known. */
    public void start() {
        ring.start();
    }

    /** The pages of applications and keys. */
    public Routes routes(Staff staff) {
        return new AppRoutes(this, staff, clock);
    }

    /** Who stands behind a presented key, from memory. */
    public Callers callers() {
        return ring;
    }

    /** Writes the days on which keys were last used; for a timer, and once before the end. */
    public void flush() {
        ring.flush();
    }

    /** For the first start of a data folder: the application {@code first} and a key with every scope. Empty when there is any application. */
    public Optional<Issued> first() {
        return database.inTransaction(handle -> {
            store.lockNames(handle);
            if (!store.apps(handle).isEmpty()) {
                return Optional.empty();
            }
            App app = added(handle, Actor.SYSTEM, App.Draft.named("first"));
            return Optional.of(issued(handle, Actor.SYSTEM, app.id(), Key.Grant.everything(), Optional.empty()));
        });
    }

    /** Registers an application. */
    @Article({"16", "17"})
    public Outcome<App> create(Actor actor, App.Draft draft) {
        Optional<Refused> no = AppRules.actor(actor).or(() -> AppRules.draft(draft));
        if (no.isPresent()) {
            return Outcome.not(no.get());
        }
        return database.inTransaction(handle -> {
            store.lockNames(handle);
            return store.named(handle, draft.name(), "")
                    ? Outcome.not(AppRules.nameTaken(draft.name()))
                    : Outcome.done(added(handle, actor, draft));
        });
    }

    /** Changes an application as it was seen at this revision; in force at the next request with any of its keys. */
    @Article({"16", "17"})
    public Outcome<App> change(Actor actor, String appId, int revision, App.Draft draft) {
        Optional<Refused> no = AppRules.actor(actor).or(() -> AppRules.draft(draft));
        if (no.isPresent()) {
            return Outcome.not(no.get());
        }
        return database.inTransaction(handle -> {
            store.lockNames(handle);
            if (store.app(handle, appId).isEmpty()) {
                return Outcome.not(AppRules.noApp(appId));
            }
            if (store.named(handle, draft.name(), appId)) {
                return Outcome.not(AppRules.nameTaken(draft.name()));
            }
            if (!store.change(handle, appId, revision, draft)) {
                return Outcome.not(AppRules.raced());
            }
            changes.bump(handle, "apps", appId);
            outbox.add(handle, "app.changed", actor, appId, facts(draft));
            return Outcome.done(store.app(handle, appId).orElseThrow());
        });
    }

    /** Issues a key to an application; its text is in the answer and nowhere else. */
    public Outcome<Issued> issue(Actor actor, String appId, Key.Grant grant) {
        Optional<Refused> no = AppRules.actor(actor).or(() -> AppRules.grant(grant, now()));
        if (no.isPresent()) {
            return Outcome.not(no.get());
        }
        return database.inTransaction(handle -> store.app(handle, appId).isEmpty()
                ? Outcome.not(AppRules.noApp(appId))
                : Outcome.done(issued(handle, actor, appId, grant, Optional.empty())));
    }

    /** Issues a successor with the same grant; the old key goes on for the overlap, which may be zero. */
    public Outcome<Issued> rotate(Actor actor, String keyId, Duration overlap) {
        Instant now = now();
        Optional<Refused> no = AppRules.actor(actor).or(() -> AppRules.overlap(overlap, now));
        if (no.isPresent()) {
            return Outcome.not(no.get());
        }
        return database.inTransaction(handle -> {
            Optional<Key> old = store.lock(handle, keyId);
            if (old.isEmpty()) {
                return Outcome.not(AppRules.noKey(keyId));
            }
            Key key = old.get();
            if (key.state(now) != Key.State.VALID) {
                return Outcome.not(AppRules.notValid(key.state(now)));
            }
            Issued issued = issued(handle, actor, key.appId(), key.grant(), Optional.of(keyId));
            store.end(handle, keyId, now.plus(overlap));
            outbox.add(
                    handle,
                    "key.rotated",
                    actor,
                    keyId,
                    Map.of(
                            "app",
                            key.appId(),
                            "overlap",
                            overlap.toString(),
                            "successor",
                            issued.key().id()));
            return Outcome.done(issued);
        });
    }

    /** Ends a key at once: the next request with it is refused. */
    public Outcome<Key> revoke(Actor actor, String keyId, String reason) {
        Optional<Refused> no = AppRules.actor(actor).or(() -> AppRules.reason(reason));
        if (no.isPresent()) {
            return Outcome.not(no.get());
        }
        return database.inTransaction(handle -> {
            Optional<Key> old = store.lock(handle, keyId);
            if (old.isEmpty()) {
                return Outcome.not(AppRules.noKey(keyId));
            }
            Key key = old.get();
            Key.Revoked revoked = new Key.Revoked(now(), actor.id(), reason.strip());
            if (!store.revoke(handle, keyId, revoked)) {
                return Outcome.not(AppRules.notValid(Key.State.REVOKED));
            }
            changes.bump(handle, "apps", key.appId());
            outbox.add(handle, "key.revoked", actor, keyId, Map.of("app", key.appId(), "reason", revoked.reason()));
            return Outcome.done(store.lock(handle, keyId).orElseThrow());
        });
    }

    /** All applications, oldest first. */
    public List<App> all() {
        return database.inTransaction(store::apps);
    }

    /** The application, or empty where none has this id. */
    public Optional<App> find(String appId) {
        return database.inTransaction(handle -> store.app(handle, appId));
    }

    /** What is kept of the keys of an application, newest first. */
    public List<Key> keys(String appId) {
        return database.inTransaction(handle -> store.keys(handle, appId));
    }

    private App added(Handle handle, Actor actor, App.Draft draft) {
        App app = new App(
                ids.next(),
                draft.name(),
                draft.explicit(),
                draft.evidence(),
                draft.lang(),
                draft.boundUser(),
                draft.producer(),
                now(),
                actor.id(),
                1);
        store.insert(handle, app);
        outbox.add(handle, "app.created", actor, app.id(), facts(draft));
        return app;
    }

    private Issued issued(Handle handle, Actor actor, String appId, Key.Grant grant, Optional<String> replaces) {
        Secret secret = Secret.fresh(random);
        Key key = new Key(
                ids.next(),
                appId,
                secret.hint(),
                grant,
                now(),
                actor.id(),
                Optional.empty(),
                replaces,
                Optional.empty(),
                Optional.empty());
        store.insert(handle, key, secret.digest());
        changes.bump(handle, "apps", appId);
        outbox.add(
                handle,
                "key.issued",
                actor,
                key.id(),
                Map.of("app", appId, "scopes", new TreeSet<>(grant.scopes()).toString()));
        return new Issued(key, secret);
    }

    /** No personal data: that an application is bound to a user, not to whom. */
    private static Map<String, String> facts(App.Draft draft) {
        return Map.of(
                "name", draft.name(),
                "explicit", draft.explicit().name(),
                "evidence", draft.evidence(),
                "lang", draft.lang().tag(),
                "bound", draft.boundUser().isPresent() ? "yes" : "no",
                "producer", draft.producer().orElse(""));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
