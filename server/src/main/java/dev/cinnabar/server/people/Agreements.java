package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.Term;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rules and agreements, version by version, and who accepted them (Article 8). */
@Article("8")
public final class Agreements {
    /** The kind under which changes of documents are told. */
    static final String DOCUMENTS = "documents";

    private static final int LONGEST = 200_000;
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private final Ground ground;
    private final AgreementStore store = new AgreementStore();
    private final UserStore users = new UserStore();

    Agreements(Ground ground) {
        this.ground = ground;
    }

    /** A text that an officer wants to publish. */
    public record Draft(Document.Kind kind, Words text, Instant effectiveFrom) {}

    /** Puts the shipped templates into force where no document of a kind exists: on a fresh data folder. */
    public void prepare() {
        ground.database().useTransaction(handle -> {
            Books books = new Books(store.documents(handle));
            for (Document.Kind kind : Document.Kind.values()) {
                if (books.newest(kind) == 0) {
                    Instant now = now();
                    Words text = template(kind);
                    add(
                            handle,
                            new Document(kind, 1, text, Document.hash(text), now, true, now, "system"),
                            Actor.SYSTEM);
                }
            }
        });
    }

    /** Publishes the next version of a document; it comes into force at its own moment, never before the notice that users must have. */
    @Article("8")
    public Outcome<Document> publish(Draft draft, Actor actor) {
        Instant now = now();
        Optional<Refused> wrong = wrong(draft, actor, now);
        if (wrong.isPresent()) {
            return Outcome.not(wrong.get());
        }
        return ground.database().inTransaction(handle -> {
            // Publishers come one after the other, so that versions have no gap.
            handle.execute("select pg_advisory_xact_lock(hashtext('documents'))");
            int version = new Books(store.documents(handle)).newest(draft.kind()) + 1;
            Document document = new Document(
                    draft.kind(),
                    version,
                    draft.text(),
                    Document.hash(draft.text()),
                    draft.effectiveFrom().truncatedTo(ChronoUnit.MICROS),
                    false,
                    now,
                    actor.id());
            add(handle, document, actor);
            return Outcome.done(document);
        });
    }

    private static Optional<Refused> wrong(Draft draft, Actor actor, Instant now) {
        if (!actor.is(Role.OFFICER)) {
            return Optional.of(Refusals.notYours());
        }
        for (String text : List.of(draft.text().zh(), draft.text().en())) {
            if (text.isBlank() || text.length() > LONGEST) {
                return Optional.of(Refusals.badText("text", LONGEST));
            }
        }
        Instant earliest = IdentityRules.after("notice", now);
        return draft.effectiveFrom().isBefore(earliest) ? Optional.of(Refusals.tooSoon(earliest)) : Optional.empty();
    }

    private void add(Handle handle, Document document, Actor actor) {
        if (!store.insert(handle, document)) {
            return;
        }
        ground.changes().bump(handle, DOCUMENTS, document.kind().name());
        ground.outbox()
                .add(
                        handle,
                        "document.published",
                        actor,
                        document.kind().name().toLowerCase(Locale.ROOT),
                        Map.of(
                                "version", String.valueOf(document.version()),
                                "hash", document.hash(),
                                "effective_from", document.effectiveFrom().toString(),
                                "template", String.valueOf(document.template())));
    }

    /** All versions, oldest first. */
    public List<Document> all() {
        return books().documents();
    }

    /** What is in force now, by kind. */
    public Map<Document.Kind, Document> inForce() {
        return books().inForce(now());
    }

    /** The version of a kind that is in force now. */
    public Optional<Document> current(Document.Kind kind) {
        return books().current(kind, now());
    }

    /** Records that a user accepted a version, by the hash of the text that was shown; doing it again changes nothing. */
    @Article("8")
    public Outcome<Acceptance> accept(
            String appId, String externalId, Document.Kind kind, int version, String hash, Instant at, String channel) {
        Instant now = now();
        if (channel.isBlank() || channel.length() > 64 || channel.chars().anyMatch(Character::isISOControl)) {
            return Outcome.not(Refusals.badChannel());
        }
        if (Plaintext.in(channel)) {
            return Outcome.not(Refusals.plaintext("channel"));
        }
        if (at.isBefore(FIRST) || at.isAfter(now.plus(SKEW))) {
            return Outcome.not(Refusals.badTime("at"));
        }
        return ground.database().inTransaction(handle -> {
            Optional<Account> user = users.lock(handle, new Name(appId, externalId));
            Optional<Document> shown = new Books(store.documents(handle)).version(kind, version);
            if (user.isEmpty()) {
                return Outcome.not(Refusals.noUser());
            }
            if (shown.isEmpty()) {
                return Outcome.not(Refusals.noDocument(kind.name().toLowerCase(Locale.ROOT), version));
            }
            if (!shown.get().hash().equalsIgnoreCase(hash)) {
                return Outcome.not(Refusals.otherHash(shown.get().hash()));
            }
            return Outcome.done(record(handle, user.get(), shown.get(), at, now, channel));
        });
    }

    private Acceptance record(Handle handle, Account user, Document shown, Instant at, Instant now, String channel) {
        Acceptance acceptance = new Acceptance(
                ground.ids().next(),
                user.id(),
                shown.kind(),
                shown.version(),
                shown.hash(),
                at.truncatedTo(ChronoUnit.MICROS),
                now,
                channel);
        if (!store.insert(handle, acceptance)) {
            return store.acceptance(handle, user.id(), shown.kind(), shown.version())
                    .orElseThrow();
        }
        ground.changed(handle, user);
        ground.outbox()
                .add(
                        handle,
                        "agreement.accepted",
                        Actor.app(user.appId()),
                        user.id(),
                        Map.of(
                                "document", shown.kind().name().toLowerCase(Locale.ROOT),
                                "version", String.valueOf(shown.version()),
                                "hash", shown.hash()));
        return acceptance;
    }

    /** What a user accepted, newest first, at most 200. */
    public List<Acceptance> of(String userId) {
        return ground.database().inTransaction(handle -> store.acceptances(handle, userId));
    }

    /** Whether the user accepted everything in force that needs it. */
    public boolean accepted(String userId) {
        Instant now = now();
        return ground.database()
                .inTransaction(
                        handle -> new Books(store.documents(handle)).accepted(store.newest(handle, userId), now));
    }

    private Books books() {
        return ground.database().inTransaction(handle -> new Books(store.documents(handle)));
    }

    private Instant now() {
        return ground.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Words template(Document.Kind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return new Words(resource(name + ".zh.md"), resource(name + ".en.md"));
    }

    private static String resource(String name) {
        try (InputStream in = Agreements.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the template " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the template " + name, e);
        }
    }

    /** The notice that users must have before a new version is in force. */
    static Term notice() {
        return IdentityRules.term("notice");
    }
}
